"""The site as an app on a phone: its manifest, its icons in the city's colour, and its service worker."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from pendopo.base import registries
from pendopo.base.organizations.public import identity
from pendopo.base.ui import css
from pendopo.surfaces.portal import app_icons

SIZES = (192, 512)
FULL = 512
_DAY = 24 * 3600


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colour and icons from the settings of the government; starts at the front page."""
    government = identity()
    themes = css.tokens()
    body = {
        "id": "/",
        "name": government.name,
        "short_name": government.name[:24],
        "description": government.tagline or _("Lapor, tanya, dan ikuti jawabannya"),
        "lang": "id",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": government.colour,
        "background_color": themes["light"]["background-primary"],
        "icons": _icons(government.colour),
        "shortcuts": [
            {"name": str(entry.label), "url": reverse(entry.url_name)}
            for entry in registries.menu
            if entry.audience == "public"
        ][:3],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _icons(colour: str) -> list[dict[str, str]]:
    # The colour is part of the address: a new one is a new picture, however long phones keep the old.
    mark = colour.lstrip("#")
    plain = [(reverse(f"portal:icon-{size}"), size, "any") for size in SIZES]
    full = [(reverse("portal:full-icon"), FULL, "maskable")]
    return [
        {"src": f"{url}?w={mark}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for url, size, purpose in plain + full
    ]


@require_safe
@cache_control(public=True, max_age=_DAY)
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """The hall in the city's colour, with rounded corners."""
    return _picture(size, full=False)


@require_safe
@cache_control(public=True, max_age=_DAY)
def full_icon(request: HttpRequest) -> HttpResponse:
    """The same to the edges, for phones that cut their own shape out of it."""
    return _picture(FULL, full=True)


def _picture(size: int, *, full: bool) -> HttpResponse:
    fill = css.ramps(identity().colour)["light"]
    return HttpResponse(app_icons.draw(fill.fill, fill.on_fill, size, full=full), content_type="image/png")


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/pekerja.js`: the service worker of the whole site, or the one that removes it (PHONE_APP=0)."""
    if settings.PHONE_APP:
        facts = _facts()
        head = f"const APP = {json.dumps(facts)};\n"
        body = head + _source("js/worker.js")
    else:
        body = _source("js/worker_off.js")
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


def _facts() -> dict[str, Any]:
    """What the worker must know. `version` changes whenever one of the kept scripts or pages may have changed."""
    pages = [
        {"url": reverse(page.url_name), "below": list(page.below), "asked": page.kept_on_request}
        for page in registries.phone_pages
    ]
    names = sorted({page.script for page in registries.phone_pages if page.script})
    text = json.dumps(pages) + "".join(_source(name) for name in ("js/worker.js", *names))
    return {
        "version": hashlib.sha256(text.encode()).hexdigest()[:12],
        "pages": pages,
        "scripts": [static(name) for name in names],
        "signOut": [reverse("account_logout")],
        "icon": reverse("portal:icon-192"),
        "news": _("Ada kabar untuk Anda"),
    }


@lru_cache(maxsize=16)
def _source(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
