"""Who may let machines in. Koordinator and administrators of the government; `None` is the command line."""

from typing import Any

from pendopo.base.clients.models.client import manages


def may_manage(user: Any) -> bool:
    return user is None or manages(user)
