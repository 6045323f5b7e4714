"""What pages tell about tasks: the leading office's panel, an office's own page and list, the citizen's one line."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.core import signing
from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.audit.models import Entry
from pendopo.base.cases import clocks
from pendopo.base.cases.models import LIVE_TASKS, AttachmentRole, TaskStatus
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.files.models import File
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui import words
from pendopo.domains.reports import photos
from pendopo.domains.reports.models import Report, ReportTask, TaskFile, TaskLink

LINK_SALT = "reports.task-link"
PAGE = 30
MOST_COUNTED = 999
MOST_OPENINGS = 50
S = TaskStatus
TONES = {S.OPEN: "new", S.ACCEPTED: "moving", S.DONE: "done", S.RETURNED: "waiting", S.CANCELLED: "closed"}
# For the citizen: no reason, no instruction, nothing of offices that gave a task back.
_PUBLIC = {
    S.OPEN: gettext_lazy("diminta membantu"),
    S.ACCEPTED: gettext_lazy("sedang dikerjakan"),
    S.DONE: gettext_lazy("selesai"),
}


@dataclass(frozen=True)
class Left:
    """What is left of a task's time: words, and the tone "late", "soon" or ""."""

    words: str
    tone: str = ""


def left(task: ReportTask, *, today: dt.date) -> Left:
    if not task.is_live or task.due_on is None:
        return Left("")
    day = words.short_date(task.due_on)
    if task.due_on < today:
        return Left(_("lewat batas %(day)s") % {"day": day}, "late")
    if task.due_on == today:
        return Left(_("batas hari ini"), "soon")
    soon = task.due_on <= today + dt.timedelta(days=1)
    return Left(_("paling lambat %(day)s") % {"day": day}, "soon" if soon else "")


@dataclass(frozen=True)
class Row:
    """A task as lists draw it."""

    task: ReportTask
    left: Left
    tone: str
    url: str


def rows(tasks: Collection[ReportTask], *, today: dt.date) -> list[Row]:
    return [
        Row(task, left(task, today=today), TONES[S(task.status)], reverse("reports:task", args=[task.pk]))
        for task in tasks
    ]


def panel(case: Report, *, today: dt.date) -> list[Row]:
    """All tasks of a report, for its own desk."""
    return rows(case.tasks.select_related("office", "asked_by"), today=today)


# An office's list


@dataclass(frozen=True)
class TaskList:
    """One of the lists of tasks. `live` ones stand by their day, ended ones by arrival."""

    key: str
    label: Any
    statuses: tuple[str, ...]
    live: bool = True


LISTS = (
    TaskList("baru", gettext_lazy("Belum diterima"), (S.OPEN,)),
    TaskList("dikerjakan", gettext_lazy("Sedang dikerjakan"), (S.ACCEPTED,)),
    TaskList("berakhir", gettext_lazy("Sudah berakhir"), (S.DONE, S.RETURNED, S.CANCELLED), live=False),
)


def queue_of(user: Any) -> Any:
    """Tasks asked of the offices where this person works."""
    return ReportTask.objects.asked_of(roles_of(user).offices_as(*WORKING_ROLES))


def waiting_count(user: Any) -> int:
    """Live tasks of the own offices, counted up to a limit."""
    return int(queue_of(user).live().order_by()[: MOST_COUNTED + 1].count())


def page_of(user: Any, chosen: TaskList, *, after: str) -> tuple[list[ReportTask], str]:
    """One page and the mark of the next, "" at the end. A page begins in the middle of an index."""
    found = queue_of(user).filter(status__in=chosen.statuses)
    mark = _read(after)
    if chosen.live:
        found = found.order_by(F("due_on").asc(nulls_last=True), "pk")
        if mark:
            day, pk = mark
            later = Q(due_on=None) | Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk) if day else Q(pk=None)
            found = found.filter(later if day else Q(due_on=None, pk__gt=pk))
    else:
        found = found.order_by("-pk")
        found = found.filter(pk__lt=mark[1]) if mark else found
    joined = found.select_related("office", "case__category", "case__region", "case__office")
    tasks = list(joined[: PAGE + 1])
    if len(tasks) <= PAGE:
        return tasks, ""
    last = tasks[PAGE - 1]
    return tasks[:PAGE], f"{last.due_on.isoformat() if last.due_on else ''}.{last.pk}"


def _read(after: str) -> tuple[dt.date | None, int] | None:
    """The mark of a page address; a mark that cannot be read is the first page."""
    day, dot, number = after[:40].partition(".")
    if not dot or not number.isascii() or not number.isdigit() or int(number) >= 2**63:
        return None
    try:
        return (dt.date.fromisoformat(day) if day else None), int(number)
    except ValueError:
        return None


# One task


def explanation(task: ReportTask, *, today: dt.date) -> dict[str, Any] | None:
    """How the day was computed, None for tasks from before clocks."""
    measured = getattr(task, "clock", None)
    if measured is None:
        return None
    return {
        "clock": measured,
        "told": clocks.explain(measured, today=today),
        "unit": measured.get_unit_display(),
    }


def shown_photos(task: ReportTask) -> list[photos.Shown]:
    """The citizen's photos of the report."""
    sent = task.case.attachments.filter(role=AttachmentRole.PHOTO, message=None)
    return photos.shown(sent.select_related("file"))


