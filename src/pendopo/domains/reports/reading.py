"""What a report's pages tell: its story line by line, the time that is left, and how a date was computed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.base.audit.timelines import citizen_timeline
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind, Unit
from pendopo.base.ui import words
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.photos import Shown, shown
from pendopo.domains.reports.seeds import STEP_LABELS

K = MessageKind
# Which words belong to which line of history: both are written at the same moment.
_SPOKEN = {
    "reports.answered": K.ANSWER,
    "reports.asked": K.QUESTION,
    "reports.replied": K.REPLY,
    "reports.answer_checked": K.CLOSING,
    "reports.reopened": K.REPLY,
    "reports.archived": K.ANSWER,
    "reports.forwarded": K.ANSWER,
}
_TONES = {
    "reports.received": "new",
    "reports.entered": "new",
    "reports.asked": "waiting",
    "reports.answer_checked": "waiting",
    "reports.closed_by_citizen": "done",
    "reports.closed_by_officer": "done",
    "reports.closed_by_system": "done",
    "reports.archived": "closed",
    "reports.forwarded": "closed",
}
_CITIZEN_STEPS = {"info", "reply"}


@dataclass(frozen=True)
class Told:
    """One entry of a timeline as pages draw it."""

    title: str
    when: dt.datetime
    who: str = ""
    text: str = ""
    tone: str = "moving"
    photos: list[Shown] = field(default_factory=list)


def own_timeline(report: Report) -> list[Told]:
    """Newest first, with every message between reporter and office; never a note among staff."""
    spoken = [message for message in _messages(report) if message.kind != K.NOTE]
    return _timeline(report, spoken)


def public_timeline(report: Report) -> list[Told]:
    """Newest first, with the closing words and their photos only: a second person has read those.

    Letters between the reporter and the office stay between them.
    """
    return _timeline(
        report, [message for message in _messages(report) if message.kind == K.CLOSING], public=True
    )


def _messages(report: Report) -> list[Any]:
    return list(report.messages.prefetch_related("attachments__file"))


def _timeline(report: Report, messages: list[Any], *, public: bool = False) -> list[Told]:
    waiting = {(message.at, message.kind): message for message in messages}
    entries = []
    for line in citizen_timeline(report):
        message = waiting.pop((line.at, _SPOKEN.get(line.verb, "")), None)
        entries.append(
            Told(
                title=line.sentence,
                when=line.at,
                text=message.body if message else "",
                tone=_TONES.get(line.verb, "moving"),
                photos=shown(_pictures(message, public)) if message else [],
            )
        )
    entries += [
        Told(title=_("Pesan"), when=message.at, text=message.body, photos=shown(_pictures(message, public)))
        for message in waiting.values()
    ]
    return sorted(entries, key=lambda told: told.when)[::-1]


def _pictures(message: Any, public: bool) -> Iterable[Any]:
    return [attachment for attachment in message.attachments.all() if attachment.public or not public]


@dataclass(frozen=True)
class Countdown:
    """How much time is left for the next step, in words. `late` when it passed, `mine` when the reporter must act."""

    title: str
    text: str
    due_on: dt.date | None
    late: bool = False
    mine: bool = False


def countdown(report: Report, running: list[Any], *, today: dt.date) -> Countdown | None:
    """The nearest limit of a running clock, None when nobody has to act."""
    dated = sorted(
        (clock for clock in running if clock.stopped_at is None and clock.due_on), key=lambda c: c.due_on
    )
    if not dated:
        return None
    clock = dated[0]
    mine = clock.step in _CITIZEN_STEPS
    day = words.long_date(clock.due_on)
    late = today > clock.due_on
    title = _title(clock.step, day, late=late)
    return Countdown(title, _left(clock, today), clock.due_on, late, mine)


def _title(step: str, day: str, *, late: bool) -> str:
    if late and step in _CITIZEN_STEPS:
        return _(
            "Waktu Anda untuk menjawab lewat pada %(day)s. Anda masih dapat menjawab sampai laporan ditutup."
        ) % {"day": day}
    if step == "reply":
        return _("Anda punya waktu sampai %(day)s untuk menjawab: sudah selesai atau belum.") % {"day": day}
    if step == "info":
        return _("Mohon dijawab paling lambat %(day)s.") % {"day": day}
    labels = {
        "verify": _("memeriksa laporan"),
        "follow_up": _("mulai bekerja"),
        "resolve": _("menyelesaikan laporan"),
    }
    if late:
        return _("Batas waktu kantor untuk %(step)s sudah lewat: %(day)s.") % {
            "day": day,
            "step": labels.get(step, step),
        }
    return _("Kantor punya waktu sampai %(day)s untuk %(step)s.") % {
        "day": day,
        "step": labels.get(step, step),
    }


def _left(clock: Any, today: dt.date) -> str:
    if clock.unit == Unit.WORKING_DAYS:
        calendar = working_calendar(clocks.government_scope(), joint_leave_closed=True)
        if today > clock.due_on:
            days = calendar.count(clock.due_on, today)
            return ngettext("Lewat %(n)s hari kerja.", "Lewat %(n)s hari kerja.", days) % {"n": days}
        days = calendar.count(today, clock.due_on, clock.pause_days)
        if days == 0:
            return _("Hari ini hari terakhir.")
        return ngettext("Sisa %(n)s hari kerja.", "Sisa %(n)s hari kerja.", days) % {"n": days}
    days = (clock.due_on - today).days
    if days < 0:
        return ngettext("Lewat %(n)s hari.", "Lewat %(n)s hari.", -days) % {"n": -days}
    if days == 0:
        return _("Hari ini hari terakhir.")
    return ngettext("Sisa %(n)s hari.", "Sisa %(n)s hari.", days) % {"n": days}


@dataclass(frozen=True)
class Explained:
    """One date with its rule and days, ready for a table."""

    title: str
    explanation: clocks.Explanation


def explanations(running: list[Any], *, today: dt.date) -> list[Explained]:
    """How the dates of the running clocks were computed."""
    return [
        Explained(str(STEP_LABELS.get(clock.step, clock.step)), clocks.explain(clock, today=today))
        for clock in running
        if clock.stopped_at is None
    ]
