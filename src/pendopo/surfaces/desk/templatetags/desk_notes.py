"""What every page of the desk carries: notes about open batches, and the single-key shortcuts."""

from typing import Any

from django import template

from pendopo.surfaces.desk import undoing
from pendopo.surfaces.desk.access import is_preload
from pendopo.surfaces.desk.keys import KEYS

register = template.Library()


@register.inclusion_tag("desk/parts/notes.html", takes_context=True)
def desk_notes(context: dict[str, Any]) -> dict[str, Any]:
    """Batches that wait or just ended, and the quiet act that can be taken back. Nothing on a preloaded page."""
    request = context["request"]
    if is_preload(request):
        return {"preloaded": context.get("opened_url", "")}
    return {
        "notes": undoing.notes(request, told_here=getattr(context.get("told"), "batch", None)),
        "act": undoing.last_act(request),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("desk/parts/keys.html")
def desk_keys() -> dict[str, Any]:
    """The table of single keys."""
    return {"keys": KEYS}
