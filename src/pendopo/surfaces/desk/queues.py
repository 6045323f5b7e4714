"""Lists of work: counts of all queues in one statement, pages by keyset in a constant number of queries.

Neither grows with the archive: a count stops at a thousand, a page begins in the middle of an index
(docs/decisions/0016).
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.db.models import DateTimeField, F, Func, Q, QuerySet, Value

from pendopo.base.cases.desk import DeskKind, Queue
from pendopo.base.cases.models import DUE_OR_NEVER, Urgency
from pendopo.kernel.lists import MOST, MOST_BROWSED, UpTo, beyond, counts_up_to

PAGE_SIZE = 30
BEFORE = 8  # rows shown above the case that is open
# Cases, or parts of them that share none (`parts_of`): an OR of the parts is no walk along any index.
Cases = QuerySet[Any] | Sequence[QuerySet[Any]]
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
    """How many cases lie in each queue of this person, up to a limit, by one SQL statement."""
    return _count(queues_of(kind, user), kind.model.objects.desk_parts(user), user, now)


def first_queue_of(kind: DeskKind, case: Any, user: Any, now: dt.datetime) -> Queue | None:
    """The first queue in which this person finds the case, None when it lies in none."""
    this_one = kind.model.objects.desk_of(user).filter(pk=case.pk)
    counts = _count(queues_of(kind, user), [this_one], user, now)
    return next((found.queue for found in counts if found.count), None)


def count_beside(
    kind: DeskKind, queue: Queue, cases: Cases, user: Any, now: dt.datetime
) -> tuple[list[QueueCount], UpTo, dict[int, UpTo]]:
    """(all queues, all cases of this list, those of each urgency), each up to a limit, by one SQL statement."""
    mine, parts = queues_of(kind, user), kind.model.objects.desk_parts(user)
    counts = iter(counts_up_to([*_in_queues(mine, parts, user, now), *_in_list(queue, cases)]))
    return _told_queues(mine, len(parts), counts), *_told_list(queue, cases, counts)


def most_of(queue: Queue) -> int:
    """Where counting stops: work is counted further than what has ended."""
    return MOST_BROWSED if queue.newest_first else MOST


def _count(
    queues: Sequence[Queue], parts: Sequence[QuerySet[Any]], user: Any, now: dt.datetime
) -> list[QueueCount]:
    return _told_queues(queues, len(parts), iter(counts_up_to(_in_queues(queues, parts, user, now))))


def _in_queues(
    queues: Sequence[Queue], parts: Sequence[QuerySet[Any]], user: Any, now: dt.datetime
) -> list[QuerySet[Any]]:
    conditions = [(queue, queue.condition(user, now)) for queue in queues]
    return [_to_count(queue, part.filter(met)) for queue, met in conditions for part in parts]


def _told_queues(queues: Sequence[Queue], parts: int, counts: Iterator[UpTo]) -> list[QueueCount]:
    return [QueueCount(queue, UpTo.together(islice(counts, parts), most_of(queue))) for queue in queues]


def _in_list(queue: Queue, cases: Cases) -> list[QuerySet[Any]]:
    parts = _in_parts(cases)
    if queue.newest_first:
        return [_to_count(queue, part) for part in parts]
    return [part.filter(urgency=urgency) for urgency in Urgency for part in parts]


def _told_list(queue: Queue, cases: Cases, counts: Iterator[UpTo]) -> tuple[UpTo, dict[int, UpTo]]:
    parts = len(_in_parts(cases))
    if queue.newest_first:
        return UpTo.together(islice(counts, parts), most_of(queue)), {}
    each = {int(urgency): UpTo.together(islice(counts, parts), MOST) for urgency in Urgency}
    whole = UpTo(sum(each.values()))
    whole.more = any(total.more for total in each.values())
    return whole, {urgency: total for urgency, total in each.items() if total}


def _to_count(queue: Queue, cases: QuerySet[Any]) -> QuerySet[Any]:
    """Open work is little and found by its state, up to MOST; what has ended is counted along its list."""
    if queue.newest_first:
        return cases.order_by("-received_at", "-pk")[: most_of(queue) + 1]
    return cases


def _in_parts(cases: Cases) -> Sequence[QuerySet[Any]]:
    return [cases] if isinstance(cases, QuerySet) else cases


def sections(queue: Queue, rows: Sequence[Any], totals: Mapping[int, UpTo]) -> list[Section]:
    """Rows under a heading for each urgency; a list by arrival has no headings."""
    if queue.newest_first:
        return [Section("", UpTo(), rows)] if rows else []
    return [
        Section(str(Urgency(urgency).label), totals.get(urgency, UpTo()), list(group))
        for urgency, group in groupby(rows, key=lambda case: case.urgency)
    ]


def around(kind: DeskKind, queue: Queue, cases: Cases, case: Any) -> list[Any]:
    """A few cases before this one in the queue, itself while it lies there, and those after it."""
    keys, parts = _keys(case, queue), _in_parts(cases)
    newest = queue.newest_first
    ahead = [part.filter(_beyond(keys, newest_first=newest, backwards=True)) for part in parts]
    since = _beyond(keys, newest_first=newest, backwards=False, itself=True)
    here_on = [part.filter(since) for part in parts]
    return [
        *reversed(_rows(kind, ahead, BEFORE, newest_first=newest, backwards=True)),
        *_rows(kind, here_on, PAGE_SIZE, newest_first=newest, backwards=False),
    ]


def following(kind: DeskKind, queue: Queue, cases: Cases, case: Any) -> Any | None:
    """The case after this one in the queue, also when this one has left it; None at the end."""
    newest = queue.newest_first
    beyond = _beyond(_keys(case, queue), newest_first=newest, backwards=False)
    parts = [part.filter(beyond) for part in _in_parts(cases)]
    return next(iter(_rows(kind, parts, 1, newest_first=newest, backwards=False)), None)


def cases_in(kind: DeskKind, queue: Queue, user: Any, now: dt.datetime) -> QuerySet[Any]:
    """The cases of a queue this person works with, unsorted."""
    cases: QuerySet[Any] = kind.model.objects.desk_of(user).filter(queue.condition(user, now))
    return cases


def parts_of(kind: DeskKind, queue: Queue, user: Any, now: dt.datetime) -> list[QuerySet[Any]]:
    """`cases_in` in parts that share no case; pages and counts are quick only over these."""
    return [part.filter(queue.condition(user, now)) for part in kind.model.objects.desk_parts(user)]


def page_of(kind: DeskKind, queue: Queue, cases: Cases, *, cursor: str, size: int = PAGE_SIZE) -> Page:
    """One page. Raises BadCursor. The depth of the page costs nothing: it is found by its keys."""
    backwards, keys = read_cursor(cursor, newest_first=queue.newest_first)
    parts = _in_parts(cases)
    if keys is not None:
        mark = _beyond(keys, newest_first=queue.newest_first, backwards=backwards)
        parts = [part.filter(mark) for part in parts]
    found = _rows(kind, parts, size + 1, newest_first=queue.newest_first, backwards=backwards)
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
    kind: DeskKind, parts: Sequence[QuerySet[Any]], most: int, *, newest_first: bool, backwards: bool
) -> list[Any]:
    """The first rows of the parts in order. Chosen by their ids first: only what is shown is joined with its
    people."""
    if not parts:
        return []
    way = {"newest_first": newest_first, "backwards": backwards}
    first, *more = (_sorted(part, **way).values("pk")[:most] for part in parts)
    chosen = first.union(*more, all=True) if more else first
    shown = _sorted(kind.model._default_manager.filter(pk__in=chosen), **way)[:most]
    return kind.rows.read(shown) if kind.rows else list(kind.prepare_list(shown))


def _sorted(cases: QuerySet[Any], *, newest_first: bool, backwards: bool) -> QuerySet[Any]:
    if newest_first:
        order = ("received_at", "pk") if backwards else ("-received_at", "-pk")
        return cases.order_by(*order)
    if backwards:
        return cases.order_by("-urgency", DUE_OR_NEVER.desc(), "-pk")
    return cases.order_by("urgency", DUE_OR_NEVER, "pk")


def _beyond(keys: tuple[Any, ...], *, newest_first: bool, backwards: bool, itself: bool = False) -> Q:
    """Rows strictly after (or before) the row with these keys, in the order of `_sorted`."""
    if newest_first:
        moment, pk = keys
        return beyond(
            (F("received_at"), F("pk")), (Value(moment), Value(pk)), backwards=not backwards, itself=itself
        )
    urgency, due, pk = keys
    mark = (Value(urgency), Value(due) if due else _NEVER, Value(pk))
    return beyond((F("urgency"), DUE_OR_NEVER, F("pk")), mark, backwards=backwards, itself=itself)


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
