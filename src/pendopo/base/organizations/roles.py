"""What a signed-in person may see and do, read once per request with one query."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Value

from pendopo.base.organizations.models import ActingHead, Kind, Membership, Role
from pendopo.kernel import clock


@dataclass(frozen=True)
class Roles:
    """The roles a person holds today. `held` maps an office id to role names there.

    An acting head (Plt/Plh) holds HEAD in that office for the time of the decree.
    """

    user_id: int | None = None
    held: dict[int, frozenset[str]] = field(default_factory=dict)
    central: frozenset[str] = frozenset()  # roles held at the root or at the intake office

    @property
    def is_staff(self) -> bool:
        return bool(self.held)

    @property
    def offices(self) -> tuple[int, ...]:
        return tuple(self.held)

    @property
    def sees_all(self) -> bool:
        """Koordinator, head, administrator or observer of the government or its intake office."""
        return bool(self.central & {Role.COORDINATOR, Role.HEAD, Role.ADMINISTRATOR, Role.OBSERVER})

    @property
    def coordinates(self) -> bool:
        return Role.COORDINATOR in self.central

    @property
    def administers(self) -> bool:
        return Role.ADMINISTRATOR in self.central

    def offices_as(self, *roles: str) -> tuple[int, ...]:
        wanted = set(roles)
        return tuple(office for office, names in self.held.items() if names & wanted)

    def has(self, office_id: int | None, *roles: str) -> bool:
        names = self.held.get(office_id or 0, frozenset())
        return bool(names & set(roles)) if roles else bool(names)


NOBODY = Roles()


def roles_of(user: Any, *, on: dt.date | None = None) -> Roles:
    """Roles of `user` on a day (today when None). Cached on the user object, so one query per request.

    Staff whose session has not shown a second factor hold no roles (organizations/middleware.py).
    """
    if not getattr(user, "is_authenticated", False):
        return NOBODY
    kept = _cache(user)
    if on is None and "_pendopo_roles" in kept:
        cached: Roles = kept["_pendopo_roles"]
        return cached
    day = on or clock.local_date(clock.now())
    held: dict[int, set[str]] = {}
    central: set[str] = set()
    rows = (
        Membership.objects.current(on=day)
        .filter(user=user)
        .values_list("organization_id", "role", "organization__kind", "organization__is_intake")
    )
    acting = (
        ActingHead.objects.current(on=day)
        .filter(user=user)
        .values_list(
            "organization_id",
            Value(Role.HEAD, output_field=CharField()),
            "organization__kind",
            "organization__is_intake",
        )
    )
    for office, role, kind, intake in rows.union(acting, all=True):
        held.setdefault(office, set()).add(role)
        if intake or kind in (Kind.GOVERNMENT, Kind.SECRETARIAT):
            central.add(role)
    roles = Roles(user.pk, {o: frozenset(r) for o, r in held.items()}, frozenset(central))
    if on is None:
        kept["_pendopo_roles"] = roles
    return roles


def withhold(user: Any) -> None:
    """Let this user object hold no roles for the rest of the request."""
    _cache(user)["_pendopo_roles"] = NOBODY


def forget(user: Any) -> None:
    """Read the roles anew next time: they have just been changed."""
    _cache(user).pop("_pendopo_roles", None)


def _cache(user: Any) -> dict[str, Any]:
    person = getattr(user, "_wrapped", user)  # request.user is a lazy shell around the person
    kept: dict[str, Any] = person.__dict__
    return kept
