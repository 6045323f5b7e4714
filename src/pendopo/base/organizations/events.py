"""Facts this room tells (kernel/events.py). Plain values only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonAppointed:
    user_id: int
    organization_id: int
    role: str


@dataclass(frozen=True)
class MembershipEnded:
    """`on` is the last day (ISO)."""

    user_id: int
    organization_id: int
    role: str
    on: str


@dataclass(frozen=True)
class ActingHeadSet:
    user_id: int
    organization_id: int
    since: str
    until: str | None


@dataclass(frozen=True)
class LeaveRecorded:
    user_id: int
    since: str
    until: str


@dataclass(frozen=True)
class OfficeClosed:
    organization_id: int
