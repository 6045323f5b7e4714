"""Who may change the calendar."""

from typing import Any

from pendopo.base.organizations.roles import roles_of


def may_change_calendar(user: Any) -> bool:
    """Administrators and koordinators of the government: one changed day moves the dates of every office."""
    roles = roles_of(user)
    return roles.administers or roles.coordinates
