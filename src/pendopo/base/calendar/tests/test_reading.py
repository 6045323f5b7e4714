"""Rows become a working calendar: the right scope, the right reading, always the newest rows."""

import datetime as dt

import pytest
from django.db import connection

from pendopo.base.calendar import public, reading, seeds, testing
from pendopo.base.calendar.models import Holiday, HolidayKind, HolidayStatus, WorkWeek, scopes_of
from pendopo.kernel.workdays import WorkingCalendar

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 9)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_second_reading_counts_joint_leave_as_working():
    testing.fill_calendar()
    assert public.working_calendar("33.72").add(MONDAY, 10) == d("2026-03-30")
    assert public.working_calendar("33.72", joint_leave_closed=False).add(MONDAY, 10) == d("2026-03-24")


def test_the_second_reading_is_never_later():
    testing.fill_calendar()
    full, early = public.working_calendar(), public.working_calendar(joint_leave_closed=False)
    for day in range(0, 4000, 3):
        start = dt.date(2020, 1, 1) + dt.timedelta(days=day)
        assert early.add(start, 14) <= full.add(start, 14)


def test_without_rows_the_week_is_monday_to_friday():
    assert public.working_calendar().add(MONDAY, 10) == d("2026-03-23")


def test_the_reason_names_kind_and_estimate():
    testing.fill_calendar()
    calendar = public.working_calendar()
    assert calendar.why_closed(d("2026-03-18")) == "Cuti bersama: Hari Suci Nyepi"
    assert calendar.why_closed(d("2027-03-10")) == "Hari Raya Idul Fitri (perkiraan)"
    assert calendar.why_closed(d("2026-03-14")) == "Sabtu"


def test_two_holidays_on_a_day_are_both_named():
    testing.closed_day(MONDAY, "Satu")
    testing.closed_day(MONDAY, "Dua", HolidayKind.LOCAL, "33.72")
    assert public.working_calendar("33.72").why_closed(MONDAY) == "Dua; Satu"


@pytest.mark.parametrize(
    ("row", "holds_in"),
    [("", {"", "33", "33.72", "33.11", "34.71"}), ("33", {"33", "33.72", "33.11"}), ("33.72", {"33.72"})],
)
def test_a_row_holds_in_its_region_and_below(row, holds_in):
    kind = HolidayKind.LOCAL if row else HolidayKind.NATIONAL
    testing.closed_day(MONDAY, "Hari jadi", kind, row)
    for scope in ("", "33", "33.72", "33.11", "34.71"):
        assert public.working_calendar(scope).is_working(MONDAY) == (scope not in holds_in)


def test_a_longer_code_asks_the_regency():
    assert scopes_of("33.72.01.1001") == ["", "33", "33.72"]
    assert scopes_of("") == [""]


def test_revoked_days_are_worked():
    testing.closed_day(MONDAY).delete()
    Holiday.objects.create(date=MONDAY, name="x", kind="NATIONAL", status=HolidayStatus.REVOKED)
    assert public.working_calendar().is_working(MONDAY)


def test_the_work_week_of_the_smallest_scope_rules_and_says_what_joint_leave_means():
    testing.fill_calendar()
    WorkWeek.objects.create(
        weekdays=[1, 2, 3, 4, 5, 6], scope="33.72", joint_leave_is_closed=False,
        source="Perwali uji", valid_from=d("2026-03-16"), valid_to=d("2026-03-31"),
    )  # fmt: skip
    public.refresh()
    city, nation = public.working_calendar("33.72"), public.working_calendar()
    assert city.is_working(d("2026-03-28")) and not nation.is_working(d("2026-03-28"))  # a Saturday
    assert city.is_working(d("2026-03-18")) and not nation.is_working(d("2026-03-18"))  # joint leave
    assert not city.is_working(d("2026-03-14"))  # before it began
    assert not city.is_working(d("2026-05-15"))  # joint leave after it ended


def test_calendars_are_built_once_and_asked_for_without_queries(django_assert_num_queries):
    testing.fill_calendar()
    first = public.working_calendar("33.72")
    with django_assert_num_queries(0):
        for _ in range(50):
            assert public.working_calendar("33.72") is first


def test_what_another_process_writes_is_seen_after_a_moment():
    """The fingerprint differs after each way of writing, without this process being told."""
    testing.fill_calendar()
    seen = {reading._fingerprint()}
    for statement in (
        "UPDATE calendar_holiday SET name = 'Lain' WHERE date = '2026-03-19'",
        "DELETE FROM calendar_holiday WHERE date = '2026-03-19'",
        "DELETE FROM calendar_workweek WHERE valid_to IS NULL",
    ):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT s" + str(len(seen)))  # a sub-transaction has a number of its own
            cursor.execute(statement)
        seen.add(reading._fingerprint())
    assert len(seen) == 4


def test_the_shipped_calendar_equals_the_seeded_rows():
    testing.fill_calendar()
    shipped, kept = public.seeded_calendar(), public.working_calendar()
    assert shipped.closed == kept.closed
    assert shipped.weeks == kept.weeks
    assert isinstance(shipped, WorkingCalendar)


def test_seeds_cover_2020_to_2030_with_kind_status_and_source():
    seeds.load()
    assert set(Holiday.objects.dates("date", "year")) == {dt.date(year, 1, 1) for year in range(2020, 2031)}
    count = Holiday.objects.filter(date__year=2026).values_list("kind", flat=True)
    assert (list(count).count("NATIONAL"), list(count).count("JOINT_LEAVE")) == (17, 8)
    row = Holiday.objects.get(date=d("2026-03-18"))
    assert (row.name, row.kind, row.status, row.decree) == ("Hari Suci Nyepi", "JOINT_LEAVE", "FIXED", "")
    assert row.source.startswith("python-holidays 0.")
    assert Holiday.objects.get(date=d("2027-03-10")).status == HolidayStatus.ESTIMATED
    assert not Holiday.objects.filter(name__icontains="perkiraan").exists()
    assert WorkWeek.objects.get(valid_to=None).source.startswith("Perpres 21/2023")
