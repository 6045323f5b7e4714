"""The clock of one task: started by a rule or by a chosen day (base/cases/task_clocks)."""

import datetime as dt

from pendopo.base.cases import clocks
from pendopo.base.cases.models import ClockRule
from pendopo.base.cases.task_clocks import TaskClocks
from pendopo.domains.reports.models import Report, ReportTask, ReportTaskClock
from pendopo.kernel import clock as time

KIND, STEP = Report.KIND, "task"
_CLOCKS = TaskClocks(KIND, STEP, ReportTaskClock, ReportTask, "reports:task")
stop, warn = _CLOCKS.stop, _CLOCKS.warn


def rule_today(report: Report, *, now: dt.datetime) -> ClockRule:
    """The rule that gives a task its time when nobody chose a day."""
    return clocks.rule_for(KIND, STEP, case_class=report.report_class, on=time.local_date(now))


def due_by_rule(report: Report, *, now: dt.datetime) -> dt.date:
    rule = rule_today(report, now=now)
    return clocks.days_after(time.local_date(now), rule.amount, rule.unit)


def new(task: ReportTask, *, due_on: dt.date | None, now: dt.datetime) -> ReportTaskClock:
    """An unsaved clock; also fills the task's `due_on`."""
    made: ReportTaskClock = _CLOCKS.new(task, rule_today(task.case, now=now), due_on=due_on, now=now)
    return made


def restart(task: ReportTask, *, now: dt.datetime) -> None:
    """Asked again: the time begins anew, by the rule."""
    _CLOCKS.restart(task, rule_today(task.case, now=now), now=now)


def recompute(**_facts: object) -> None:
    """The calendar changed: reaction to DeadlinesRecomputed."""
    _CLOCKS.recompute()
