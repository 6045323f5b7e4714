"""Counting working days, pure: no database, no ministry. Day 0 is the day something happened."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


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
