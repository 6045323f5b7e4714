"""The clock of a unit's task: by the rule or a chosen day (base/cases/task_clocks)."""

import datetime as dt

from pendopo.base.cases import clocks
from pendopo.base.cases.models import ClockRule
from pendopo.base.cases.task_clocks import TaskClocks
from pendopo.domains.information.models import InformationRequest, UnitTask, UnitTaskClock
from pendopo.kernel import clock as time

KIND, STEP = InformationRequest.KIND, "unit"
_CLOCKS = TaskClocks(KIND, STEP, UnitTaskClock, UnitTask, "information:task")
stop, warn = _CLOCKS.stop, _CLOCKS.warn


def rule_today(*, now: dt.datetime) -> ClockRule:
    """The rule that gives a task its time when nobody chose a day."""
    return clocks.rule_for(KIND, STEP, case_class="", on=time.local_date(now))


def due_by_rule(*, now: dt.datetime) -> dt.date:
    rule = rule_today(now=now)
    return clocks.days_after(time.local_date(now), rule.amount, rule.unit)


def new(task: UnitTask, *, due_on: dt.date | None, now: dt.datetime) -> UnitTaskClock:
    """An unsaved clock; also fills the task's `due_on`."""
    made: UnitTaskClock = _CLOCKS.new(task, rule_today(now=now), due_on=due_on, now=now)
    return made


def restart(task: UnitTask, *, now: dt.datetime) -> None:
    """Asked again: the time begins anew, by the rule."""
    _CLOCKS.restart(task, rule_today(now=now), now=now)


def recompute(**_facts: object) -> None:
    """The calendar changed: reaction to DeadlinesRecomputed."""
    _CLOCKS.recompute()
