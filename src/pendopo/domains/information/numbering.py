"""Numbers of the statutory registers: without gaps for each body and year."""

import datetime as dt
from typing import NamedTuple

from pendopo.base.letters import numbers
from pendopo.base.letters.models import NumberPattern
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock

REQUESTS, OBJECTIONS = "information.request", "information.objection"
PATTERNS = {REQUESTS: "{nomor:4}/PPID/{tahun}", OBJECTIONS: "{nomor:4}/KEB-PPID/{tahun}"}
_SINCE = dt.date(2010, 4, 30)  # from when UU 14/2008 holds


class Taken(NamedTuple):
    """A number of a register, and how it is written."""

    number: int
    year: int
    written: str


def take(series: str, body: Organization, *, on: dt.date, pattern: str) -> Taken:
    """The next number of the year of `on`. Take it late in the transaction: everybody else waits for its end."""
    number = numbers.take(series, body.pk, on.year)
    return Taken(number, on.year, numbers.written(pattern, number, on, body))


def pattern_of(series: str, *, on: dt.date) -> str:
    """The office's own pattern, else the room's."""
    try:
        return numbers.pattern_of(series, on=on)
    except LookupError:
        return PATTERNS[series]


def load() -> None:
    """Lay down the room's patterns where an office has none."""
    known = set(NumberPattern.objects.filter(series__in=PATTERNS).values_list("series", flat=True))
    NumberPattern.objects.bulk_create(
        NumberPattern(series=series, pattern=pattern, valid_from=_SINCE, changed_at=clock.now())
        for series, pattern in PATTERNS.items()
        if series not in known
    )
