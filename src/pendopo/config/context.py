"""What every template knows: whose site this is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pendopo.base.organizations.models import Identity


@dataclass(frozen=True)
class Site:
    """How the government shows itself. `colour` is #rrggbb; empty means Pendopo's own."""

    name: str = "Pendopo"
    tagline: str = ""
    colour: str = ""
    email: str = ""
    phone: str = ""


def _read() -> Site:
    identity = Identity.objects.first()
    if identity is None:
        return Site()
    return Site(
        identity.display_name,
        identity.tagline,
        identity.colour,
        identity.contact_email,
        identity.contact_phone,
    )


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` in templates: one query, and only on pages that show it."""
    return {"site": SimpleLazyObject(_read)}
