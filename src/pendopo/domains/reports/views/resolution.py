"""`/angka/beres/` for everybody and `/meja/laporan/beres/` for the koordinator and heads of offices."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.domains.reports import figures, policy, resolution
from pendopo.domains.reports import resolution_pages as pages
from pendopo.domains.reports.models import ResolutionFact, ResolutionMonth
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text

LATEST = 30


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Was it really solved? Numbers that are never mixed, for everybody."""
    context = _numbers(request, ResolutionMonth.objects.everybodys())
    return render(request, "reports/resolution.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a CSV file."""
    _choices, chosen = _periods(request)
    rows = pages.within(ResolutionMonth.objects.everybodys(), chosen)
    header = [
        _("Bagian"),
        _("Nama"),
        _("Angka"),
        _("Jumlah"),
        _("Dari"),
        _("Paling sedikit"),
        _("Paling banyak"),
    ]
    least = resolution.policy_on(clock.local_date(clock.now())).least
    lines = csv_text(header, pages.csv_rows(rows, least))
    return csv_download(request, lines, filename=f"angka-beres-{chosen.key}.csv")


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The own offices' numbers, and the closings that did not hold, to be looked at."""
    if not policy.may_read_resolution(request.user):
        raise Http404
    facts = ResolutionFact.objects.visible_to(request.user).came_back()
    context = {
        **_numbers(request, pages.seen(request.user)),
        "came_back": facts.select_related("case__category", "office")[:LATEST],
    }
    return render(request, "reports/staff/resolution.html", context)


def _numbers(request: HttpRequest, rows: Any) -> dict[str, Any]:
    choices, chosen = _periods(request)
    per = request.GET.get("per", "bulan")
    if per not in {key for key, *_rest in pages.GROUPS}:
        raise Http404
    rule = resolution.policy_on(clock.local_date(clock.now()))
    found = pages.within(rows, chosen)
    sums = pages.totals(found)
    return {
        "periods": [_tab(one.label, chosen == one, masa=one.key, per=per) for one in choices],
        "groups": [_tab(label, key == per, masa=chosen.key, per=key) for key, label, *_rest in pages.GROUPS],
        "group": next(label for key, label, *_rest in pages.GROUPS if key == per),
        "chosen": chosen,
        "policy": rule,
        "closings": sums["citizen"] + sums["officer"] + sums["timer"],
        "sections": pages.sections(sums, rule.least),
        "measures": pages.MEASURES,
        "rows": pages.grouped(found, per, rule.least),
        "csv": f"{reverse('reports:resolution-csv')}?{urlencode({'masa': chosen.key})}",
    }


def _tab(label: Any, current: bool, **query: str) -> dict[str, Any]:
    return {"label": label, "url": f"?{urlencode(query)}", "current": current}


def _periods(request: HttpRequest) -> tuple[list[figures.Period], figures.Period]:
    """The periods to choose from and the chosen one. Raises Http404 for one that does not exist."""
    today = clock.local_date(clock.now())
    first: dt.date | None = ResolutionMonth.objects.first_month()
    choices = [one for one in figures.periods(today, first) if one.key != "bulan"]
    key = request.GET.get("masa", "12-bulan")
    chosen = next((one for one in choices if one.key == key), None)
    if chosen is None:
        raise Http404
    return choices, chosen
