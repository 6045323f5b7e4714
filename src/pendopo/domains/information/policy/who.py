"""The offices of the law as roles of this house.

PPID Utama are the people who work in the intake office (Diskominfo); its koordinator or head decides. PPID
Pelaksana are the people who work in any other office. Atasan PPID is the head of the secretariat (Sekda), or who
acts for them.
"""

from typing import Any

from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information.offices import atasan_office, main_office
from pendopo.kernel.caches import timed


@timed(20)
def _central() -> tuple[int, int]:
    """Ids of the offices of PPID Utama and of Atasan PPID."""
    return main_office().pk, atasan_office().pk


def main_office_id() -> int:
    """The office of PPID Utama."""
    return _central()[0]


def serves_requests(user: Any) -> bool:
    """PPID Utama's people: register, check, split, prepare."""
    return roles_of(user).has(_central()[0], *WORKING_ROLES)


def decides(user: Any) -> bool:
    """PPID Utama itself: the written notice, the decree, the exemption."""
    return roles_of(user).has(_central()[0], Role.COORDINATOR, Role.HEAD)


def answers_objections(user: Any) -> bool:
    """Atasan PPID."""
    return roles_of(user).has(_central()[1], Role.HEAD)


def prepares_objections(user: Any) -> bool:
    """Who may read and prepare an objection: Atasan PPID's office and PPID Utama."""
    return roles_of(user).has(_central()[1], *WORKING_ROLES) or serves_requests(user)


def keeps_items_of(user: Any, office_id: int) -> bool:
    """PPID Pelaksana for the own office's part of the list; PPID Utama for every part."""
    return roles_of(user).has(office_id, *WORKING_ROLES) or serves_requests(user)


def is_ppid(user: Any) -> bool:
    """Anybody with work in this room: people who work in some office."""
    return bool(roles_of(user).offices_as(*WORKING_ROLES))
