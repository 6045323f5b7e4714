"""Lists of work: counts of all queues in one statement, pages by keyset in a constant number of queries."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pendopo.base.cases.desk import DeskKind, Queue
from pendopo.base.cases.models import Urgency

PAGE_SIZE = 30
BEFORE = 8  # rows shown above the case that is open


@dataclass(frozen=True)
class QueueCount:
    queue: Queue
    count: int


@dataclass(frozen=True)
class Page:
    """One page of a list. `after` and `before` are opaque cursors, empty when there is nothing that way."""

    rows: Sequence[Any]
    after: str
    before: str


@dataclass(frozen=True)
class Section:
    """Rows of one urgency. `total` counts those of all pages; without a label there is no heading."""

    label: str
    total: int
    rows: Sequence[Any]


class BadCursor(ValueError):
    """The page address was changed by hand or is from another version."""


def queues_of(kind: DeskKind, user: Any) -> list[Queue]:
    return [queue for queue in kind.queues if queue.audience(user)]


def count_all(kind: DeskKind, user: Any, now: dt.datetime) -> list[QueueCount]:
    """How many cases lie in each queue of this person, by one SQL statement."""
    return _count(kind, kind.model.objects.desk_of(user), user, now)


def first_queue_of(kind: DeskKind, case: Any, user: Any, now: dt.datetime) -> Queue | None:
    """The first queue in which this person finds the case, None when it lies in none."""
    this_one = kind.model.objects.desk_of(user).filter(pk=case.pk)
    return next((found.queue for found in _count(kind, this_one, user, now) if found.count), None)


def _count(kind: DeskKind, cases: QuerySet[Any], user: Any, now: dt.datetime) -> list[QueueCount]:
    queues = queues_of(kind, user)
    counts = cases.aggregate(
        **{f"q{i}": Count("pk", filter=queue.condition(user, now)) for i, queue in enumerate(queues)}
    )
    return [QueueCount(queue, counts[f"q{i}"]) for i, queue in enumerate(queues)]


def count_by_urgency(cases: QuerySet[Any]) -> dict[int, int]:
    """How many of these cases have each urgency, by one SQL statement."""
    return dict(cases.order_by().values_list("urgency").annotate(Count("pk")))


def sections(queue: Queue, rows: Sequence[Any], totals: Mapping[int, int]) -> list[Section]:
    """Rows under a heading for each urgency; a list by arrival has no headings."""
    if queue.newest_first:
        return [Section("", 0, rows)] if rows else []
    return [
        Section(str(Urgency(urgency).label), totals.get(urgency, 0), list(group))
        for urgency, group in groupby(rows, key=lambda case: case.urgency)
    ]


def around(kind: DeskKind, queue: Queue, cases: QuerySet[Any], case: Any) -> list[Any]:
    """A few cases before this one in the queue, itself while it lies there, and those after it."""
    keys = _keys(case, queue)
    prepared, newest = kind.prepare_list(cases), queue.newest_first
    ahead = _sorted(prepared, newest_first=newest, backwards=True).filter(
        _beyond(keys, newest_first=newest, backwards=True)
    )
    here_on = _sorted(prepared, newest_first=newest, backwards=False).filter(
        Q(pk=case.pk) | _beyond(keys, newest_first=newest, backwards=False)
    )
    return [*reversed(ahead[:BEFORE]), *here_on[:PAGE_SIZE]]


def following(queue: Queue, cases: QuerySet[Any], case: Any) -> Any | None:
    """The case after this one in the queue, also when this one has left it; None at the end."""
    newest = queue.newest_first
    beyond = _beyond(_keys(case, queue), newest_first=newest, backwards=False)
    return _sorted(cases.filter(beyond), newest_first=newest, backwards=False).only("code").first()


def cases_in(kind: DeskKind, queue: Queue, user: Any, now: dt.datetime) -> QuerySet[Any]:
    """The cases of a queue this person works with, unsorted."""
    cases: QuerySet[Any] = kind.model.objects.desk_of(user).filter(queue.condition(user, now))
    return cases


def page_of(
    kind: DeskKind, queue: Queue, cases: QuerySet[Any], *, cursor: str, size: int = PAGE_SIZE
) -> Page:
    """One page. Raises BadCursor. The depth of the page costs nothing: it is found by its keys."""
    backwards, keys = read_cursor(cursor, newest_first=queue.newest_first)
    rows = _sorted(kind.prepare_list(cases), newest_first=queue.newest_first, backwards=backwards)
    if keys is not None:
        rows = rows.filter(_beyond(keys, newest_first=queue.newest_first, backwards=backwards))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    ahead, behind = (keys is not None, more) if backwards else (more, keys is not None)
    return Page(
        rows=found,
        after=_cursor(found[-1], queue, "n") if found and ahead else "",
        before=_cursor(found[0], queue, "p") if found and behind else "",
    )


def _sorted(cases: QuerySet[Any], *, newest_first: bool, backwards: bool) -> QuerySet[Any]:
    if newest_first:
        order = ("received_at", "pk") if backwards else ("-received_at", "-pk")
        return cases.order_by(*order)
    if backwards:
        return cases.order_by("-urgency", F("due_at").desc(nulls_first=True), "-pk")
    return cases.order_by("urgency", F("due_at").asc(nulls_last=True), "pk")


def _beyond(keys: tuple[Any, ...], *, newest_first: bool, backwards: bool) -> Q:
    """Rows strictly after (or before) the row with these keys, in the order of `_sorted`."""
    if newest_first:
        moment, pk = keys
        if backwards:
            return Q(received_at__gt=moment) | Q(received_at=moment, pk__gt=pk)
        return Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk)
    urgency, due, pk = keys
    if backwards:
        if due is None:
            nearer = Q(due_at__isnull=False) | Q(due_at=None, pk__lt=pk)
        else:
            nearer = Q(due_at__lt=due) | Q(due_at=due, pk__lt=pk)
        return Q(urgency__lt=urgency) | (Q(urgency=urgency) & nearer)
    if due is None:
        farther = Q(due_at=None, pk__gt=pk)
    else:
        farther = Q(due_at__gt=due) | Q(due_at=None) | Q(due_at=due, pk__gt=pk)
    return Q(urgency__gt=urgency) | (Q(urgency=urgency) & farther)


def _keys(case: Any, queue: Queue) -> tuple[Any, ...]:
    """What places a case in the order of a queue."""
    return (case.received_at, case.pk) if queue.newest_first else (case.urgency, case.due_at, case.pk)


def _cursor(case: Any, queue: Queue, way: str) -> str:
    keys = [key.isoformat() if isinstance(key, dt.datetime) else key for key in _keys(case, queue)]
    return base64.urlsafe_b64encode(json.dumps([way, *keys]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *, newest_first: bool) -> tuple[bool, tuple[Any, ...] | None]:
    """(backwards?, keys) of a cursor; no cursor is the first page. Raises BadCursor."""
    if not cursor:
        return False, None
    try:
        way, *keys = json.loads(base64.urlsafe_b64decode(cursor[:400] + "=" * (-len(cursor) % 4)))
        backwards = {"n": False, "p": True}[way]
        if newest_first:
            moment, pk = keys
            return backwards, (_moment(moment), _id(pk))
        urgency, due, pk = keys
        return backwards, (_small(urgency), _moment(due) if due else None, _id(pk))
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise BadCursor from error


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError(value)
    return value


def _small(value: Any) -> int:
    """A number that fits the column it is compared with."""
    if _id(value) > 99:
        raise ValueError(value)
    return int(value)


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(value)
    if moment.tzinfo is None or not 2000 < moment.year < 2200:
        raise ValueError(value)
    return moment
