"""The one place that asks the machine what time it is. Actions take time as an argument."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The current moment, aware (UTC)."""
    return timezone.now()


def local_date(moment: dt.datetime) -> dt.date:
    """The calendar day of `moment` where the government is (settings.TIME_ZONE)."""
    return timezone.localtime(moment).date()


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day where the government is: a date limit lasts until midnight."""
    start_of_next = dt.datetime.combine(
        day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone()
    )
    return start_of_next - dt.timedelta(microseconds=1)
