"""The open hall itself: home, search and map over every room, and the pages about this site."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pendopo.base import registries
from pendopo.base.ui.keeping import may_be_kept
from pendopo.surfaces.portal.forms import SearchForm

NEWEST, FOUND = 4, 20
STEPS = (
    ("kamera", _("Anda melapor"), _("Pilih masalahnya, foto, tempat, lalu kirim. Satu menit, tanpa akun.")),
    (
        "cari",
        _("Kami periksa"),
        _("Paling lambat tiga hari kerja, lalu kami teruskan ke kantor yang berwenang."),
    ),
    ("kantor", _("Kantor bekerja"), _("Anda melihat batas waktunya dan dapat ditanya bila ada yang kurang.")),
    (
        "centang",
        _("Anda yang menilai"),
        _("Kantor menyertakan bukti. Belum beres? Anda dapat membukanya lagi."),
    ),
)


@may_be_kept
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`: what can I do here."""
    figures = [
        {"label": f.label, "explanation": f.explanation, "value": f.count(request.user), "url": f.url()}
        for f in registries.figures
    ]
    newest = [one for source in registries.search_sources for one in source.find(request.user, "", NEWEST)]
    newest.sort(key=lambda one: one["when"], reverse=True)
    if not any(figure["value"] for figure in figures):
        figures = []  # a new city: four zeros would say nothing
    context = {"figures": figures[:4], "newest": newest[:NEWEST], "steps": STEPS}
    return render(request, "portal/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/cari/`: words in every room that registered a search."""
    if "q" not in request.GET:
        return render(request, "portal/search.html", {"form": SearchForm()})
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "portal/search.html", {"form": form}, status=422)
    words = form.cleaned_data["q"]
    groups = [(source.label, source.find(request.user, words, FOUND)) for source in registries.search_sources]
    context = {
        "form": form,
        "words": words,
        "groups": groups,
        "none": not any(found for _label, found in groups),
    }
    return render(request, "portal/search.html", context)


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """`/peta/`: every room's points on one map, and the same as lists."""
    layers: list[dict[str, Any]] = [
        {"label": layer.label, "points": layer.points(request.user, None, 12)}
        for layer in registries.map_layers
    ]
    return render(request, "portal/map.html", {"layers": layers})


@may_be_kept
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@may_be_kept
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
