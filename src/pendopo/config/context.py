"""What every template knows: whose site this is."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pendopo.base.organizations.public import identity


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` in templates (organizations.public.Government), read only on pages that show it."""
    return {"site": SimpleLazyObject(identity)}
