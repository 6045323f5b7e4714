"""`{% load desk %}`: small readings that the desk's templates need."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def tick(code: str) -> SafeString:
    """The box of a row for the acts on many cases at once."""
    return format_html(
        '<span class="tick"><input type="checkbox" name="kasus" value="{}" form="sekaligus" aria-label="{}"></span>',
        code,
        _("Pilih %(code)s") % {"code": code},
    )


@register.simple_tag
def case_address(kind_key: str, code: str) -> str:
    """`{% url "desk:case" kind.key code %}` for the rows of a list, whose shape is looked up only once."""
    before, after = _shape(kind_key, get_script_prefix())
    return f"{before}{code}{after}"


@lru_cache(maxsize=100)
def _shape(kind_key: str, _prefix: str) -> list[str]:
    return reverse("desk:case", args=[kind_key, "KODE"]).split("KODE")


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """`found[key]`, None when it is not there."""
    return found.get(key)