def public_photos(task: ReportTask) -> list[photos.Shown]:
    """Those for people outside: none of a report that is hidden from the public."""
    if task.case.hidden:
        return []
    sent = task.case.attachments.filter(role=AttachmentRole.PHOTO, message=None, public=True)
    return photos.shown(sent.select_related("file"))


def proofs(task: ReportTask) -> list[photos.Shown]:
    """Photos of the work that are part of the task: the office's own, and accepted ones sent by link."""
    taken = Q(update=None) | Q(update__accepted=True)
    return photos.shown(task.files.filter(taken).select_related("file"))


@dataclass(frozen=True)
class GivenLink:
    """A link as officers see it. `url`, `qr` and `share` are empty when it opens nothing any more."""

    row: TaskLink
    url: str
    qr: str
    share: str
    updates: list[Any]


def address_of(link: TaskLink) -> str:
    token = signing.dumps(link.pk.hex, salt=LINK_SALT)
    return settings.PUBLIC_URL + reverse("reports:task-link", args=[token])


def links_of(task: ReportTask, *, now: dt.datetime) -> list[GivenLink]:
    found = task.links.select_related("made_by").prefetch_related(
        "updates__files__file", "updates__decided_by"
    )
    return [_given(link, task, now) for link in found]


def _given(link: TaskLink, task: ReportTask, now: dt.datetime) -> GivenLink:
    updates = [(update, photos.shown(update.files.all())) for update in link.updates.all()]
    if not task.is_live or link.revoked_at or link.expires_at <= now:
        return GivenLink(link, "", "", "", updates)
    url = address_of(link)
    text = _("Tugas untuk %(role)s. Buka untuk membaca arahan dan mengirim kabar: %(url)s") % {
        "role": link.role, "url": url,
    }  # fmt: skip
    share = f"https://wa.me/{link.phone.lstrip('+')}?{urlencode({'text': text})}"
    return GivenLink(link, url, qr(url), share, updates)


def qr(url: str) -> str:
    """An SVG without inline style, as the content policy wants it."""
    return str(
        segno.make(url, error="m").svg_inline(scale=4, border=2, omitsize=True, dark="#000", light="#fff")
    )


def openings(task: ReportTask) -> list[tuple[dt.datetime, str]]:
    """When links were opened, newest first: the journal's own entries."""
    entries = Entry.objects.about(task).filter(verb="reports.link_opened").order_by("-at")
    return [(entry.at, str(entry.facts.get("role", ""))) for entry in entries[:MOST_OPENINGS]]


# For the citizen


@dataclass(frozen=True)
class Together:
    """One office of several that work on a report, in words for everybody."""

    office: str
    words: str
    tone: str


def together(report: Report) -> list[Together]:
    """ "Dikerjakan bersama": offices with a task and how far they are. Nothing while only the own office works."""
    if report.secret:
        return []
    shown = {S.OPEN: 0, S.ACCEPTED: 1, S.DONE: 2}
    states: dict[str, str] = {}
    others = False
    for office_id, name, status in report.tasks.filter(status__in=shown).values_list(
        "office_id", "office__name", "status"
    ):
        others = others or office_id != report.office_id
        # Of several tasks of one office the one that is least far speaks; one that has begun counts as begun.
        known = states.get(name)
        states[name] = status if known in (None, status) else S.ACCEPTED
    if not others:
        return []
    return [Together(name, str(_PUBLIC[S(state)]), TONES[S(state)]) for name, state in sorted(states.items())]


def results(case: Report) -> list[ReportTask]:
    """Tasks that were done, in the order they ended."""
    if case.secret:
        return []
    done = case.tasks.filter(status=S.DONE).order_by("done_at", "pk")
    return list(done.select_related("office").prefetch_related("files__file", "files__update"))


def has_live(case: Report) -> bool:
    return bool(case.tasks.filter(status__in=LIVE_TASKS).exists())


def draft_summary(done: Sequence[ReportTask]) -> str:
    """The officer's first version of the one summary: what each office wrote. Nobody reads it before the officer."""
    return "\n".join(f"{task.office.name}: {task.result}" for task in done)


def offered_photos(done: Sequence[ReportTask]) -> list[tuple[str, str]]:
    """The tasks' photos as choices of the closing form."""
    offered = []
    for task in done:
        taken = [row for row in task.files.all() if row.update is None or row.update.accepted]
        for number, row in enumerate(taken, start=1):
            said = _("%(office)s, foto %(n)d") % {"office": task.office.name, "n": number}
            offered.append((str(row.pk), said))
    return offered


def chosen_files(case: Report, chosen: Collection[str]) -> list[File]:
    """The files behind the chosen photos; the form has checked that they were offered."""
    rows = TaskFile.objects.filter(task__case=case, pk__in=[int(pk) for pk in chosen]).select_related("file")
    return [row.file for row in rows]


@dataclass(frozen=True)
class CountedList:
    """A list with its number, "999+" beyond the limit."""

    of: TaskList
    count: str


def counted(user: Any) -> list[CountedList]:
    """The lists of live work with their numbers, in one statement; the archive is not counted."""
    numbers = dict.fromkeys((S.OPEN, S.ACCEPTED), 0)
    for status in queue_of(user).live().order_by().values_list("status", flat=True)[: 2 * MOST_COUNTED]:
        numbers[S(status)] += 1
    said = {
        status: f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
        for status, number in numbers.items()
    }
    return [CountedList(one, said[S(one.statuses[0])] if one.live else "") for one in LISTS]
