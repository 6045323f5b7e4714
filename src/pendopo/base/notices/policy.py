from django.core.exceptions import PermissionDenied

from pendopo.base.accounts.models import User
from pendopo.base.organizations.roles import roles_of


def may_handle_dead(user: User) -> bool:
    """Only administrators of the government decide about messages that could not be sent."""
    return roles_of(user).administers


def check_may_handle_dead(user: User) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may_handle_dead(user):
        raise PermissionDenied
