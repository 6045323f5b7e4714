"""The door of the room: what other rooms ask about offices and people."""

from collections.abc import Mapping
from dataclasses import dataclass

from pendopo.base.organizations.areas import office_for_region, offices_for_regions
from pendopo.base.organizations.duty import (
    Step,
    away,
    escalation_chain,
    head_of,
    officers_of,
)
from pendopo.base.organizations.models import Identity, Organization
from pendopo.base.organizations.roles import Roles, roles_of
from pendopo.kernel.caches import timed

__all__ = [
    "Government",
    "Roles",
    "Step",
    "away",
    "escalation_chain",
    "head_of",
    "identity",
    "office_for_region",
    "officers_of",
    "offices_by_id",
    "offices_for_regions",
    "roles_of",
]


@dataclass(frozen=True)
class Government:
    """How the government shows itself. `colour` is "#rrggbb"; the contacts may be empty."""

    name: str = "Pendopo"
    tagline: str = ""
    colour: str = "#0b57a4"
    email: str = ""
    phone: str = ""


@timed(30)
def offices_by_id() -> Mapping[int, Organization]:
    """Every office, also those that were closed, for lists that show names. Remembered for 30 s."""
    return {office.pk: office for office in Organization.objects.all()}


@timed(30)
def identity() -> Government:
    """The government of this installation, or the default one before set-up. Remembered for 30 s."""
    row = Identity.objects.first()
    if row is None:
        return Government()
    return Government(row.display_name, row.tagline, row.colour, row.contact_email, row.contact_phone)
