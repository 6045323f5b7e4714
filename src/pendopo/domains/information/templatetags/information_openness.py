"""`{% load information_openness %}`: the row of PPID's staff pages."""

from typing import Any

from django import template

from pendopo.domains.information.staff_pages import pages

register = template.Library()


@register.inclusion_tag("information/openness/tabs.html", takes_context=True)
def ppid_tabs(context: template.Context, current: str = "") -> dict[str, Any]:
    """The pages this person has, the current one marked."""
    user = context.get("user")
    return {"pages": [(page, page.key == current) for page in pages if page.may(user)]}
