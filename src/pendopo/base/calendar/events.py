"""Facts of the calendar."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarChanged:
    """Closed days between two days (ISO dates, both included) changed for a scope ("" = everywhere)."""

    first_day: str
    last_day: str
    scope: str
