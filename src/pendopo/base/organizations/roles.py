"""What a signed-in person may see and do, read once per request with one query."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from pendopo.base.organizations.models import Kind, Role
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
# `Membership.objects.current` and `ActingHead.objects.current` of one person, written out: every page of the staff asks
# this, and the query builder needed five times as long as the database. A test holds them equal.
_HELD = """
SELECT held.organization_id, held.role, office.kind, office.is_intake
FROM (
    SELECT organization_id, role FROM organizations_membership
    WHERE user_id = %(user)s AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
    UNION ALL
    SELECT organization_id, %(head)s FROM organizations_actinghead
    WHERE user_id = %(user)s AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
) AS held
JOIN organizations_organization AS office ON office.id = held.organization_id
WHERE EXISTS (SELECT FROM accounts_user WHERE id = %(user)s AND is_active)
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": user.pk, "day": day, "head": Role.HEAD})
        rows = cursor.fetchall()
    for office, role, kind, intake in rows:
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
