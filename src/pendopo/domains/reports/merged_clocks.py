"""Clocks of a report while it is merged: halted without a verdict, and running again when it is taken out."""

import datetime as dt

from pendopo.base.cases import clocks
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock as time

CITIZEN_STEPS = frozenset({"info", "reply"})


def halt(report: Report, *, now: dt.datetime) -> None:
    """Stop every running clock of a locked report, without a verdict (`in_time` is None).

    Whether the work was done in time is told by the parent alone.
    """
    report.clocks.filter(stopped_at=None).update(stopped_at=now, in_time=None, next_look_on=None)
    clocks.refresh_due(report)


def revive(report: Report, *, halted_at: dt.datetime, now: dt.datetime) -> None:
    """Let the clocks that stopped at that moment without a verdict run again, from the same day 0.

    The days in between count against the office, as if the report had never been merged: the citizen waited
    all the time. They do not count against the citizen, who had nothing to answer meanwhile.
    """
    for one in report.clocks.filter(stopped_at=halted_at, in_time=None):
        one.stopped_at = None
        if one.step in CITIZEN_STEPS and not one.paused:
            one.pauses = [*one.pauses, [_day(halted_at), _day(now)]]
        clocks.compute(one, report.KIND)
        one.save()
    clocks.refresh_due(report)


def _day(moment: dt.datetime) -> str:
    return time.local_date(moment).isoformat()
