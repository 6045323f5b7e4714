"""Counting working days, pure: no database, no ministry. Day 0 is the day something happened."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pendopo.kernel.dates import long_date, weekday_name

ONE_DAY = dt.timedelta(days=1)
PAUSED = "dijeda"


@dataclass(frozen=True)
class Day:
    """One line of "bagaimana tanggal ini dihitung". `number` is None for a day that does not count."""

    date: dt.date
    number: int | None
    reason: str  # empty for a counted day; else why it does not count ("Sabtu", "Idulfitri 1447 H", "dijeda")


@dataclass(frozen=True)
class Pause:
    """Days after `since` up to and including `until` do not count; `until` None means still paused."""

    since: dt.date
    until: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return day > self.since and (self.until is None or day <= self.until)


class StillPaused(Exception):
    """The date is not known yet: the clock stands still before enough days are counted."""

    def __init__(self, since: dt.date, remaining: int) -> None:
        super().__init__(f"Hitungan dijeda sejak {long_date(since)}; masih kurang {remaining} hari.")
        self.since = since
        self.remaining = remaining


class OutsideCalendar(ValueError):
    """The count leaves the years this calendar knows."""


@dataclass(frozen=True)
class Week:
    """Which weekdays are worked (1 = Monday … 7 = Sunday) and when that holds (both ends included)."""

    weekdays: frozenset[int]
    valid_from: dt.date = dt.date.min
    valid_to: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return day >= self.valid_from and (self.valid_to is None or day <= self.valid_to)


MONDAY_TO_FRIDAY = Week(frozenset({1, 2, 3, 4, 5}))


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Working days of one place under one reading of the law.

    `weeks`: where several hold on a day, the last in the sequence rules; where none holds, no day is worked.
    `closed`: closed days with the name people know them by.
    Counting works from `first` to `last`; outside them every method raises OutsideCalendar.
    """

    weeks: Sequence[Week] = (MONDAY_TO_FRIDAY,)
    closed: Mapping[dt.date, str] = field(default_factory=dict)
    first: dt.date = dt.date(2000, 1, 1)
    last: dt.date = dt.date(2100, 12, 31)

    @cached_property
    def _working(self) -> list[int]:
        """Ordinals of all working days, sorted; built at the first question (about 20 ms)."""
        low, high = self.first.toordinal(), self.last.toordinal()
        worked: dict[int, frozenset[int]] = {}
        for week in self.weeks:  # later weeks overwrite earlier ones
            start = max(low, week.valid_from.toordinal())
            end = high if week.valid_to is None else min(high, week.valid_to.toordinal())
            worked.update(dict.fromkeys(range(start, end + 1), week.weekdays))
        shut = {day.toordinal() for day in self.closed}
        # Ordinal 1 (1 January of year 1) was a Monday, as `date.isoweekday` counts.
        return [
            day
            for day in range(low, high + 1)
            if day not in shut and ((day - 1) % 7 + 1) in worked.get(day, frozenset())
        ]

    def _check(self, day: dt.date) -> int:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                f"{long_date(day)} di luar kalender kerja {self.first.year}–{self.last.year}."
            )
        return day.toordinal()

    def is_working(self, day: dt.date) -> bool:
        ordinal = self._check(day)
        place = bisect_left(self._working, ordinal)
        return place < len(self._working) and self._working[place] == ordinal

    def rest_days(self, day: dt.date) -> list[int]:
        """The weekdays (1 = Monday … 7 = Sunday) that the week in force on `day` does not work."""
        ruling = [week for week in self.weeks if week.holds(day)]
        worked = ruling[-1].weekdays if ruling else frozenset()
        return [weekday for weekday in range(1, 8) if weekday not in worked]

    def why_closed(self, day: dt.date) -> str:
        """The name of the closed day, else the weekday's name; empty for a working day."""
        if self.is_working(day):
            return ""
        return self.closed.get(day) or weekday_name(day)

    def add(self, start: dt.date, n: int, pauses: Iterable[Pause] = ()) -> dt.date:
        """The n-th counted working day after `start` (0 gives `start` itself).

        Days that a pause covers do not count. Raises StillPaused when an open pause begins before the
        n-th day, ValueError for n < 0, OutsideCalendar when the count leaves the known years.
        """
        if n < 0:
            raise ValueError(f"Jumlah hari kerja tidak boleh negatif: {n}.")
        position = bisect_right(self._working, self._check(start))
        if n == 0:
            return start
        remaining = n
        for low, high in _paused_spans(pauses):
            before = bisect_left(self._working, low, lo=position)
            if before - position >= remaining:
                break
            if high is None:
                raise StillPaused(dt.date.fromordinal(low - 1), remaining - (before - position))
            after = bisect_right(self._working, high, lo=position)
            remaining -= before - position
            position = after
        place = position + remaining - 1
        if place >= len(self._working):
            raise OutsideCalendar(
                f"{n} hari kerja sesudah {long_date(start)} melewati kalender kerja sampai {self.last.year}."
            )
        return dt.date.fromordinal(self._working[place])

    def count(self, after: dt.date, until: dt.date, pauses: Iterable[Pause] = ()) -> int:
        """Counted working days later than `after` up to and including `until`; else 0."""
        low, high = self._check(after) + 1, self._check(until)
        counted = self._between(low, high)
        for start, end in _paused_spans(pauses):
            counted -= self._between(max(start, low), high if end is None else min(end, high))
        return max(counted, 0)

    def _between(self, low: int, high: int) -> int:
        """Working days from ordinal `low` to ordinal `high`, both included."""
        if high < low:
            return 0
        return bisect_right(self._working, high) - bisect_left(self._working, low)

    def explain(self, start: dt.date, n: int, pauses: Iterable[Pause] = ()) -> list[Day]:
        """Each day after `start` up to the n-th counted one, with its number or the reason it does not count.

        With an open pause the list ends at the first day that stands still.
        """
        held = tuple(pauses)
        try:
            end = self.add(start, n, held)
            stands = None
        except StillPaused as still:
            end = stands = max(still.since, start) + ONE_DAY
        lines: list[Day] = []
        number, day = 0, start
        while day < end:
            day += ONE_DAY
            reason = self.why_closed(day)
            if day == stands:
                reason = f"{PAUSED}, belum dilanjutkan"
            elif not reason and any(pause.covers(day) for pause in held):
                reason = PAUSED
            if not reason:
                number += 1
            lines.append(Day(day, None if reason else number, reason))
        return lines


