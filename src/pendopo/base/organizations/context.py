"""What every template knows: `{{ site }}` (public.Government) and `{{ roles }}` (roles.Roles)."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pendopo.base.organizations.public import identity as government_identity
from pendopo.base.organizations.roles import roles_of


def identity(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(government_identity)}


def roles(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page that never asks pays no query."""
    return {"roles": SimpleLazyObject(lambda: roles_of(getattr(request, "user", None)))}
