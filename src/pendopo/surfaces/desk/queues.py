"""Lists of work: counts of all queues in one statement, pages by keyset in a constant number of queries.

Neither grows with the archive: a count stops at a thousand, a page begins in the middle of an index
(docs/decisions/0016).
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import DateTimeField, F, Func, Q, QuerySet, Value

from pendopo.base.cases.desk import DeskKind, Queue
from pendopo.base.cases.models import DUE_OR_NEVER, Urgency
from pendopo.kernel.lists import UpTo, beyond, counts_up_to

PAGE_SIZE = 30
BEFORE = 8  # rows shown above the case that is open
_NEVER = Func(template="'infinity'::timestamptz", output_field=DateTimeField())


@dataclass(frozen=True)
class QueueCount:
    queue: Queue
    count: UpTo


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
    total: UpTo
    rows: Sequence[Any]


class BadCursor(ValueError):
    """The page address was changed by hand or is from another version."""


def queues_of(kind: DeskKind, user: Any) -> list[Queue]:
    return [queue for queue in kind.queues if queue.audience(user)]


def count_all(kind: DeskKind, user: Any, now: dt.datetime) -> list[QueueCount]:
    """How many cases lie in each queue of this person, up to a thousand, by one SQL statement."""
    return _count(kind, kind.model.objects.desk_of(user), user, now)


def first_queue_of(kind: DeskKind, case: Any, user: Any, now: dt.datetime) -> Queue | None:
    """The first queue in which this person finds the case, None when it lies in none."""
    this_one = kind.model.objects.desk_of(user).filter(pk=case.pk)
    return next((found.queue for found in _count(kind, this_one, user, now) if found.count), None)


def _count(kind: DeskKind, cases: QuerySet[Any], user: Any, now: dt.datetime) -> list[QueueCount]:
    queues = queues_of(kind, user)
    lists = [(queue, cases.filter(queue.condition(user, now))) for queue in queues]
    # Open work is little and found by its state; what has ended is counted from the newest on.
    counts = counts_up_to([found if queue.newest_first else found.order_by() for queue, found in lists])
    return [QueueCount(queue, count) for queue, count in zip(queues, counts, strict=True)]


def count_by_urgency(cases: QuerySet[Any]) -> dict[int, UpTo]:
    """How many of these cases have each urgency, up to a thousand, by one SQL statement."""
    counts = counts_up_to([cases.filter(urgency=urgency).order_by() for urgency in Urgency])
    return {urgency: count for urgency, count in zip(Urgency.values, counts, strict=True) if count}


def count_in_list(queue: Queue, cases: QuerySet[Any]) -> tuple[UpTo, dict[int, UpTo]]:
    """(all cases of a list, those of each urgency): only a list by urgency has headings to count for."""
    if queue.newest_first:
        return counts_up_to([cases])[0], {}
    totals = count_by_urgency(cases)
    whole = UpTo(sum(totals.values()))
    whole.more = any(total.more for total in totals.values())
    return whole, totals


def sections(queue: Queue, rows: Sequence[Any], totals: Mapping[int, UpTo]) -> list[Section]:
    """Rows under a heading for each urgency; a list by arrival has no headings."""
    if queue.newest_first:
        return [Section("", UpTo(), rows)] if rows else []
    return [
        Section(str(Urgency(urgency).label), totals.get(urgency, UpTo()), list(group))
        for urgency, group in groupby(rows, key=lambda case: case.urgency)
    ]


def around(kind: DeskKind, queue: Queue, cases: QuerySet[Any], case: Any) -> list[Any]:
    """A few cases before this one in the queue, itself while it lies there, and those after it."""
    keys = _keys(case, queue)
    newest = queue.newest_first
    ahead = cases.filter(_beyond(keys, newest_first=newest, backwards=True))
    here_on = cases.filter(~_beyond(keys, newest_first=newest, backwards=True))
    return [
        *reversed(_rows(kind, ahead, BEFORE, newest_first=newest, backwards=True)),
        *_rows(kind, here_on, PAGE_SIZE, newest_first=newest, backwards=False),
    ]


def cases_in(kind: DeskKind, queue: Queue, user: Any, now: dt.datetime) -> QuerySet[Any]:
    """The cases of a queue this person works with, unsorted."""
    cases: QuerySet[Any] = kind.model.objects.desk_of(user).filter(queue.condition(user, now))
    return cases


def page_of(
    kind: DeskKind, queue: Queue, cases: QuerySet[Any], *, cursor: str, size: int = PAGE_SIZE
) -> Page:
    """One page. Raises BadCursor. The depth of the page costs nothing: it is found by its keys."""
    backwards, keys = read_cursor(cursor, newest_first=queue.newest_first)
    if keys is not None:
        cases = cases.filter(_beyond(keys, newest_first=queue.newest_first, backwards=backwards))
    found = list(_rows(kind, cases, size + 1, newest_first=queue.newest_first, backwards=backwards))
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


def _rows(
    kind: DeskKind, cases: QuerySet[Any], most: int, *, newest_first: bool, backwards: bool
) -> QuerySet[Any]:
    """The first rows in order. Chosen by their ids first: only what is shown is joined with its offices and people."""
    chosen = _sorted(cases, newest_first=newest_first, backwards=backwards).values("pk")[:most]
    shown = kind.prepare_list(kind.model._default_manager.filter(pk__in=chosen))
    return _sorted(shown, newest_first=newest_first, backwards=backwards)


def _sorted(cases: QuerySet[Any], *, newest_first: bool, backwards: bool) -> QuerySet[Any]:
    if newest_first:
        order = ("received_at", "pk") if backwards else ("-received_at", "-pk")
        return cases.order_by(*order)
    if backwards:
        return cases.order_by("-urgency", DUE_OR_NEVER.desc(), "-pk")
    return cases.order_by("urgency", DUE_OR_NEVER, "pk")


def _beyond(keys: tuple[Any, ...], *, newest_first: bool, backwards: bool) -> Q:
    """Rows strictly after (or before) the row with these keys, in the order of `_sorted`."""
    if newest_first:
        moment, pk = keys
        return beyond((F("received_at"), F("pk")), (Value(moment), Value(pk)), backwards=not backwards)
    urgency, due, pk = keys
    mark = (Value(urgency), Value(due) if due else _NEVER, Value(pk))
    return beyond((F("urgency"), DUE_OR_NEVER, F("pk")), mark, backwards=backwards)


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
