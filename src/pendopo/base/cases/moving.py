"""New dates for very many clocks at once: counted once for each group that shares its dates, written by sets.

100,000 open cases take seconds, not minutes: most of them share a day 0 and a rule.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from pendopo.base.audit.actions import Line, record_lines
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractTask
from pendopo.base.cases.registry import CaseKind
from pendopo.kernel import clock as time
from pendopo.kernel.workdays import Pause

BATCH = 2000  # cases in one transaction: short enough that nobody waits for their lock
Dates = tuple[dt.date | None, dt.date | None, dt.date | None]  # due, alarm, next look
_FIELDS = (
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
    batches = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
    return sum(_move(kind, measure, batch, first_day=first_day, last_day=last_day) for batch in batches)


@transaction.atomic
def _move(kind: CaseKind, measure: Measure, case_ids: list[int], *, first_day: str, last_day: str) -> int:
    """One batch. Cases are locked before their clocks, as every act does, so that nobody waits in a circle."""
    quote = connection.ops.quote_name
    tables = {"cases": quote(kind.model._meta.db_table), "clocks": quote(kind.clocks.model._meta.db_table)}
    ids = _array(case_ids)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(**tables), [ids])
        here = kind.clocks.filter(case_id__gte=case_ids[0], case_id__lte=case_ids[-1])
        groups = _groups(measure, touched(here, first_day=first_day, last_day=last_day))
        if not groups:
            return 0
        cursor.execute(_MOVE.format(**tables), [*map(list, zip(*groups, strict=True)), ids])
        told = [row for row in cursor.fetchall() if row[2] != row[3]]
        _tell(kind, told)
        moved = _array(sorted({row[0] for row in told}))
        cursor.execute(_REFRESH.format(**tables), [settings.TIME_ZONE, moved])
    return len(told)


def _groups(measure: Measure, rows: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """Clocks whose dates depend on the same things, with their old and their new dates; only those that move."""
    found = []
    for *counted, due, alarm, look in rows.order_by().values_list(*_FIELDS).distinct():
        after = measure.dates(*counted)
        if (due, alarm, look) != after:
            started_on, amount, unit, pauses, warned = counted
            found.append((started_on, amount, unit, json.dumps(pauses), warned, due, alarm, look, *after))
    return found


def _array(ids: list[int]) -> str:
    """A list of ids as PostgreSQL writes it: one word to send instead of thousands."""
    return "{" + ",".join(map(str, ids)) + "}"


def _tell(kind: CaseKind, told: Iterable[tuple[Any, ...]]) -> None:
    """One line of history (old → new) for each limit that moved."""
    facts: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    lines = []
    for case_id, step, old, new, code, office, secret in told:
        key = (step, old, new)
        if key not in facts:
            facts[key] = {"step": kind.step_labels.get(step, step), "old": old, "new": new}
        lines.append(Line(case_id, code, office, facts[key], secret))
    record_lines(
        verb="cases.deadline_moved", subject_kind=kind.model._meta.label_lower, lines=lines, at=time.now()
    )


_LOCK = """
SELECT count(*) FROM (SELECT id FROM {cases} WHERE id = ANY(%s::bigint[]) ORDER BY id FOR UPDATE) AS locked
"""
_MOVE = """
UPDATE {clocks} AS clock SET due_on = new.due, alarm_on = new.alarm, next_look_on = new.look
FROM unnest(
    %s::date[], %s::int[], %s::text[], %s::text[], %s::int[], %s::date[], %s::date[], %s::date[],
    %s::date[], %s::date[], %s::date[]
) AS new(started, amount, unit, pauses, warned, old_due, old_alarm, old_look, due, alarm, look), {cases} AS filed
WHERE filed.id = clock.case_id AND clock.case_id = ANY(%s::bigint[])
  AND clock.stopped_at IS NULL AND NOT clock.paused
  AND clock.started_on = new.started AND clock.amount = new.amount AND clock.unit = new.unit
  AND clock.warned_percent = new.warned AND clock.pauses = new.pauses::jsonb
  AND clock.due_on IS NOT DISTINCT FROM new.old_due AND clock.alarm_on IS NOT DISTINCT FROM new.old_alarm
  AND clock.next_look_on IS NOT DISTINCT FROM new.old_look
RETURNING clock.case_id, clock.step, new.old_due, clock.due_on, filed.code, filed.office_id, filed.secret
"""
# The earliest running limit, until the last moment of its day: `clocks.set_due` in one statement.
_REFRESH = """
UPDATE {cases} AS filed SET due_at = new.due, due_step = new.step, paused = new.paused
FROM (
    SELECT case_id, (array_agg(step ORDER BY due_on, step) FILTER (WHERE due_on IS NOT NULL))[1] AS step,
           (min(due_on) + 1)::timestamp AT TIME ZONE %s - interval '1 microsecond' AS due, bool_or(paused) AS paused
    FROM {clocks} WHERE case_id = ANY(%s::bigint[]) AND stopped_at IS NULL GROUP BY case_id
) AS new
WHERE filed.id = new.case_id AND new.due IS NOT NULL
"""


def move_tasks(clock_model: Any, task_model: type[AbstractTask], kind: str) -> int:
    """Tasks counted by a rule get new days, those with a chosen day keep theirs. Returns how many moved."""
    measure = Measure(kind)
    live = clock_model._default_manager.filter(stopped_at=None, chosen=False, paused=False)
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    return sum(
        _move_tasks(clock_model, task_model, measure, ids[start : start + BATCH])
        for start in range(0, len(ids), BATCH)
    )


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


@transaction.atomic
def _move_tasks(clock_model: Any, task_model: type[AbstractTask], measure: Measure, ids: list[int]) -> int:
    rows = clock_model._default_manager.select_for_update(of=("self",)).filter(pk__in=ids, stopped_at=None)
    moved, tasks = [], []
    for task_id, pk, *values in rows.values_list("task_id", "pk", *_FIELDS):
        after = measure.dates(*values[:5])
        if tuple(values[5:]) != after:
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
