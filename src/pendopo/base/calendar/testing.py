"""Builders for tests of any room that counts days."""

import datetime as dt

from pendopo.base.calendar import reading, seeds
from pendopo.base.calendar.models import Holiday, HolidayKind, HolidayStatus
from pendopo.kernel.testing import again


def fill_calendar() -> None:
    """The seeded calendar, as a new installation has it."""
    again("calendar", seeds.load)
    reading.rows.forget()


def closed_day(
    day: dt.date, name: str = "Hari libur uji", kind: str = HolidayKind.NATIONAL, scope: str = ""
) -> Holiday:
    """One closed day that nobody announced: no audit, no fact."""
    holiday = Holiday.objects.create(
        date=day, name=name, kind=kind, scope=scope, status=HolidayStatus.FIXED, source="uji"
    )
    reading.rows.forget()
    return holiday
