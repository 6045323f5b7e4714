"""/gaya/: every component as it really looks. What stands here is what the axe test walks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pendopo.base.ui.icons import CATEGORIES, INTERFACE
from pendopo.surfaces.portal import samples


def _context(request: HttpRequest) -> dict[str, Any]:
    city = samples.CITIES.get(request.GET.get("warna", ""))
    broken = samples.SampleForm({"place": "", "words": ""}) if "salah" in request.GET else None
    context: dict[str, Any] = {
        "form": broken,
        "sample": broken or samples.SampleForm(),
        "filter": samples.FilterForm(prefix="saring"),
        "cities": [(key, name, colour) for key, (name, colour) in samples.CITIES.items()],
        "colour": request.GET.get("warna", ""),
        "category_icons": list(CATEGORIES),
        "interface_icons": list(INTERFACE),
        "tones": samples.TONES,
        "entries": samples.entries(),
        "messages_shown": samples.talk(),
        "rows": samples.ROWS,
        "crumbs": samples.CRUMBS,
        "tabs": samples.TABS,
        "bars": samples.BARS,
        "days": samples.DAYS,
        "points": samples.POINTS,
    }
    if city:
        context["site"] = {"name": "Kota Sukamaju", "colour": city[1]}
    return context


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Components of public pages. `?warna=` shows a city, `?salah` shows the forms with their errors."""
    return render(request, "portal/gaya/page.html", _context(request))


@require_safe
def desk_patterns(request: HttpRequest) -> HttpResponse:
    """Components of the officers' pages."""
    return render(request, "portal/gaya/desk.html", _context(request))
