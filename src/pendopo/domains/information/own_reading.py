"""What the own page of a request or objection tells: its story, the time that is left, how a date was computed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pendopo.base.audit.timelines import citizen_timeline
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractCase, MessageKind, Unit
from pendopo.base.letters import public as letters
from pendopo.base.letters.public import Letter
from pendopo.base.ui import words
from pendopo.domains.information.models import (
    InformationRequest,
    Objection,
    ObjectionStatus,
    RequestStatus,
)
from pendopo.domains.information.seeds import OBJECTION_LABELS, STEP_LABELS

K, S, OS = MessageKind, RequestStatus, ObjectionStatus
# Which words belong to which line of history: both are written at the same moment.
_SPOKEN = {
    "objections.answered": K.ANSWER,
    "information.incomplete": K.QUESTION,
    "information.completed": K.REPLY,
    "information.replied": K.REPLY,
    "information.wrote": K.ANSWER,
}
_TONES = {
    "information.received": "new",
    "information.entered": "new",
    "information.incomplete": "waiting",
    "information.withdrawn": "closed",
    "information.lapsed": "closed",
    "objections.received": "new",
    "objections.withdrawn": "closed",
}
_MINE = {"complete", "objection", "dispute"}
TONES: dict[str, str] = {
    S.REGISTERED: "new",
    S.INCOMPLETE: "waiting",
    S.IN_PROGRESS: "moving",
    S.GRANTED: "moving",
    S.DELIVERED: "done",
    S.REFUSED: "closed",
    S.NOT_HELD: "closed",
    S.WITHDRAWN: "closed",
    S.LAPSED: "closed",
    OS.REVIEWED: "moving",
    OS.ANSWERED: "done",
}
_SAID = {
    S.REGISTERED: gettext_lazy("Permohonan Anda sudah terdaftar"),
    S.INCOMPLETE: gettext_lazy("Permohonan Anda perlu dilengkapi"),
    S.IN_PROGRESS: gettext_lazy("Informasinya sedang kami cari"),
    S.GRANTED: gettext_lazy("Permohonan Anda dikabulkan, informasinya sedang disiapkan"),
    S.DELIVERED: gettext_lazy("Informasinya sudah diserahkan"),
    S.REFUSED: gettext_lazy("Permohonan Anda ditolak"),
    S.NOT_HELD: gettext_lazy("Kami tidak menguasai informasi ini"),
    S.WITHDRAWN: gettext_lazy("Permohonan ini sudah dicabut"),
    S.LAPSED: gettext_lazy("Permohonan berakhir karena tidak dilengkapi"),
}
_OBJECTION_SAID = {
    OS.REGISTERED: gettext_lazy("Keberatan Anda sudah terdaftar"),
    OS.REVIEWED: gettext_lazy("Keberatan Anda sedang ditelaah Atasan PPID"),
    OS.ANSWERED: gettext_lazy("Keberatan Anda sudah ditanggapi"),
    OS.WITHDRAWN: gettext_lazy("Keberatan ini sudah dicabut"),
}


@dataclass(frozen=True)
class Told:
    """One entry of a timeline as pages draw it."""

    title: str
    when: dt.datetime
    text: str = ""
    tone: str = "moving"
    who: str = ""


@dataclass(frozen=True)
class Countdown:
    """How much time is left for the next step. `late` when it passed, `mine` when the requester must act."""

    title: str
    text: str
    due_on: dt.date
    late: bool
    mine: bool


@dataclass(frozen=True)
class Explained:
    """One date with its rule and days, ready for a table."""

    title: str
    explanation: clocks.Explanation


@dataclass(frozen=True)
class Paper:
    """A letter the requester may download."""

    title: str
    number: str
    when: dt.datetime
    url: str


def said(case: AbstractCase) -> str:
    """Where the case is, in one plain sentence."""
    if isinstance(case, Objection):
        return str(_OBJECTION_SAID[OS(case.status)])
    return str(_SAID[S(case.status)])


def tone_of(case: AbstractCase) -> str:
    return TONES.get(case.status, "new" if case.closed_at is None else "closed")


def timeline(case: AbstractCase) -> list[Told]:
    """Newest first, with every message between the person and the office; never a note among staff."""
    rows = case.messages.exclude(kind=K.NOTE).select_related("office")  # type: ignore[attr-defined]
    waiting = {(row.at, row.kind): row for row in rows}
    told = []
    for line in citizen_timeline(case):
        row = waiting.pop((line.at, _SPOKEN.get(line.verb, "")), None)
        told.append(Told(line.sentence, line.at, row.body if row else "", _TONES.get(line.verb, "moving")))
    told += [
        Told(_("Pesan dari Anda") if row.kind == K.REPLY else _("Pesan dari PPID"), row.at, row.body)
        for row in waiting.values()
    ]
    return sorted(told, key=lambda entry: entry.when)[::-1]


def countdown(running: list[Any], *, today: dt.date) -> Countdown | None:
    """The nearest limit of a running clock, None when nobody has to act."""
    dated = sorted(
        (one for one in running if one.stopped_at is None and one.due_on), key=lambda one: one.due_on
    )
    if not dated:
        return None
    nearest = dated[0]
    late, mine = today > nearest.due_on, nearest.step in _MINE
    return Countdown(
        _title(nearest.step, words.long_date(nearest.due_on), late=late),
        _left(nearest, today),
        nearest.due_on,
        late,
        mine,
    )


def _title(step: str, day: str, *, late: bool) -> str:
    sentences = {
        "answer": _("Kami menjawab tertulis paling lambat %(day)s."),
        "complete": _("Lengkapi paling lambat %(day)s."),
        "deliver": _("Informasinya diserahkan paling lambat %(day)s."),
        "objection": _("Anda dapat mengajukan keberatan sampai %(day)s."),
        "reply": _("Atasan PPID menanggapi paling lambat %(day)s."),
        "dispute": _("Anda dapat ke Komisi Informasi sampai %(day)s."),
    }
    if late and step == "reply":
        return _("Batas waktu Atasan PPID sudah lewat: %(day)s.") % {"day": day}
    if late and step not in _MINE:
        return _("Batas waktu kami sudah lewat: %(day)s. Anda dapat mengajukan keberatan.") % {"day": day}
    return sentences.get(step, _("Batas waktu: %(day)s.")) % {"day": day}


def _left(one: Any, today: dt.date) -> str:
    if one.unit != Unit.WORKING_DAYS:
        days = (one.due_on - today).days
        return ngettext("Sisa %(n)s hari.", "Sisa %(n)s hari.", max(days, 0)) % {"n": max(days, 0)}
    calendar = working_calendar(clocks.government_scope(), joint_leave_closed=True)
    if today > one.due_on:
        days = calendar.count(one.due_on, today)
        return ngettext("Lewat %(n)s hari kerja.", "Lewat %(n)s hari kerja.", days) % {"n": days}
    days = calendar.count(today, one.due_on, one.pause_days)
    if days == 0:
        return _("Hari ini hari terakhir.")
    return ngettext("Sisa %(n)s hari kerja.", "Sisa %(n)s hari kerja.", days) % {"n": days}


def explanations(case: AbstractCase, running: list[Any], *, today: dt.date) -> list[Explained]:
    """How the dates of the running clocks were computed."""
    labels = OBJECTION_LABELS if isinstance(case, Objection) else STEP_LABELS
    return [
        Explained(str(labels.get(one.step, one.step)), clocks.explain(one, today=today))
        for one in running
        if one.stopped_at is None
    ]


def papers(about: str, case: InformationRequest | Objection, *, now: dt.datetime) -> list[Paper]:
    """Letters that went out about this case, newest first, each with an address for an hour."""
    shown = {letters.Status.ISSUED, letters.Status.SIGNED}
    return [
        Paper(letter.title, letter.written, letter.issued_at, url)
        for letter in letters.letters_of(about, case.pk)
        if letter.status in shown and letter.issued_at and (url := _address(letter, now))
    ]


def _address(letter: Letter, now: dt.datetime) -> str:
    return letters.letter_url(letter, now=now)
