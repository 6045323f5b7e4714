"""Who answers for people's data: the government's koordinator; heads may protect cases of their own office."""

from typing import Any

from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of


def may_oversee(user: Any) -> bool:
    """Read the retention report, the tombstones and the whole log of looks."""
    roles = roles_of(user)
    return roles.coordinates or roles.administers


def may_decide(user: Any) -> bool:
    """Decide about a person's request to be erased."""
    return roles_of(user).coordinates


def may_hold_case(user: Any) -> bool:
    """Protect a case on the own desk from being forgotten."""
    return may_hold_person(user) or bool(roles_of(user).offices_as(Role.HEAD, Role.COORDINATOR))


def may_hold_person(user: Any) -> bool:
    """Protect everything about one person: touches every office, so only the koordinator."""
    return roles_of(user).coordinates


def may_release(user: Any, hold: Any) -> bool:
    return may_hold_person(user) or hold.made_by_id == user.pk
