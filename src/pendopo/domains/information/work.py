"""Pekerjaan PPID: what waits for one person, with the list behind each number. A constant number of queries."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.cases.desk import DeskKind, Queue, desk_kinds
from pendopo.base.cases.models import LIVE_TASKS
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.letters.public import to_sign
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information import listing
from pendopo.domains.information.models import (
    ConsequenceTest,
    Dispute,
    InformationRequest,
    Item,
    Objection,
    TestStatus,
    UnitTask,
)
from pendopo.domains.information.policy import who
from pendopo.domains.information.registers.facets import Text
from pendopo.kernel import clock
from pendopo.kernel.lists import UpTo, counts_up_to

_KINDS = (InformationRequest.KIND, Objection.KIND, Dispute.KIND)
_ITEM_TABS = ("usulan", "kembali", "draf", "perbarui", "buka")
MOST_HEARINGS, MOST_LETTERS = 5, 50


@dataclass(frozen=True)
class Waiting:
    label: str
    count: UpTo
    url: str
    alarm: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    lines: Sequence[Waiting]

    @property
    def waits(self) -> bool:
        return any(line.count for line in self.lines)


@dataclass(frozen=True)
class _Asked:
    """A number that is still to be counted: the parts of its set, and where it is shown."""

    group: Text
    label: Text
    parts: Sequence[QuerySet[Any]]
    url: str
    alarm: bool = False


def of(user: Any, *, now: dt.datetime) -> list[Group]:
    """Everything that can wait for this person, also at zero. All counts are one statement."""
    asked = [*_cases(user, now), *_tasks(user), *_items(user, now), *_tests(user)]
    counts = iter(counts_up_to([part for one in asked for part in one.parts]))
    groups: dict[str, list[Waiting]] = {}
    for one in asked:
        count = UpTo.together([next(counts) for _part in one.parts], 1000)
        groups.setdefault(str(one.group), []).append(Waiting(str(one.label), count, one.url, one.alarm))
    letters = _letters(user)
    if letters.lines:
        groups.setdefault(letters.title, []).extend(letters.lines)
    return [Group(title, lines) for title, lines in groups.items()]


def _cases(user: Any, now: dt.datetime) -> Iterable[_Asked]:
    for key in _KINDS:
        kind = desk_kinds.get(key)
        if kind is not None:
            yield from (_queue(kind, queue, user, now) for queue in kind.queues if _works(queue, user))


def _works(queue: Queue, user: Any) -> bool:
    """Queues of work; what has ended waits for nobody."""
    return not queue.newest_first and queue.audience(user)


def _queue(kind: DeskKind, queue: Queue, user: Any, now: dt.datetime) -> _Asked:
    parts = [part.filter(queue.condition(user, now)) for part in kind.model.objects.desk_parts(user)]
    url = reverse("desk:queue", args=[kind.key, queue.key])
    return _Asked(kind.label, queue.label, parts, url, queue.alarm)


def _tasks(user: Any) -> Iterable[_Asked]:
    offices = roles_of(user).offices_as(*WORKING_ROLES)
    if not offices:
        return
    live = UnitTask.objects.asked_of(offices).filter(status__in=LIVE_TASKS)
    today = clock.local_date(clock.now())
    url, title = reverse("information:tasks"), _("Permintaan untuk unit saya")
    yield _Asked(title, _("Belum dijawab"), [live], url)
    yield _Asked(title, _("Lewat batas"), [live.filter(due_on__lt=today)], url, alarm=True)


def _items(user: Any, now: dt.datetime) -> Iterable[_Asked]:
    rows, today = Item.objects.desk_of(user), clock.local_date(now)
    if not roles_of(user).is_staff:
        return
    for key in _ITEM_TABS:
        tab = listing.BY_KEY[key]
        url = f"{reverse('information:items')}?tab={key}"
        yield _Asked(_("Daftar informasi"), tab.label, [tab.of(rows, today)], url, alarm=key == "buka")


def _tests(user: Any) -> Iterable[_Asked]:
    if not who.is_ppid(user):
        return
    rows = ConsequenceTest.objects.visible_to(user)
    for status in (TestStatus.PROPOSED, TestStatus.RETURNED, TestStatus.DRAFT):
        url = f"{reverse('information:tests')}?keadaan={status}"
        yield _Asked(_("Uji konsekuensi"), status.label, [rows.filter(status=status)], url)


def _letters(user: Any) -> Group:
    """Letters of PPID that this person may sign."""
    mine = to_sign(user, most=MOST_LETTERS + 1, kinds="information.")
    count = UpTo.of(len(mine), MOST_LETTERS)
    return Group(
        _("Surat"), [Waiting(_("Menunggu tanda tangan saya"), count, reverse("letters:list"))] if mine else []
    )


def hearings(user: Any, *, now: dt.datetime) -> list[Dispute]:
    """The next hearings, soonest first."""
    if not who.prepares_objections(user):
        return []
    coming = Dispute.objects.desk_of(user).filter(
        closed_at=None, next_hearing_at__gte=now - dt.timedelta(hours=12)
    )
    return list(coming.order_by("next_hearing_at")[:MOST_HEARINGS])
