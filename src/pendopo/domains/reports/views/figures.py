"""`/angka/`: how the offices do, every number with its meaning and its exact list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.domains.reports import counted, figures
from pendopo.domains.reports.models import Report, ReportQuerySet
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text

MOST_OFFICES = 15


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The figures of a period, by agency and by month."""
    now = clock.now()
    reports = Report.objects.visible_to(request.user).public()
    choices, chosen = _periods(request, reports, clock.local_date(now))
    found = counted.counted(chosen, now=now)
    totals, offices = found.totals, found.by_office
    context = {
        "periods": [_tab(period, chosen) for period in choices],
        "chosen": chosen,
        "figures": (shown := [_shown(measure, totals, chosen) for measure in figures.MEASURES]),
        "sections": [
            (title, [one for one in shown if one["section"] == key]) for key, title in figures.SECTIONS
        ],
        "few": totals["masuk"] < figures.SMALL,
        "small": figures.SMALL,
        "by_office": [_bar(row.name, row, chosen, kantor=row.slug) for row in offices[:MOST_OFFICES]],
        "left_out": max(0, len(offices) - MOST_OFFICES),
        "by_month": [_month_bar(row, chosen) for row in found.by_month],
    }
    return render(request, "reports/figures.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a CSV file: all figures, then agencies, then months."""
    now = clock.now()
    reports = Report.objects.visible_to(request.user).public()
    _choices, chosen = _periods(request, reports, clock.local_date(now))
    found = counted.counted(chosen, now=now)
    header = [_("Bagian"), _("Nama"), _("Jumlah"), _("Selesai"), _("Lewat batas waktu"), _("Arti")]
    return csv_download(request, csv_text(header, _rows(found)), filename=f"angka-laporan-{chosen.key}.csv")


def _rows(found: counted.Counted) -> Iterator[list[Any]]:
    for measure in figures.MEASURES:
        yield [_("Ringkasan"), str(measure.label), found.totals[measure.key], "", "", str(measure.definition)]
    for row in found.by_office:
        yield [_("Kantor"), row.name, row.received, row.closed, row.late, ""]
    for row in found.by_month:
        yield [_("Bulan"), f"{row.month:%Y-%m}", row.received, row.closed, row.late, ""]


def _periods(
    request: HttpRequest, reports: ReportQuerySet, today: dt.date
) -> tuple[list[figures.Period], figures.Period]:
    """The periods to choose from and the chosen one. Raises Http404 for one that does not exist."""
    first = reports.aggregate(first=Min("received_at"))["first"]
    choices = figures.periods(today, clock.local_date(first) if first else None)
    key = request.GET.get("masa", "12-bulan")
    chosen = next((period for period in choices if period.key == key), None)
    if chosen is None:
        raise Http404
    return choices, chosen


def _tab(period: figures.Period, chosen: figures.Period) -> dict[str, Any]:
    return {"label": period.label, "url": f"?{urlencode({'masa': period.key})}", "current": period == chosen}


def _list_url(period: figures.Period, **more: str) -> str:
    query = {"dari": period.since.isoformat(), "sampai": period.until.isoformat(), **more}
    return f"{reverse('reports:list')}?{urlencode(query)}"


def _shown(measure: figures.Measure, totals: dict[str, int], period: figures.Period) -> dict[str, Any]:
    whole = totals[measure.whole] if measure.whole else 0
    return {
        "key": measure.key,
        "section": measure.section,
        "label": measure.label,
        "definition": measure.definition,
        "value": totals[measure.key],
        "whole": whole,
        "of": figures.BY_KEY[measure.whole].label if measure.whole else "",
        "share": whole >= figures.SMALL,
        "url": _list_url(period, angka=measure.key),
    }


def _bar(label: str, row: counted.Row, period: figures.Period, **more: str) -> tuple[str, int, int, str]:
    return label, row.received, row.late, _list_url(period, **more)


def _month_bar(row: counted.Row, period: figures.Period) -> tuple[str, int, int, str]:
    assert row.month is not None
    first = row.month
    last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    days = figures.Period("", "", max(first, period.since), min(last, period.until))
    return _bar(date_format(first, "F Y"), row, days)
