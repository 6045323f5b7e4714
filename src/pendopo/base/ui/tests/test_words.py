"""Numbers and times as people say them, in both languages."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from pendopo.base.ui import words

JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = dt.datetime(2026, 3, 9, 12, 0, tzinfo=JAKARTA)


def test_dates_are_written_out() -> None:
    assert words.long_date(dt.date(2026, 3, 9)) == "Senin, 9 Maret 2026"
    assert words.short_date(dt.date(2026, 3, 9)) == "9 Mar 2026"
    assert words.moment(NOON) == "9 Maret 2026 pukul 12.00"
    with translation.override("en"):
        assert words.long_date(dt.date(2026, 3, 9)) == "Monday, 9 March 2026"
        assert words.moment(NOON) == "9 March 2026 at 12:00"


def test_a_moment_in_utc_is_told_in_local_time() -> None:
    late = dt.datetime(2026, 3, 8, 18, 30, tzinfo=dt.UTC)
    assert words.long_date(late) == "Senin, 9 Maret 2026"
    assert words.clock_time(late) == "01.30"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (3, "3 hari lagi"),
        (1, "besok"),
        (0, "hari ini"),
        (-1, "lewat 1 hari"),
        (-2, "lewat 2 hari"),
        (-1200, "lewat 1.200 hari"),
    ],
)
def test_days_left_are_said(days: int, said: str) -> None:
    assert words.days_left(NOON.date() + dt.timedelta(days=days), NOON) == said


def test_a_time_limit_of_today_that_has_passed_is_late() -> None:
    assert words.days_left(NOON - dt.timedelta(hours=1), NOON) == "lewat hari ini"
    assert words.days_left(NOON + dt.timedelta(hours=1), NOON) == "hari ini"


def test_english_counts_one_day_as_one() -> None:
    with translation.override("en"):
        assert words.days_left(NOON.date() - dt.timedelta(days=1), NOON) == "1 day late"
        assert words.days_left(NOON.date() + dt.timedelta(days=3), NOON) == "3 days left"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (dt.timedelta(seconds=20), "baru saja"),
        (dt.timedelta(minutes=5), "5 menit lalu"),
        (dt.timedelta(hours=3), "3 jam lalu"),
        (dt.timedelta(hours=20), "kemarin"),
        (dt.timedelta(days=4), "4 hari lalu"),
        (dt.timedelta(days=40), "28 Jan 2026"),
        (dt.timedelta(hours=-2), "9 Maret 2026 pukul 14.00"),
    ],
)
def test_the_past_is_said(before: dt.timedelta, said: str) -> None:
    assert words.ago(NOON - before, NOON) == said


def test_numbers_and_money_follow_the_language() -> None:
    assert words.number(1234.5) == "1.234,5"
    assert words.number(12480) == "12.480"
    assert words.rupiah(1500000) == "Rp\u00a01.500.000"
    assert words.rupiah(-5) == "−Rp\u00a05"
    assert words.percent(87, 100) == "87\u00a0%"
    assert words.percent(1, 0) == "–"
    assert words.size(81920) == "80\u00a0KB"
    assert words.size(2_411_725) == "2,3\u00a0MB"
    with translation.override("en"):
        assert words.number(1234.5) == "1,234.5"


def test_filters_show_a_dash_for_nothing_and_use_the_time_given() -> None:
    page = Template(
        "{% load ui %}{{ none|long_date }} {{ none|rupiah }} {{ due|days_left:now }} {{ then|ago:now }}"
    )
    context = {"none": None, "due": dt.date(2026, 3, 12), "then": NOON - dt.timedelta(minutes=2), "now": NOON}
    assert page.render(Context(context)) == "– – 3 hari lagi 2 menit lalu"
