"""Offices and people are managed by administrators of the government, and by nobody else."""

from typing import Any

from pendopo.base.organizations.roles import roles_of


def may_manage(user: Any) -> bool:
    """`None` is the system itself: set-up, the demo city, the command line."""
    return user is None or roles_of(user).administers
