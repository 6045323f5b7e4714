"""Statutory clocks of a report that is being replayed: computed by the cases room, kept in memory."""

import datetime as dt
from typing import Any

from pendopo.base.cases import clocks
from pendopo.domains.reports.models import Report, ReportClock
from pendopo.kernel import clock as time


class Running:
    """What `base.cases.clocks` does to stored clocks, done to those of one report in memory."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.all: list[Any] = []

    def _open(self, *steps: str) -> list[Any]:
        return [c for c in self.all if c.stopped_at is None and (not steps or c.step in steps)]

    def start(self, step: str, *, now: dt.datetime, case_class: str = "") -> None:
        if self._open(step):
            return
        self.all.append(clocks.new_clock(self.report, step, case_class=case_class, started_at=now))
        self._refresh()

    def stop(self, *steps: str, now: dt.datetime) -> bool:
        in_time = True
        for clock in self._open(*steps):
            warned(clock, today=time.local_date(now))
            clock.stopped_at, clock.next_look_on = now, None
            clock.in_time = clock.due_on is None or time.local_date(now) <= clock.due_on
            in_time = in_time and clock.in_time
        self._refresh()
        return in_time

    def halt(self, *, now: dt.datetime) -> None:
        """As `merged_clocks.halt`."""
        for clock in self._open():
            warned(clock, today=time.local_date(now))
            clock.stopped_at, clock.in_time, clock.next_look_on = now, None, None
        self._refresh()

    def pause(self, *, now: dt.datetime) -> None:
        for clock in self._open():
            if not clock.paused:
                clock.pauses = [*clock.pauses, [time.local_date(now).isoformat(), None]]
                self._measure(clock, paused=True)
        self._refresh()

    def resume(self, *, now: dt.datetime) -> None:
        for clock in self._open():
            if clock.paused:
                since, _open = clock.pauses[-1]
                clock.pauses = [*clock.pauses[:-1], [since, time.local_date(now).isoformat()]]
                self._measure(clock, paused=False)
        self._refresh()

    def reply_until(self) -> dt.date | None:
        """As `closing.reopen_until`: the limit of the latest clock of the citizen's answer."""
        return next((clock.due_on for clock in reversed(self.all) if clock.step == "reply"), None)

    def up_to(self, today: dt.date) -> None:
        """Mark the warnings that were given before today, so that the first sweep does not send them again."""
        for clock in self._open():
            warned(clock, today=today)

    def _measure(self, clock: ReportClock, *, paused: bool) -> None:
        clock.paused = paused
        clock.__dict__.pop("pause_days", None)
        clocks.compute(clock, Report.KIND)

    def _refresh(self) -> None:
        clocks.set_due(self.report, [(c.due_on, c.step, c.paused) for c in self._open()])


def warned(clock: Any, *, today: dt.date) -> None:
    """Advance the warnings of a clock to a day, as the nightly sweep would have done."""
    while clock.next_look_on is not None and clock.next_look_on <= today:
        clock.warned_percent = clocks.next_percent(Report.KIND, above=clock.warned_percent) or 0
        clock.next_look_on = clocks.next_look(clock, Report.KIND)
