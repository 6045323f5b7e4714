"""A changed calendar moves the dates of open cases and leaves a line: old date, new date."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.audit.models import Entry
from pendopo.base.calendar.actions import add_holiday
from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.calendar.models import HolidayKind
from pendopo.base.cases import sweep
from pendopo.base.organizations.testing import Government
from pendopo.config.wiring import REACTIONS
from pendopo.domains.reports.models import Report, ReportClock, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock as time

WEDNESDAY = dt.date(2026, 3, 11)


@pytest.fixture
def report(government: Government, now: dt.datetime) -> Report:
    return a_report(now=now)


def declare(administrator: Any, now: dt.datetime, day: dt.date = WEDNESDAY) -> int:
    add_holiday(
        by=administrator, date=day, name="Hari jadi kota", kind=HolidayKind.NATIONAL, reason="Keputusan wali kota.",
        now=now,
    )  # fmt: skip
    return sweep.recompute(first_day=day.isoformat(), last_day=day.isoformat(), scope="")


def test_the_calendar_is_wired_to_the_cases() -> None:
    assert (CalendarChanged, sweep.recompute) in REACTIONS


def test_an_open_case_gets_its_new_date_and_a_line(
    report: Report, administrator: Any, now: dt.datetime
) -> None:
    assert declare(administrator, now) == 1
    clock = ReportClock.objects.get(case=report)
    assert clock.due_on == dt.date(2026, 3, 13)
    report.refresh_from_db()
    assert time.local_date(report.due_at) == dt.date(2026, 3, 13)  # type: ignore[arg-type]
    line = Entry.objects.about(report).get(verb="cases.deadline_moved")
    assert line.facts == {"step": "verifikasi", "old": "2026-03-12", "new": "2026-03-13"}
    assert line.organization == report.office and not line.public


def test_a_secret_case_keeps_its_line_to_its_office(
    government: Government, administrator: Any, now: dt.datetime
) -> None:
    secret = a_report(secret=True, now=now)
    declare(administrator, now)
    assert Entry.objects.about(secret).get(verb="cases.deadline_moved").restricted


def test_doing_it_twice_changes_nothing_more(report: Report, administrator: Any, now: dt.datetime) -> None:
    declare(administrator, now)
    day = WEDNESDAY.isoformat()
    assert sweep.recompute(first_day=day, last_day=day, scope="") == 0


def test_ended_paused_and_later_clocks_stay(
    government: Government, administrator: Any, now: dt.datetime
) -> None:
    ended = a_report(status=Status.ARCHIVED, now=now)
    paused = a_report(status=Status.AWAITING_INFO, office=government.works, now=now)
    later = a_report(now=now + dt.timedelta(days=7))
    before = {c.pk: c.due_on for c in ReportClock.objects.all()}
    assert declare(administrator, now) == 0
    assert {c.pk: c.due_on for c in ReportClock.objects.all()} == before
    assert not Entry.objects.filter(verb="cases.deadline_moved").exists()
    assert {ended.status, paused.status, later.status} == {"ARCHIVED", "AWAITING_INFO", "RECEIVED"}
