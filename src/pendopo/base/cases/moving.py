"""New dates for very many clocks at once: read as plain rows, counted in memory, written by sets.

100,000 open cases take seconds, not minutes: most of them share a day 0 and a rule, so their dates are counted once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from pendopo.base.audit.actions import draft, record_many
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractTask
from pendopo.base.cases.registry import CaseKind
from pendopo.kernel import clock as time
from pendopo.kernel.workdays import Pause

BATCH = 2000  # cases in one transaction: short enough that nobody waits for their lock
Dates = tuple[dt.date | None, dt.date | None, dt.date | None]  # due, alarm, next look
_FIELDS = (
    "pk",
    "started_on",
    "amount",
    "unit",
    "pauses",
    "warned_percent",
    "due_on",
    "alarm_on",
    "next_look_on",
)


@dataclass
class _Measured:
    """As much of a clock as `clocks.compute` reads and fills."""

    started_on: dt.date
    amount: int
    unit: str
    pause_days: tuple[Pause, ...]
    warned_percent: int
    paused: bool = False
    due_on: dt.date | None = None
    alarm_on: dt.date | None = None
    next_look_on: dt.date | None = None


@dataclass
class Measure:
    """Dates of the running clocks of a kind, remembered by everything they depend on."""

    kind: str
    _known: dict[tuple[Any, ...], Dates] = field(default_factory=dict)

    def dates(self, started_on: dt.date, amount: int, unit: str, pauses: list[Any], warned: int) -> Dates:
        key = (started_on, amount, unit, tuple(map(tuple, pauses)), warned)
        found = self._known.get(key)
        if found is None:
            spans = tuple(Pause(dt.date.fromisoformat(since), _day(until)) for since, until in pauses)
            measured: Any = _Measured(started_on, amount, unit, spans, warned)
            clocks.compute(measured, self.kind)
            found = self._known[key] = (measured.due_on, measured.alarm_on, measured.next_look_on)
        return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def touched(rows: QuerySet[Any], *, first_day: str, last_day: str) -> QuerySet[Any]:
    """Running clocks whose count meets the changed days: what ended before them or began after stays as it is."""
    reaches = Q(due_on__gte=first_day) | Q(next_look_on__gte=first_day)
    return rows.filter(reaches, stopped_at=None, paused=False, started_on__lte=last_day)


def move_all(kind: CaseKind, *, first_day: str, last_day: str) -> int:
    """Measure every running clock of a kind that the changed days meet. Returns how many limits moved.

    Each batch is a transaction of its own; after a kill -9 the next run finds what is done as it should be.
    """
    rows = touched(kind.clocks.all(), first_day=first_day, last_day=last_day)
    cases = sorted(set(rows.values_list("case_id", flat=True)))
    measure = Measure(kind.key)
    return sum(
        _move(kind, measure, cases[start : start + BATCH], first_day=first_day, last_day=last_day)
        for start in range(0, len(cases), BATCH)
    )


@transaction.atomic
def _move(kind: CaseKind, measure: Measure, case_ids: list[int], *, first_day: str, last_day: str) -> int:
    """One batch. Cases are locked before their clocks, as every act does, so that nobody waits in a circle."""
    wanted = (
        kind.model._default_manager.filter(pk__in=case_ids).order_by("pk").select_for_update(of=("self",))
    )
    cases = {pk: row for pk, *row in wanted.values_list("pk", "code", "office_id", "secret")}
    rows = touched(kind.clocks.filter(case_id__in=case_ids), first_day=first_day, last_day=last_day)
    moved, told = [], []
    for case_id, step, *values in rows.values_list("case_id", "step", *_FIELDS):
        pk, *counted = values[:6]
        before, after = tuple(values[6:]), measure.dates(*counted)
        if before != after:
            moved.append((pk, *after))
            if before[0] != after[0]:
                told.append((case_id, step, before[0], after[0]))
    _write(kind.clocks.model._meta.db_table, moved)
    _tell(kind, cases, told)
    _refresh(kind, {case_id for case_id, *_rest in told})
    return len(told)


def _write(table: str, moved: Sequence[tuple[int, *tuple[dt.date | None, ...]]]) -> None:
    """New dates of many clocks in one statement."""
    if not moved:
        return
    columns = [list(column) for column in zip(*moved, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {connection.ops.quote_name(table)} AS clock
            SET due_on = new.due, alarm_on = new.alarm, next_look_on = new.look
            FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[]) AS new(id, due, alarm, look)
            WHERE clock.id = new.id
            """,  # noqa: S608 - the table's name is our model's
            columns,
        )


def _tell(kind: CaseKind, cases: dict[int, list[Any]], told: Iterable[tuple[int, str, Any, Any]]) -> None:
    """One line of history (old → new) for each limit that moved."""
    now = time.now()
    lines = []
    for case_id, step, old, new in told:
        code, office, secret = cases[case_id]
        subject = kind.model(id=case_id, code=code)
        facts = {"step": kind.step_labels.get(step, step), "old": old, "new": new}
        lines.append(
            draft(
                actor=None,
                verb="cases.deadline_moved",
                subject=subject,
                organization=office,
                facts=facts,
                restricted=secret,
                at=now,
            )
        )
    record_many(lines)


def _refresh(kind: CaseKind, case_ids: set[int]) -> None:
    """Repeat the earliest running limit on the cases whose limits moved; a locked case keeps its version."""
    if not case_ids:
        return
    running: dict[int, list[tuple[dt.date | None, str, bool]]] = defaultdict(list)
    found = kind.clocks.filter(case_id__in=case_ids, stopped_at=None)
    for case_id, due, step, paused in found.values_list(F("case_id"), "due_on", "step", "paused"):
        running[case_id].append((due, step, paused))
    blank: Any = kind.model()
    rows = []
    for case_id, limits in running.items():
        clocks.set_due(blank, limits)
        rows.append((case_id, blank.due_at, blank.due_step, blank.paused))
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {connection.ops.quote_name(kind.model._meta.db_table)} AS filed
            SET due_at = new.due, due_step = new.step, paused = new.paused
            FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::boolean[]) AS new(id, due, step, paused)
            WHERE filed.id = new.id
            """,  # noqa: S608 - the table's name is our model's
            columns,
        )


def move_tasks(clock_model: Any, task_model: type[AbstractTask], kind: str) -> int:
    """Tasks counted by a rule get new days, those with a chosen day keep theirs. Returns how many moved."""
    measure = Measure(kind)
    live = clock_model._default_manager.filter(stopped_at=None, chosen=False, paused=False)
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    return sum(
        _move_tasks(clock_model, task_model, measure, ids[start : start + BATCH])
        for start in range(0, len(ids), BATCH)
    )


@transaction.atomic
def _move_tasks(clock_model: Any, task_model: type[AbstractTask], measure: Measure, ids: list[int]) -> int:
    rows = clock_model._default_manager.select_for_update(of=("self",)).filter(pk__in=ids, stopped_at=None)
    moved, tasks = [], []
    for task_id, *values in rows.values_list("task_id", *_FIELDS):
        pk, *counted = values[:6]
        after = measure.dates(*counted)
        if tuple(values[6:]) != after:
            moved.append((pk, *after))
            tasks.append((task_id, after[0]))
    _write(clock_model._meta.db_table, moved)
    if tasks:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                UPDATE {connection.ops.quote_name(task_model._meta.db_table)} AS task SET due_on = new.due
                FROM unnest(%s::bigint[], %s::date[]) AS new(id, due) WHERE task.id = new.id
                """,  # noqa: S608 - the table's name is our model's
                [list(column) for column in zip(*tasks, strict=True)],
            )
    return len(moved)
