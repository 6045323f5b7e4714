"""A clock starts, stops, stands still, goes on, and is measured anew; the case repeats its nearest limit."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.base.calendar import seeds as calendar_seeds
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import ClockRule, Unit
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, ReportClock
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import caches
from pendopo.kernel import clock as time
from pendopo.kernel.workdays import Pause, WorkingCalendar, add_calendar_days

DAY = dt.timedelta(days=1)


@pytest.fixture
def report(government: Government, now: dt.datetime) -> Report:
    calendar_seeds.load()
    return a_report(now=now)


def running(report: Report, step: str) -> Any:
    return ReportClock.objects.get(case=report, step=step, stopped_at=None)


def test_day_zero_is_the_day_it_happened(report: Report) -> None:
    clock = running(report, "verify")
    assert (clock.started_on, clock.due_on) == (dt.date(2026, 3, 9), dt.date(2026, 3, 12))
    assert report.due_step == "verify"
    assert time.local_date(report.due_at) == dt.date(2026, 3, 12)  # type: ignore[arg-type]


def test_holidays_and_joint_leave_do_not_count_but_the_safe_date_is_earlier(
    report: Report, now: dt.datetime
) -> None:
    clock = clocks.start(report, "resolve", case_class="ORDINARY", now=now)
    assert clock.alarm_on is not None and clock.due_on is not None and clock.alarm_on < clock.due_on
    told = clocks.explain(clock, today=dt.date(2026, 3, 9))
    assert [day.number for day in told.days if day.number] == list(range(1, 15))
    assert told.days[-1].date == clock.due_on
    assert any("Sabtu" in day.reason for day in told.days)


def test_a_step_that_runs_is_not_started_again(report: Report, now: dt.datetime) -> None:
    first = running(report, "verify")
    assert clocks.start(report, "verify", now=now + 5 * DAY).pk == first.pk


@pytest.mark.parametrize(("days", "in_time"), [(0, True), (3, True), (4, False)])
def test_stopping_says_whether_it_was_in_time(
    days: int, in_time: bool, report: Report, now: dt.datetime
) -> None:
    assert clocks.stop(report, "verify", now=now + days * DAY) is in_time
    clock = ReportClock.objects.get(case=report, step="verify")
    assert (clock.in_time, clock.next_look_on) == (in_time, None)
    assert (report.due_at, report.due_step) == (None, "")


def test_the_case_repeats_the_nearest_limit(report: Report, now: dt.datetime) -> None:
    clocks.start(report, "resolve", case_class="ORDINARY", now=now)
    assert report.due_step == "verify"
    clocks.stop(report, "verify", now=now)
    report.refresh_from_db()
    assert report.due_step == "resolve"


def test_waiting_for_the_reporter_costs_the_office_no_day(report: Report, now: dt.datetime) -> None:
    before = running(report, "verify").due_on
    clocks.pause(report, now=now + DAY)
    clock = running(report, "verify")
    assert (clock.due_on, clock.alarm_on, clock.next_look_on, clock.paused) == (None, None, None, True)
    assert report.paused and report.due_at is None and report.due_step == "verify"
    assert clocks.explain(clock, today=dt.date(2026, 3, 13)).days[-1].reason.startswith("dijeda")
    clocks.resume(report, now=now + 8 * DAY)
    clock = running(report, "verify")
    assert clock.pauses == [["2026-03-10", "2026-03-17"]]
    assert clock.due_on is not None and clock.due_on > before
    assert not report.paused
    assert [day.number for day in clocks.explain(clock, today=clock.due_on).days if day.number] == [1, 2, 3]


def test_pausing_twice_is_one_pause(report: Report, now: dt.datetime) -> None:
    clocks.pause(report, now=now)
    clocks.pause(report, now=now + DAY)
    assert running(report, "verify").pauses == [["2026-03-09", None]]


def test_another_class_is_measured_from_the_same_day_with_the_same_pauses(
    report: Report, now: dt.datetime
) -> None:
    clocks.start(report, "resolve", case_class="ORDINARY", now=now)
    clocks.pause(report, now=now)
    clocks.resume(report, now=now + 2 * DAY)
    clocks.restart(report, "resolve", case_class="ASPIRATION", now=now + 3 * DAY)
    clock = running(report, "resolve")
    assert (clock.amount, clock.started_on, len(clock.pauses)) == (5, dt.date(2026, 3, 9), 1)
    clocks.restart(report, "follow_up", case_class="ASPIRATION", now=now)  # nothing runs: nothing happens


def test_a_rule_for_the_class_wins_and_only_while_it_holds(report: Report) -> None:
    general = ClockRule.objects.get(kind="reports", step="verify")
    ClockRule.objects.create(
        kind="reports", step="verify", case_class="ASPIRATION", amount=1, unit=Unit.CALENDAR_DAYS,
        starts_on="tanggal laporan diterima", source="uji", valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip
    caches.clear_all()  # the rules are remembered for half a minute
    found = [
        clocks.rule_for("reports", "verify", case_class=name, on=day).amount
        for name, day in [("ASPIRATION", dt.date(2026, 5, 1)), ("ASPIRATION", dt.date(2027, 1, 1)),
                          ("ORDINARY", dt.date(2026, 5, 1))]
    ]  # fmt: skip
    assert found == [1, general.amount, general.amount]
    with pytest.raises(clocks.NoRule):
        clocks.rule_for("reports", "verify", case_class="ORDINARY", on=dt.date(1999, 1, 1))


CLOSED = {dt.date(2026, 3, 19), dt.date(2026, 3, 20), dt.date(2026, 3, 23), dt.date(2026, 5, 1)}
START = dt.date(2026, 3, 2)


@st.composite
def histories(draw: Any) -> tuple[int, list[tuple[int, int]]]:
    """A limit in days and pauses as (day it began, length), one after the other."""
    pauses, cursor = [], 0
    for _number in range(draw(st.integers(0, 3))):
        cursor += draw(st.integers(0, 12))
        length = draw(st.integers(0, 15))
        pauses.append((cursor, length))
        cursor += length
    return draw(st.integers(1, 60)), pauses


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
def test_a_date_with_pauses_equals_a_walk_day_by_day(
    history: tuple[int, list[tuple[int, int]]], unit: Unit
) -> None:
    amount, spans = history
    pauses = [Pause(START + begun * DAY, START + (begun + length) * DAY) for begun, length in spans]
    calendar = WorkingCalendar(closed=dict.fromkeys(CLOSED, "libur"))
    day, counted = START, 0
    while counted < amount:
        day += DAY
        works = unit == Unit.CALENDAR_DAYS or (day.weekday() < 5 and day not in CLOSED)
        held = any(pause.since < day <= pause.until for pause in pauses if pause.until)
        counted += works and not held
    if unit == Unit.CALENDAR_DAYS:
        assert add_calendar_days(START, amount, pauses) == day
    else:
        assert calendar.add(START, amount, pauses) == day


def test_the_clock_agrees_with_a_walk_on_the_real_calendar(report: Report, now: dt.datetime) -> None:
    """The rows of the table, pauses included, against a walk that asks the calendar about each day."""
    clocks.start(report, "resolve", case_class="SUPERVISORY", now=now)
    for begun, ended in [(2, 5), (7, 7), (10, 31)]:
        clocks.pause(report, now=now + begun * DAY)
        clocks.resume(report, now=now + ended * DAY)
    clock = running(report, "resolve")
    calendar = working_calendar(clocks.government_scope())
    day, counted = clock.started_on, 0
    while counted < clock.amount:
        day += DAY
        counted += calendar.is_working(day) and not any(pause.covers(day) for pause in clock.pause_days)
    assert clock.due_on == day
