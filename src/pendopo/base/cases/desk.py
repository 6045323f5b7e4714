"""How a room shows its cases on the officer's desk: queues, verbs, templates. `surfaces/desk` draws them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise

from pendopo.base.cases.models import AbstractCase
from pendopo.base.registries import Registry

Text = str | Promise  # sentences may be lazy translations


@dataclass(frozen=True)
class Queue:
    """A fixed list of work, as a condition on cases that are already `desk_of(user)`.

    A condition and not a function of querysets, so that the counts of all queues are one SQL statement.
    Work is sorted by urgency, then due date; `newest_first` queues (ended cases) by arrival.
    """

    key: str
    label: Text
    explanation: Text
    condition: Callable[[Any, dt.datetime], Q]
    audience: Callable[[Any], bool] = lambda user: True  # does this person have such a queue at all?
    newest_first: bool = False
    alarm: bool = False  # a number above zero here is bad news


@dataclass(frozen=True)
class Verb:
    """One thing a person can do to a case: the same action behind the button, the API and the clock.

    `run(case, user, data, now)` calls the room's action with the form's cleaned data; it may raise
    `Refused`. `prepare(case, user, data, now)` does what is slow (looking into files) before the case is locked, and
    returns the data that `run` gets; it changes nothing of the case. `form` is None for a one-tap verb;
    `form_kwargs(case, user)` are passed to it. `tone` is "primary" (first in sight), "plain", "quiet" (folded away)
    or "danger" (folded away, last); `key_hint` is a single key. `undo(case)` gives, before a quiet verb runs, the
    form values that would take it back: the same verb runs once more with them. A verb with `result_template` shows
    what `run` returned (as `result`) instead of going back to the case; nothing of it is kept or cached.
    """

    key: str
    label: Text
    may: Callable[[Any, Any], bool]
    run: Callable[..., Any]
    form: type[forms.Form] | None = None
    form_kwargs: Callable[[Any, Any], Mapping[str, Any]] = lambda case, user: {}
    explanation: Text = ""
    done: Text = "Tersimpan."
    tone: str = "plain"
    key_hint: str = ""
    result_template: str = ""
    undo: Callable[[Any], Mapping[str, Any]] | None = None
    prepare: Callable[..., Mapping[str, Any]] | None = None
    order: int = 0

    @property
    def asks(self) -> bool:
        """Does it have a form? Templates ask here: naming the class itself would make them call it."""
        return self.form is not None


@dataclass(frozen=True)
class BulkVerb:
    """One thing done to many cases at once: the same action as the single act, called case by case.

    `obstacle(user, case)` says in a sentence why this case cannot take part, "" when it can; it asks the
    room's policy and no query, for it is asked for thousands. `run(case, user, data, now)` may raise `Refused`.
    `form_kwargs(user)` are passed to `form`. `promise` tells what will happen to each case and who hears of it.
    `read_by_citizen` names the field whose words a citizen will read: they are shown before anything is sent.
    """

    key: str
    label: Text
    obstacle: Callable[[Any, Any], str]
    run: Callable[..., Any]
    promise: Text
    form: type[forms.Form] | None = None
    form_kwargs: Callable[[Any], Mapping[str, Any]] = lambda user: {}
    read_by_citizen: str = ""
    audience: Callable[[Any], bool] = lambda user: True
    order: int = 0


@dataclass(frozen=True)
class Tool:
    """A page beside the queues (enter a case "atas nama", the routing rules). Shown to whom `may` admits.

    `count(user)` is the number of things that wait there, asked once a page.
    """

    label: Text
    url_name: str
    may: Callable[[Any], bool]
    icon: str = "dokumen"
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Watched:
    """A fact of a case that the desk compares when two people worked at the same time.

    `value` is what is compared (an id, a code), `words` what people read.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    words: Callable[[Any], Any]


@dataclass(frozen=True)
class ReadyAnswers:
    """Prepared texts for the composers of a kind of case.

    `composers` maps a verb's key, single or bulk, to the form field that the citizen will read.
    `offers(cases, user, verb_key)` yields answers that fit all of the cases, with `pk`, `title`, `group` and
    `body`, best first; `render(answer, case, user)` fills one for a case, `fill(words, case, user)` fills words
    that a bulk verb still holds with their names in braces; `preview(case, verb_key, words)` is the HTML of the
    message as the citizen will read it.
    """

    composers: Mapping[str, str]
    offers: Callable[[Sequence[Any], Any, str], Sequence[Any]]
    render: Callable[[Any, Any, Any], str]
    fill: Callable[[str, Any, Any], str]
    preview: Callable[[Any, str, str], str]


@dataclass(frozen=True)
class Rows:
    """What the row template reads of a case. Whole records with four joins took the database longer to plan than
    to find, so offices, categories and areas come from memory.

    `known` maps a relation to rows of reference data by their key; a row that is not among them is asked for.
    """

    fields: Sequence[str]
    joined: Sequence[str] = ()
    known: Mapping[str, Callable[[], Mapping[Any, Any]]] = field(default_factory=dict)

    def read(self, cases: Any) -> list[Any]:
        """The cases with these fields, in their order; one query while memory holds the rest."""
        rows = list(cases.select_related(*self.joined).only(*self.fields, *self.known))
        for name, rows_by_key in self.known.items():
            relation, by_key = cases.model._meta.get_field(name), rows_by_key()
            for row in rows:
                found = by_key.get(getattr(row, relation.attname))
                if found is not None:
                    relation.set_cached_value(row, found)
        return rows


@dataclass(frozen=True)
class DeskKind:
    """Everything the desk needs to show one kind of case."""

    key: str
    label: Text
    model: type[AbstractCase]
    queues: Sequence[Queue]
    verbs: Sequence[Verb]
    filter_form: Callable[..., forms.Form]  # (data, user=) -> bound form
    apply_filters: Callable[[Any, Mapping[str, Any]], Any]
    prepare_list: Callable[[Any], Any]  # select_related / only: a constant number of queries for any page
    prepare_case: Callable[[Any], Any]  # the same for one case with all its words
    row_template: str
    case_template: str
    side_template: str
    case_context: Callable[[Any, Any, Any], Mapping[str, Any]]  # (case, user, now)
    rows: Rows | None = None  # how little a row needs; without it rows are read by `prepare_list`
    export_columns: Sequence[tuple[Text, Callable[[Any], Any]]] = ()  # redacted: no contact, no secret words
    tools: Sequence[Tool] = ()
    bulk: Sequence[BulkVerb] = ()
    watched: Sequence[Watched] = ()  # what a clash of two officers is shown by
    answers: ReadyAnswers | None = None
    order: int = 0


desk_kinds: Registry[DeskKind] = Registry("desk kinds")
