"""Dates read as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel import dates


def test_a_long_date_names_day_and_month():
    assert dates.long_date(dt.date(2026, 3, 9)) == "Senin, 9 Maret 2026"
    assert dates.short_date(dt.date(2026, 8, 17)) == "17 Agustus 2026"


@given(st.dates(dt.date(1000, 1, 1)))
def test_every_written_date_reads_back(day):
    for text in (dates.long_date(day), dates.short_date(day), day.isoformat(), dates.short_date(day).upper()):
        assert dates.parse_date(text) == day


@pytest.mark.parametrize(
    "typed", ["", "31 Februari 2026", "9 March 2026", "9/3/2026", "² Maret 2026", "9 Maret 99999", "x" * 999]
)
def test_what_is_no_date_is_none(typed):
    assert dates.parse_date(typed) is None


@given(st.text())
def test_any_text_is_answered(typed):
    dates.parse_date(typed)