def add_calendar_days(start: dt.date, n: int, pauses: Iterable[Pause] = ()) -> dt.date:
    """The n-th day after `start`, every day counting except paused ones. Raises as `WorkingCalendar.add`."""
    if n < 0:
        raise ValueError(f"Jumlah hari tidak boleh negatif: {n}.")
    cursor, remaining = start.toordinal(), n  # `cursor` is the last day dealt with
    for low, high in _paused_spans(pauses):
        if high is not None and high <= cursor:
            continue
        free = max(low - 1 - cursor, 0)
        if free >= remaining:
            break
        if high is None:
            raise StillPaused(dt.date.fromordinal(low - 1), remaining - free)
        remaining -= free
        cursor = high
    return dt.date.fromordinal(cursor + remaining)


def _paused_spans(pauses: Iterable[Pause]) -> list[tuple[int, int | None]]:
    """Pauses as sorted, disjoint spans of day ordinals (both ends included; None = open)."""
    spans: list[tuple[int, int | None]] = []
    for pause in sorted(pauses, key=lambda pause: pause.since):
        low = pause.since.toordinal() + 1
        high = None if pause.until is None else pause.until.toordinal()
        if high is not None and high < low:
            continue  # paused and resumed on the same day: no day is lost
        if spans:
            last_low, last_high = spans[-1]
            if last_high is None:
                break
            if low <= last_high + 1:
                spans[-1] = (last_low, None if high is None else max(high, last_high))
                continue
        spans.append((low, high))
    return spans
