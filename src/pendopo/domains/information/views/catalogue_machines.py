"""Addresses for machines: DCAT, CKAN's shapes, the table and the feed of the list."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from pendopo.domains.information import reading
from pendopo.domains.information.forms.catalogue import CatalogueForm
from pendopo.domains.information.harvest import ckan, dcat, feed, tables
from pendopo.domains.information.harvest.manners import FILE_COST, open_data
from pendopo.domains.information.harvest.rdf import Node, as_jsonld, as_turtle
from pendopo.domains.information.models import Item
from pendopo.kernel.streams import csv_download

JSONLD, TURTLE = "application/ld+json", "text/turtle"
WRITERS = {"jsonld": (as_jsonld, JSONLD), "ttl": (as_turtle, TURTLE)}


def _written(nodes: list[Node], kind: str) -> HttpResponse:
    write, content_type = WRITERS[kind]
    return HttpResponse(write(nodes), content_type=f"{content_type}; charset=utf-8")


@require_safe
def dcat_door(request: HttpRequest) -> HttpResponse:
    """`/ppid/dcat/`: the catalogue in what the program prefers (303); people are led to the page."""
    wanted = request.get_preferred_type([JSONLD, TURTLE, "text/html", "application/json"]) or JSONLD
    names = {TURTLE: "information:dcat-ttl", "text/html": "information:home"}
    response = HttpResponseRedirect(reverse(names.get(wanted, "information:dcat-jsonld")))
    response.status_code = 303
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ("Accept",))
    return response


@open_data(cost=5)
def dcat_page(request: HttpRequest, kind: str) -> HttpResponse:
    """`/ppid/dcat/katalog.jsonld|.ttl`: a hundred entries; `sesudah` is the place where a page begins."""
    after = request.GET.get("sesudah", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise Http404
    leaf = dcat.leaf_after(int(after))
    address = f"{settings.PUBLIC_URL}{reverse(f'information:dcat-{kind}')}" + (
        f"?sesudah={after}" if int(after) else ""
    )
    response = _written(dcat.catalogue(leaf, address=address, kind=kind), kind)
    if leaf.next:
        response.headers["Link"] = f'<{address.partition("?")[0]}?sesudah={leaf.next}>; rel="next"'
    return response


@open_data()
def item(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """`/ppid/informasi/<slug>.jsonld|.ttl`: one entry; a withdrawn one is only its record (410)."""
    found = get_object_or_404(Item.objects.harvested().light(), slug=slug)
    if reading.tombstones(slug).exists():
        response = _written(dcat.about(found, {}), kind)
        response.status_code = 410
        return response
    return _written(dcat.one(found, reading.open_files([found])), kind)


@open_data()
def ckan_action(request: HttpRequest, action: str) -> HttpResponse:
    """`/ppid/api/3/action/<action>`: CKAN's envelope around the answer."""
    site = f"{settings.PUBLIC_URL}{reverse('information:ckan', args=['help_show'])}"
    answer: dict[str, Any] = {"help": f"{site}?name={action}", "success": True}
    status = 200
    try:
        if action not in ckan.ACTIONS:
            raise ckan.Refused("Not Found Error", f"Action name not known: {action}", 404)
        answer["result"] = ckan.ACTIONS[action](_asked(request))
    except ckan.Refused as refused:
        answer |= {"success": False, "error": {"message": refused.message, "__type": refused.kind}}
        status = refused.code
    words = json.dumps(answer, ensure_ascii=False)
    return HttpResponse(words, content_type="application/json; charset=utf-8", status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The parameters of the address without the one sign that the database cannot hold."""
    return {name: value.replace("\x00", "") for name, value in request.GET.dict().items()}


@open_data(cost=FILE_COST)
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """`/ppid/informasi/data.csv`: the list of the same filters as a table, at most 50,000 entries."""
    form = CatalogueForm(request.GET)
    if not form.is_valid():
        return _wrong(form)
    items = tables.chosen_rows(form.words, form.chosen())
    return csv_download(request, tables.as_csv(items), filename="informasi-publik.csv")


@open_data()
def atom(request: HttpRequest) -> HttpResponse:
    """`/ppid/informasi/umpan.atom`: the newest fifty of the same filters."""
    form = CatalogueForm(request.GET)
    if not form.is_valid():
        return _wrong(form)
    items = tables.chosen_rows(form.words, form.chosen())
    made = feed.as_atom(items, query=form.query(urut=""), address=request.get_full_path())
    return HttpResponse(made, content_type="application/atom+xml; charset=utf-8")


def _wrong(form: CatalogueForm) -> HttpResponse:
    """Which filter is not known, for who wrote the program."""
    told = {name: [str(word) for word in wrong] for name, wrong in form.errors.items()}
    return HttpResponse(
        json.dumps({"errors": told}, ensure_ascii=False), content_type="application/json", status=422
    )
