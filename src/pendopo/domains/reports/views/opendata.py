"""Addresses of open data. They take the filters of the public list, so every list has its table, map file and feed."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.base.clients import public as clients
from pendopo.base.clients.problems import answer
from pendopo.domains.reports import geo, opendata, phrases
from pendopo.domains.reports.forms.browsing import FilterForm
from pendopo.domains.reports.models import Report, ReportQuerySet, Status
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download, download

FILE_COST = 20  # of the quota: one file weighs like twenty questions
_View = Callable[[HttpRequest, FilterForm, ReportQuerySet], HttpResponseBase]


def open_data(*, cost: int) -> Callable[[_View], Callable[[HttpRequest], HttpResponseBase]]:
    """A view over the filtered public reports, charged to the caller's quota. Wrong filters are problem+json."""

    def wrap(view: _View) -> Callable[[HttpRequest], HttpResponseBase]:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest) -> HttpResponseBase:
            now = clock.now()
            try:
                clients.charge(clients.authenticate(request, now=now), now=now, cost=cost)
                form = FilterForm(request.GET)
                if not form.is_valid():
                    listed = [clients.FieldError(name, str(word[0])) for name, word in form.errors.items()]
                    raise clients.Problem("isian", errors=listed)
            except clients.Problem as problem:
                return answer(problem)
            # Nobody's own reports: the same file for everybody who asks with these filters.
            found = form.narrow(Report.objects.visible_to(None).public(), now=now)
            return view(request, form, found)

        return answered

    return wrap


@open_data(cost=FILE_COST)
def csv_file(request: HttpRequest, form: FilterForm, found: ReportQuerySet) -> HttpResponseBase:
    """`/laporan/data.csv`: at most 50,000 reports, newest first."""
    return csv_download(request, opendata.as_csv(opendata.rows(found)), filename="laporan.csv")


@open_data(cost=FILE_COST)
def geojson_file(request: HttpRequest, form: FilterForm, found: ReportQuerySet) -> HttpResponseBase:
    """`/laporan/data.geojson`: the same on a map."""
    lines = opendata.as_geojson(opendata.rows(found))
    return download(request, lines, filename="laporan.geojson", content_type="application/geo+json")


@open_data(cost=1)
def feed(request: HttpRequest, form: FilterForm, found: ReportQuerySet) -> HttpResponseBase:
    """`/laporan/umpan.atom`: the newest fifty, for feed readers; by category, area or any filter of the list."""
    site = settings.PUBLIC_URL
    listed = f"{site}{reverse('reports:list')}?{form.query()}".rstrip("?")
    made = _Feed(
        title=feed_title(form),
        link=listed,
        description="",
        feed_url=f"{site}{request.get_full_path()}",
        feed_guid=f"tag:{urlsplit(site).hostname},2026:laporan:{form.query()}",
        language=request.LANGUAGE_CODE,
    )
    for report in opendata.newest(found):
        made.add_item(**_entry(report, site))
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


def _entry(report: Report, site: str) -> dict[str, Any]:
    page = f"{site}{reverse('reports:detail', args=[report.slug])}"
    area = ", ".join(filter(None, (report.region.name, getattr(report.region.parent, "name", ""))))
    return {
        "title": f"{report.category}: {report.title}",
        "link": page,
        "description": report.public_text,
        "unique_id": page,
        "pubdate": report.received_at,
        "updateddate": report.updated_at,
        "categories": [str(report.category), area, str(phrases.WORDS[Status(report.status)])],
        "author_name": report.office.name,
    }


class _Feed(Atom1Feed):
    """Django's Atom feed; an empty one is as old as the question, by our own clock."""

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=clock.now())


def feed_title(form: FilterForm) -> str:
    """`Laporan warga: Lampu jalan, Kelurahan Melati`."""
    given = form.cleaned_data
    choices = {name: dict(form.fields[name].choices) for name in ("kategori", "keadaan")}  # type: ignore[attr-defined]
    named = [str(choices[name].get(given[name], "")) for name in choices if given[name]]
    if given["wilayah"]:
        named.append({**geo.villages(), **geo.districts()}.get(given["wilayah"], given["wilayah"]))
    named += [given["q"]] if given["q"] else []
    return _("Laporan warga") + (": " + ", ".join(named) if named else "")
