"""Every due date of every start 2020–2030, in both readings, equals a walk day by day."""

import datetime as dt

import pytest

from pendopo.base.calendar.public import seeded_calendar
from pendopo.domains.information.seeds import DISPUTE_RULES, OBJECTION_RULES, REQUEST_RULES

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2030, 12, 31)
AMOUNTS = sorted({rule.amount for rule in (*REQUEST_RULES, *OBJECTION_RULES, *DISPUTE_RULES)} | {17})


@pytest.mark.parametrize("joint_leave", [True, False], ids=["cuti bersama tutup", "cuti bersama buka"])
def test_every_start_equals_the_walk(joint_leave: bool) -> None:
    calendar = seeded_calendar(joint_leave_closed=joint_leave)
    horizon = LAST + dt.timedelta(days=400)
    days = [FIRST + dt.timedelta(days=n) for n in range((horizon - FIRST).days)]
    # The walk knows only whether a day is worked; the count is its own.
    worked = [day for day in days if day.isoweekday() <= 5 and day not in calendar.closed]
    place = 0
    for start in days:
        if start > LAST:
            break
        while place < len(worked) and worked[place] <= start:
            place += 1
        for amount in AMOUNTS:
            assert calendar.add(start, amount) == worked[place + amount - 1], (start, amount)


def test_the_earlier_reading_is_never_later() -> None:
    closed, opened = seeded_calendar(joint_leave_closed=True), seeded_calendar(joint_leave_closed=False)
    differ = 0
    for number in range((LAST - FIRST).days + 1):
        start = FIRST + dt.timedelta(days=number)
        due, alarm = closed.add(start, 10), opened.add(start, 10)
        assert alarm <= due
        differ += start.year == 2026 and alarm != due
    assert differ > 0  # in 2026 the two readings really part
