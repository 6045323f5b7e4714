"""Who is on duty in an office on a day: leave taken out, acting heads (Plt/Plh) put in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from pendopo.base.accounts.models import User
from pendopo.base.organizations.models import ActingHead, Kind, Leave, Membership, Organization, Role


class Step(NamedTuple):
    """One step of an escalation (OFFICER, HEAD, COORDINATOR, SECRETARY) and who stands on it, if anybody."""

    name: str
    users: list[User]


def away(user: Any, on: dt.date) -> bool:
    """Whether the person is on leave on a day."""
    return Leave.objects.covering(on).filter(user=user).exists()


def head_of(office: Organization, on: dt.date) -> User | None:
    """The acting head of that day if there is one, else the head who is not on leave, else None."""
    return next(
        iter(_Roster(Q(organization=office, role=Role.HEAD), Q(organization=office), on).heads(office)), None
    )


def officers_of(office: Organization, on: dt.date) -> list[User]:
    """Officers who are not on leave, by name."""
    return _Roster(Q(organization=office, role=Role.OFFICER), None, on).officers(office)


def escalation_chain(office: Organization, on: dt.date) -> list[Step]:
    """Officers, head, koordinator at the intake office, sekda. Three queries."""
    secretariat = Q(organization__kind=Kind.SECRETARIAT)
    roster = _Roster(
        Q(organization=office, role__in=[Role.OFFICER, Role.HEAD])
        | Q(organization__is_intake=True, role=Role.COORDINATOR)
        | secretariat & Q(role=Role.HEAD),
        Q(organization=office) | secretariat,
        on,
    )
    return [
        Step("OFFICER", roster.officers(office)),
        Step("HEAD", roster.heads(office)[:1]),
        Step("COORDINATOR", roster.coordinators()),
        Step("SECRETARY", roster.secretary()[:1]),
    ]


class _Roster:
    """The memberships and acting heads a question needs, without people on leave."""

    def __init__(self, members: Q, acting: Q | None, on: dt.date) -> None:
        self._members = list(
            Membership.objects.current(on=on)
            .filter(members)
            .select_related("user", "organization")
            .order_by("user__name", "user_id")
        )
        self._acting = (
            list(ActingHead.objects.current(on=on).filter(acting).select_related("user", "organization"))
            if acting is not None
            else []
        )
        people = {m.user_id for m in self._members} | {a.user_id for a in self._acting}
        self._away = set(Leave.objects.covering(on).filter(user__in=people).values_list("user_id", flat=True))

    def officers(self, office: Organization) -> list[User]:
        return self._present(
            m for m in self._members if m.organization_id == office.pk and m.role == Role.OFFICER
        )

    def heads(self, office: Organization) -> list[User]:
        acting = self._present(a for a in self._acting if a.organization_id == office.pk)
        return acting or self._present(
            m for m in self._members if m.organization_id == office.pk and m.role == Role.HEAD
        )

    def coordinators(self) -> list[User]:
        return self._present(
            m for m in self._members if m.organization.is_intake and m.role == Role.COORDINATOR
        )

    def secretary(self) -> list[User]:
        acting = self._present(a for a in self._acting if a.organization.kind == Kind.SECRETARIAT)
        return acting or self._present(
            m for m in self._members if m.organization.kind == Kind.SECRETARIAT and m.role == Role.HEAD
        )

    def _present(self, rows: Iterable[Membership | ActingHead]) -> list[User]:
        return [row.user for row in rows if row.user_id not in self._away]
