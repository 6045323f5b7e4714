"""Who may do what with letters. `None` is the system itself: acts of rooms, seeds, the command line."""

from typing import Any

from pendopo.base.letters.kinds import letter_kinds
from pendopo.base.letters.models import Letter, manages
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of


def may_manage(user: Any) -> bool:
    """Change templates, number patterns, letterheads and the way of signing."""
    return user is None or manages(user)


def may_enter(user: Any) -> bool:
    return roles_of(user).is_staff


def signs_or_manages(user: Any) -> bool:
    """For whom the menu has a line: letters wait for heads and koordinators; others find theirs in their cases."""
    return may_manage(user) or bool(roles_of(user).offices_as(Role.HEAD, Role.COORDINATOR))


def may_sign(user: Any, letter: Letter) -> bool:
    """Whom the letter's room lets sign; without its word, the head (or acting head) of the letter's office."""
    kind = letter_kinds.get(letter.kind)
    if user is None or kind is None:
        return False
    if kind.may_sign is not None:
        return kind.may_sign(user, letter.about)
    return roles_of(user).has(letter.office_id, Role.HEAD)
