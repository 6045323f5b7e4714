"""One story of a case: lines of history and words of the conversation, in the order they happened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pendopo.base.audit.timelines import citizen_timeline, officer_timeline
from pendopo.base.cases.models import AbstractCase, MessageKind

EVENT = "event"  # the kind of a line of history
_FROM_CITIZEN = frozenset({MessageKind.REPLY})


@dataclass(frozen=True)
class Happening:
    """One entry of the story. `kind` is "event" for history or the message kind; `side` is who speaks. Numbers of
    events and those of messages grow with time, each by themselves.
    """

    at: dt.datetime
    kind: str
    text: str
    who: str
    side: str = ""  # "citizen", "office", "note", or "" for an event
    public: bool = True
    files: Sequence[Any] = field(default_factory=tuple)
    number: int = 0


def for_citizen(case: AbstractCase) -> list[Happening]:
    """What the reporter (and, for a public case, everybody) reads: never notes, never an officer's name."""
    events = [Happening(line.at, EVENT, line.sentence, line.actor) for line in citizen_timeline(case)]
    return _in_order(events, _messages(case, notes=False, names=False))


def for_staff(case: AbstractCase) -> list[Happening]:
    """Everything, with names. Only for whom `desk_of` shows the case."""
    events = [
        Happening(line.at, EVENT, line.sentence, line.actor, public=line.public, number=line.number)
        for line in officer_timeline(case)
    ]
    return _in_order(events, _messages(case, notes=True, names=True))


def _messages(case: AbstractCase, *, notes: bool, names: bool) -> list[Happening]:
    rows = case.messages.select_related("author", "office").prefetch_related("attachments__file")  # type: ignore[attr-defined]
    if not notes:
        rows = rows.exclude(kind=MessageKind.NOTE)
    return [
        Happening(
            row.at,
            row.kind,
            row.body,
            _who(row, names=names),
            side=_side(row.kind),
            public=row.kind != MessageKind.NOTE,
            files=tuple(row.attachments.all()),
            number=row.pk,
        )
        for row in rows
    ]


def _side(kind: str) -> str:
    if kind == MessageKind.NOTE:
        return "note"
    return "citizen" if kind in _FROM_CITIZEN else "office"


def _who(row: Any, *, names: bool) -> str:
    if row.kind in _FROM_CITIZEN:
        return "Pelapor"
    office = row.office.name if row.office else "Kantor"
    return f"{row.author}, {office}" if names and row.author else office


def _in_order(*parts: list[Happening]) -> list[Happening]:
    return sorted((entry for part in parts for entry in part), key=lambda entry: entry.at)
