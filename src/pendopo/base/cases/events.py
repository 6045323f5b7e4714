"""Facts that the cases room tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeadlineWarned:
    """A share of a case's time has passed and somebody was warned."""

    kind: str
    case_id: int
    step: str
    percent: int


@dataclass(frozen=True)
class DeadlinesRecomputed:
    """The calendar changed and open cases got new dates."""

    changed: int
