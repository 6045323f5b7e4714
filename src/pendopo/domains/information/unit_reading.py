"""What pages tell about tasks of units: PPID Utama's panel, a unit's own list, one task. Never who asks."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.cases import clocks
from pendopo.base.cases.models import TaskStatus
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.files.links import link_to
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui import words
from pendopo.domains.information.models import InformationRequest, UnitTask, UnitTaskFile

PAGE = 30
MOST_COUNTED = 999
S = TaskStatus
TONES = {S.OPEN: "new", S.ACCEPTED: "moving", S.DONE: "done", S.RETURNED: "waiting", S.CANCELLED: "closed"}


@dataclass(frozen=True)
class Left:
    """What is left of a task's time: words, and the tone "late", "soon" or ""."""

    words: str
    tone: str = ""


def left(task: UnitTask, *, today: dt.date) -> Left:
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

    task: UnitTask
    left: Left
    tone: str
    url: str


def rows(tasks: Collection[UnitTask], *, today: dt.date) -> list[Row]:
    return [
        Row(task, left(task, today=today), TONES[S(task.status)], reverse("information:task", args=[task.pk]))
        for task in tasks
    ]


def waited_for() -> Any:
    """Ids of requests for which some unit has not answered, as a subquery."""
    return UnitTask.objects.live().order_by().values("case_id")


def found_files(case: InformationRequest) -> list[tuple[int, str]]:
    """Files that units of this request found, as choices."""
    rows = UnitTaskFile.objects.filter(task__case=case).select_related("file", "task__office")
    return [(row.pk, f"{row.task.office.name}: {row.file.name}") for row in rows]


def panel(case: InformationRequest, *, today: dt.date) -> list[Row]:
    """All tasks of a request, for PPID Utama."""
    return rows(case.tasks.select_related("office"), today=today)


def file_of_each(case: InformationRequest) -> dict[int, Any]:
    """Ids of the files that units found, by the ids that `found_files` offers."""
    return dict(UnitTaskFile.objects.filter(task__case=case).values_list("pk", "file_id"))


@dataclass(frozen=True)
class TaskList:
    """One of the lists of tasks. `live` ones stand by their day, ended ones by arrival."""

    key: str
    label: Any
    statuses: tuple[str, ...]
    live: bool = True


LISTS = (
    TaskList("baru", gettext_lazy("Belum diterima"), (S.OPEN,)),
    TaskList("dikerjakan", gettext_lazy("Sedang dicari"), (S.ACCEPTED,)),
    TaskList("berakhir", gettext_lazy("Sudah berakhir"), (S.DONE, S.RETURNED, S.CANCELLED), live=False),
)


def queue_of(user: Any) -> Any:
    """Tasks asked of the offices where this person works."""
    return UnitTask.objects.asked_of(roles_of(user).offices_as(*WORKING_ROLES))


def waiting_count(user: Any) -> int:
    """Live tasks of the own offices, counted up to a limit."""
    return int(queue_of(user).live().order_by()[: MOST_COUNTED + 1].count())


def page_of(user: Any, chosen: TaskList, *, after: str) -> tuple[list[UnitTask], str]:
    """One page and the mark of the next, "" at the end. A page begins in the middle of an index."""
    found = queue_of(user).filter(status__in=chosen.statuses)
    mark = _read(after)
    if chosen.live:
        found = found.order_by(F("due_on").asc(nulls_last=True), "pk")
        if mark:
            day, pk = mark
            later = (
                Q(due_on=None) | Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk)
                if day
                else Q(due_on=None, pk__gt=pk)
            )
            found = found.filter(later)
    else:
        found = found.order_by("-pk")
        found = found.filter(pk__lt=mark[1]) if mark else found
    tasks = list(found.select_related("office", "case")[: PAGE + 1])
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


def explanation(task: UnitTask, *, today: dt.date) -> dict[str, Any] | None:
    """How the day was computed."""
    measured = getattr(task, "clock", None)
    if measured is None:
        return None
    return {
        "clock": measured,
        "told": clocks.explain(measured, today=today),
        "unit": measured.get_unit_display(),
    }


@dataclass(frozen=True)
class Paper:
    """A file behind a link that expires."""

    name: str
    url: str
    size: int


def papers(task: UnitTask, *, now: dt.datetime) -> list[Paper]:
    rows = task.files.select_related("file")
    return [Paper(row.file.name, link_to(row.file, now=now), row.file.size) for row in rows]
