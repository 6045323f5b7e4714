"""Two people at one case: what changed since a form was opened, so that nobody writes past a colleague.

Each form carries a seal: what its reader saw, signed. On a clash the seal is compared with the case as it is
now. Nothing is kept on the server for a form that is never sent.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest

from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import actor_of, officer_sentence
from pendopo.base.cases.desk import DeskKind, Verb
from pendopo.base.cases.models import MessageKind
from pendopo.base.cases.timeline import EVENT, Happening

SALT = "desk.seal"
OLDEST = dt.timedelta(days=7)
LONGEST = 12_000  # letters of a seal that are worth reading
MOST_ACTS = 50


@dataclass(frozen=True)
class Change:
    """One fact that is different now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """Something done or said meanwhile; `quote` are the words of a message."""

    at: dt.datetime
    who: str
    what: str
    quote: str = ""


@dataclass(frozen=True)
class Difference:
    """What happened to a case after its reader opened a form. `known` is False without a readable seal."""

    changes: Sequence[Change] = ()
    acts: Sequence[Act] = ()
    known: bool = False


@dataclass(frozen=True)
class Typed:
    """One field of a form that can no longer be sent, for copying."""

    label: str
    words: str


def seal(kind: DeskKind, case: Any, user: Any, story: Sequence[Happening]) -> str:
    """What this person sees of the case now, signed; `story` is what the page tells, so that nothing that came
    in between counts as read."""
    events = [entry.number for entry in story if entry.kind == EVENT]
    words = [entry.number for entry in story if entry.kind != EVENT]
    return signing.dumps(
        {
            "u": user.pk,
            "c": case.code,
            "i": case.pk,
            "e": max(events, default=0),
            "m": max(words, default=0),
            "f": {one.key: [_mark(one.value(case)), str(one.words(case))] for one in kind.watched},
        },
        salt=SALT,
        compress=True,
    )


def opened(token: str, *, user: Any, code: str) -> Mapping[str, Any] | None:
    """What a seal of this person for the case with this code says; None for any other or a broken one."""
    if not token or len(token) > LONGEST:
        return None
    try:
        seen: Mapping[str, Any] = signing.loads(token, salt=SALT, max_age=OLDEST)
    except (signing.BadSignature, ValueError):
        return None
    return seen if seen["u"] == user.pk and seen["c"] == code else None


def since(kind: DeskKind, case: Any, token: str, *, user: Any) -> Difference:
    """What changed since the seal was made, for who may see the case now."""
    seen = opened(token, user=user, code=case.code)
    if seen is None:
        return Difference()
    changes = []
    for one in kind.watched:
        before = seen["f"].get(one.key)
        if before is not None and before[0] != _mark(one.value(case)):
            changes.append(Change(str(one.label), before[1], str(one.words(case))))
    return Difference(changes, _acts(case, seen), known=True)


def _acts(case: Any, seen: Mapping[str, Any]) -> list[Act]:
    entries = Entry.objects.about(case).filter(pk__gt=seen["e"]).select_related("organization")
    acts = [
        Act(entry.at, actor_of(entry), officer_sentence(entry))
        for entry in entries.order_by("at", "pk")[:MOST_ACTS]
    ]
    messages = case.messages.filter(pk__gt=seen["m"]).select_related("author", "office")
    acts += [
        Act(row.at, _speaker(row), str(MessageKind(row.kind).label), quote=row.body)
        for row in messages.order_by("at", "pk")[:MOST_ACTS]
    ]
    return sorted(acts, key=lambda act: act.at)


def _speaker(message: Any) -> str:
    if message.author and message.kind != MessageKind.REPLY:
        return str(message.author)
    return message.office.name if message.office else ""


def _mark(value: Any) -> str:
    """A short mark of a value: long texts are compared without being carried twice."""
    return hashlib.blake2s(repr(value).encode(), digest_size=8).hexdigest()


def typed_in(request: HttpRequest, verb: Verb | None) -> list[Typed]:
    """The words a person typed into a verb's form, by the labels of its fields."""
    fields = getattr(verb.form, "base_fields", {}) if verb and verb.form else {}
    return [
        Typed(str(field.label or name), words)
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and (words := request.POST.get(name, "").strip())
    ]
