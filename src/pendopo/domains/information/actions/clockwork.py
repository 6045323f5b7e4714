"""What the desk does to a case's clocks beside starting and stopping them."""

import datetime as dt

from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractCase, AbstractClock
from pendopo.kernel import clock


def start_anew(case: AbstractCase, step: str, *, at: dt.datetime, now: dt.datetime) -> AbstractClock:
    """End a running clock of the step, whatever its date, and start it again from day 0 `at`."""
    case.clocks.filter(step=step, stopped_at=None).update(  # type: ignore[attr-defined]
        stopped_at=now, next_look_on=None
    )
    fresh = clocks.new_clock(case, step, started_at=at)
    fresh.save()
    clocks.refresh_due(case)
    return fresh


def drop(case: AbstractCase, *steps: str, now: dt.datetime) -> None:
    """End clocks that nobody needs any more without judging whether they were kept."""
    case.clocks.filter(step__in=steps, stopped_at=None).update(  # type: ignore[attr-defined]
        stopped_at=now, next_look_on=None
    )
    clocks.refresh_due(case)


def go_on(case: AbstractCase, step: str, *, now: dt.datetime) -> None:
    """Let the step's clock run. One that ended unjudged is taken up where it was: nobody gains days by a mistake."""
    last: AbstractClock | None = case.clocks.filter(step=step).order_by("-pk").first()  # type: ignore[attr-defined]
    if last is None or last.in_time is not None:
        clocks.start(case, step, now=now)
        return
    last.stopped_at = None
    clocks.compute(last, case.KIND)
    last.save(update_fields=["stopped_at", "due_on", "alarm_on", "next_look_on"])
    clocks.refresh_due(case)


def used_days(measured: AbstractClock, *, now: dt.datetime) -> int:
    """Counted working days from day 0 to today."""
    calendar = working_calendar(clocks.government_scope())
    return calendar.count(measured.started_on, clock.local_date(now), measured.pause_days)
