"""How a room shows its cases on the officer's desk: queues, verbs, templates. `surfaces/desk` draws them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from pendopo.base.cases.models import AbstractCase
from pendopo.base.registries import Registry


@dataclass(frozen=True)
class Queue:
    """A fixed list of work. `narrow(cases, user, now)` filters a queryset that is already `desk_of(user)`."""

    key: str
    label: str
    explanation: str
    narrow: Callable[[Any, Any, Any], Any]
    audience: Callable[[Any], bool] = lambda user: True  # does this person have such a queue at all?


@dataclass(frozen=True)
class Verb:
    """One thing a person can do to a case: the same action behind the button, the API and the clock.

    `run(case, user, data, now)` calls the room's action with the form's cleaned data. `form` may be None
    for a one-tap verb. `tone` is "primary", "plain" or "danger". `key_hint` is a single-key shortcut.
    """

    key: str
    label: str
    may: Callable[[Any, Any], bool]
    run: Callable[..., Any]
    form: type[forms.Form] | None = None
    form_kwargs: Callable[[Any, Any], Mapping[str, Any]] = lambda case, user: {}
    explanation: str = ""
    done: str = "Tersimpan."
    tone: str = "plain"
    key_hint: str = ""
    uploads: bool = False
    order: int = 0


@dataclass(frozen=True)
class DeskKind:
    """Everything the desk needs to show one kind of case."""

    key: str
    label: str
    model: type[AbstractCase]
    queues: Sequence[Queue]
    verbs: Sequence[Verb]
    filter_form: type[forms.Form]
    apply_filters: Callable[[Any, Mapping[str, Any]], Any]
    prepare_list: Callable[[Any], Any]  # select_related / only: a constant number of queries for any page
    row_template: str
    case_template: str
    side_template: str
    case_context: Callable[[Any, Any, Any], Mapping[str, Any]]  # (case, user, now)
    new_url_name: str = ""  # page to enter a case "atas nama"
    extra: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0


desk_kinds: Registry[DeskKind] = Registry("desk kinds")
