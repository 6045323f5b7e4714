"""Working days are counted as a clerk with a wall calendar would count them."""

import datetime as dt
import timeit

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.workdays import (
    OutsideCalendar,
    Pause,
    StillPaused,
    Week,
    WorkingCalendar,
    add_calendar_days,
)

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2030, 12, 31)
ONE = dt.timedelta(days=1)


def _rows(*categories: str) -> dict[dt.date, str]:
    closed: dict[dt.date, str] = {}
    for category in categories:
        closed.update(holidays.country_holidays("ID", years=range(2020, 2032), categories=(category,)))
    return closed


WEEKENDS_ONLY = WorkingCalendar()
NATIONAL = WorkingCalendar(closed=_rows("public"))
FULL = WorkingCalendar(closed=_rows("public", "government"))


def _walk(closed: dict[dt.date, str], start: dt.date, n: int, pauses: tuple[Pause, ...] = ()) -> dt.date:
    """The independent count: one day after the other."""
    day, counted = start, 0
    while counted < n:
        day += ONE
        paused = any(pause.covers(day) for pause in pauses)
        if day.weekday() < 5 and day not in closed and not paused:
            counted += 1
    return day


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# research/ppid-openness.md 1.6: registered, + weekends, + national holidays, + cuti bersama, then + 7
@pytest.mark.parametrize(
    ("registered", "weekends", "national", "full", "extended"),
    [
        ("2026-03-09", "2026-03-23", "2026-03-24", "2026-03-30", "2026-04-09"),
        ("2026-03-13", "2026-03-27", "2026-03-30", "2026-04-06", "2026-04-15"),
        ("2025-03-21", "2025-04-04", "2025-04-08", "2025-04-15", "2025-04-25"),
        ("2025-12-15", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-12"),
    ],
)
def test_ten_working_days_end_where_the_evidence_says(registered, weekends, national, full, extended):
    start = d(registered)
    assert WEEKENDS_ONLY.add(start, 10) == d(weekends)
    assert NATIONAL.add(start, 10) == d(national)
    assert FULL.add(start, 10) == d(full)
    assert FULL.add(FULL.add(start, 10), 7) == d(extended)


def test_the_silent_chain_of_an_information_request_ends_on_30_june():
    dates = [d("2026-02-02")]
    for days in (10, 7, 30, 30, 14):
        dates.append(FULL.add(dates[-1], days))
    assert dates[1:] == [d(t) for t in ("2026-02-18", "2026-02-27", "2026-04-20", "2026-06-09", "2026-06-30")]
    assert (dates[-1] - dates[0]).days == 148


def test_in_2026_the_calendar_matters_as_often_as_measured():
    starts = [d("2026-01-01") + dt.timedelta(days=i) for i in range(365)]
    assert sum(WEEKENDS_ONLY.add(s, 10) != FULL.add(s, 10) for s in starts) == 162
    assert sum(NATIONAL.add(s, 10) != FULL.add(s, 10) for s in starts) == 77


@pytest.mark.parametrize("calendar", [WEEKENDS_ONLY, NATIONAL, FULL], ids=["weekends", "national", "full"])
def test_every_start_from_2020_to_2030_agrees_with_the_walk(calendar):
    start = FIRST
    while start <= LAST:
        day, counted = start, 0
        while counted < 60:
            day += ONE
            if day.weekday() < 5 and day not in calendar.closed:
                counted += 1
                assert calendar.add(start, counted) == day, (start, counted)
        assert calendar.count(start, day) == 60
        start += ONE


days = st.dates(FIRST, LAST)
pauses = st.lists(
    st.tuples(days, st.none() | st.integers(0, 40)).map(
        lambda p: Pause(p[0], None if p[1] is None else p[0] + dt.timedelta(days=p[1]))
    ),
    max_size=4,
).map(tuple)
closed_pauses = pauses.map(lambda ps: tuple(p for p in ps if p.until))
near_pauses = st.tuples(days, st.lists(st.tuples(st.integers(-20, 60), st.integers(0, 30)), max_size=5)).map(
    lambda x: (
        x[0],
        tuple(Pause(x[0] + dt.timedelta(days=a), x[0] + dt.timedelta(days=a + length)) for a, length in x[1]),
    )
)


@given(near_pauses, st.integers(0, 60))
def test_paused_days_are_left_out_whatever_their_order_and_overlap(start_and_pauses, n):
    start, held = start_and_pauses
    assert FULL.add(start, n, held) == _walk(FULL.closed, start, n, held)


@given(near_pauses, st.integers(0, 200))
def test_count_agrees_with_the_walk(start_and_pauses, length):
    after, held = start_and_pauses
    until = after + dt.timedelta(days=length)
    expected = sum(
        FULL.is_working(day) and not any(p.covers(day) for p in held)
        for day in (after + dt.timedelta(days=i) for i in range(1, length + 1))
    )
    assert FULL.count(after, until, held) == expected


@given(near_pauses, st.integers(1, 60))
def test_count_undoes_add(start_and_pauses, n):
    start, held = start_and_pauses
    assert FULL.count(start, FULL.add(start, n, held), held) == n


@given(near_pauses, st.integers(0, 60))
def test_the_explanation_ends_on_the_date_and_numbers_every_day(start_and_pauses, n):
    start, held = start_and_pauses
    lines = FULL.explain(start, n, held)
    assert [line.number for line in lines if line.number] == list(range(1, n + 1))
    assert all((line.number is None) == bool(line.reason) for line in lines)
    assert [line.date for line in lines] == [start + dt.timedelta(days=i + 1) for i in range(len(lines))]
    assert (lines[-1].date if lines else start) == FULL.add(start, n, held)


@given(days, pauses, st.integers(0, 60))
def test_an_open_pause_either_comes_too_late_or_stops_the_clock(start, held, n):
    try:
        end = FULL.add(start, n, held)
    except StillPaused as still:
        assert n > 0
        assert any(p.until is None for p in held)
        counted = sum(FULL.is_working(start + dt.timedelta(days=i)) and
                      not any(p.covers(start + dt.timedelta(days=i)) for p in held)
                      for i in range(1, max((still.since - start).days, 0) + 1))  # fmt: skip
        assert still.remaining == n - counted > 0
    else:
        assert end == _walk(FULL.closed, start, n, held)


@given(near_pauses, st.integers(0, 90))
def test_calendar_days_leave_out_only_pauses(start_and_pauses, n):
    start, held = start_and_pauses
    day, counted = start, 0
    while counted < n:
        day += ONE
        counted += not any(p.covers(day) for p in held)
    assert add_calendar_days(start, n, held) == day


def test_calendar_days_stand_still_in_an_open_pause():
    assert add_calendar_days(d("2026-03-09"), 3, [Pause(d("2026-03-12"))]) == d("2026-03-12")
    with pytest.raises(StillPaused) as still:
        add_calendar_days(d("2026-03-09"), 10, [Pause(d("2026-03-12"))])
    assert still.value.remaining == 7


def test_day_zero_is_the_day_itself_even_when_closed():
    assert FULL.add(d("2026-03-21"), 0) == d("2026-03-21")
    assert FULL.explain(d("2026-03-21"), 0) == []


def test_the_explanation_names_each_closed_day():
    calendar = WorkingCalendar(closed={d("2026-03-18"): "Cuti bersama: Hari Suci Nyepi"})
    held = [Pause(d("2026-03-18"), d("2026-03-19"))]
    lines = calendar.explain(d("2026-03-13"), 4, held)
    assert [(line.date.day, line.number, line.reason) for line in lines] == [
        (14, None, "Sabtu"),
        (15, None, "Minggu"),
        (16, 1, ""),
        (17, 2, ""),
        (18, None, "Cuti bersama: Hari Suci Nyepi"),
        (19, None, "dijeda"),
        (20, 3, ""),
        (21, None, "Sabtu"),
        (22, None, "Minggu"),
        (23, 4, ""),
    ]


@pytest.mark.parametrize("since", ["2026-03-11", "2026-03-02"])
def test_the_explanation_of_a_standing_clock_says_so(since):
    lines = FULL.explain(d("2026-03-09"), 10, [Pause(d(since))])
    assert lines[-1].reason == "dijeda, belum dilanjutkan"
    with pytest.raises(StillPaused, match="Hitungan dijeda sejak"):
        FULL.add(d("2026-03-09"), 10, [Pause(d(since))])


def test_a_pause_begun_and_ended_on_one_day_costs_nothing():
    assert FULL.add(d("2026-03-09"), 2, [Pause(d("2026-03-09"), d("2026-03-09"))]) == d("2026-03-11")


def test_a_later_week_rules_from_its_first_day():
    six = Week(frozenset({1, 2, 3, 4, 5, 6}), valid_to=d("2026-03-14"))
    five = Week(frozenset({1, 2, 3, 4, 5}), valid_from=d("2026-03-15"))
    calendar = WorkingCalendar(weeks=(six, five))
    assert calendar.is_working(d("2026-03-14"))  # the last worked Saturday
    assert not calendar.is_working(d("2026-03-21"))
    assert (calendar.rest_days(d("2026-03-14")), calendar.rest_days(d("2026-03-15"))) == ([7], [6, 7])
    assert WorkingCalendar(weeks=()).count(FIRST, LAST) == 0
    assert WorkingCalendar(weeks=()).rest_days(FIRST) == [1, 2, 3, 4, 5, 6, 7]


def test_a_count_that_leaves_the_calendar_is_refused():
    short = WorkingCalendar(first=d("2026-01-01"), last=d("2026-12-31"))
    with pytest.raises(OutsideCalendar, match="melewati kalender kerja"):
        short.add(d("2026-12-28"), 10)
    with pytest.raises(OutsideCalendar, match="di luar kalender kerja"):
        short.is_working(d("2027-01-01"))
    with pytest.raises(ValueError, match="negatif"):
        short.add(d("2026-12-28"), -1)
    with pytest.raises(ValueError, match="negatif"):
        add_calendar_days(d("2026-12-28"), -1)


def test_a_hundred_thousand_counts_take_less_than_a_second():
    start, held = d("2026-03-09"), (Pause(d("2026-03-11"), d("2026-03-12")),)
    FULL.add(start, 1)
    assert min(timeit.repeat(lambda: FULL.add(start, 60), number=100_000, repeat=3)) < 1
    assert min(timeit.repeat(lambda: FULL.add(start, 60, held), number=100_000, repeat=3)) < 1
