"""Facts the reports room tells. Ids and codes only; never words of a report or of a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportReceived:
    """A report arrived, by whichever channel."""

    report_id: int


@dataclass(frozen=True)
class ReportAssigned:
    """A report was handed to an office (disposisi)."""

    report_id: int
    office_id: int
    automatic: bool


@dataclass(frozen=True)
class ReportReturned:
    """An office sent a report back: not its work."""

    report_id: int
    office_id: int


@dataclass(frozen=True)
class ReportAnswered:
    """Closing with proof was checked; the citizen is asked to confirm."""

    report_id: int


@dataclass(frozen=True)
class ReportClosed:
    """A report ended: by the citizen, an officer or the timer (`status` says which)."""

    report_id: int
    status: str


@dataclass(frozen=True)
class ReportReopened:
    """A closed report was opened again."""

    report_id: int
