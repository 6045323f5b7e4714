"""`{% load desk %}`: small readings that the desk's templates need."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """`found[key]`, None when it is not there."""
    return found.get(key)
