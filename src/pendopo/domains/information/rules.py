"""The numbers of the law about keeping the lists, read from their rows."""

import calendar
import datetime as dt

from pendopo.domains.information.models import KeepingRule
from pendopo.kernel.caches import timed

Key = KeepingRule.Key
# kind of the escalation rows (base/cases) for entries that must be renewed
DUE_ITEMS = "information_items"


@timed(20)
def _rows() -> tuple[KeepingRule, ...]:
    return tuple(KeepingRule.objects.all())


def rule(key: str, on: dt.date) -> KeepingRule | None:
    """The row that holds on a day, None when an office removed it. Rows are kept for 20 seconds."""
    for row in _rows():
        if row.key == key and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    return None


def amount(key: str, on: dt.date, default: int = 0) -> int:
    found = rule(key, on)
    return found.amount if found else default


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
