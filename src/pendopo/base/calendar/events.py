"""Facts that the calendar tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarChanged:
    """Days between `first_day` and `last_day` (ISO, both included) may now be open or closed.

    `scope` is empty for the whole nation, else the code of the region it holds for.
    Who reacts must call `calendar.public.refresh()` first: this process may still remember the old days.
    """

    first_day: str
    last_day: str
    scope: str
