"""`{% load information_openness %}`: the row of PPID's staff pages."""

from typing import Any

from django import template

from pendopo.domains.information.staff_pages import page_of, pages

register = template.Library()


@register.inclusion_tag("information/openness/tabs.html", takes_context=True)
def ppid_tabs(context: template.Context) -> dict[str, Any]:
    """The pages this person has, marked the one that is shown or that the shown page belongs to."""
    user, request = context.get("user"), context.get("request")
    current = page_of(request.path, request.resolver_match) if request else None
    return {"pages": [(page, page is current) for page in pages if page.may(user)]}
