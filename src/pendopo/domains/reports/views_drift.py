"""The koordinator's page on drift: does routing still fit the city, month by month, with the same numbers as CSV."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.domains.reports import drift, policy
from pendopo.domains.reports.drift import Month
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text


@never_cache
@login_required
@require_safe
def drift_page(request: HttpRequest) -> HttpResponse:
    """Twelve months in a table, newest first, and the precision of the first suggestion as a line."""
    if not policy.may_route_by_rule(request.user):
        raise Http404
    months = drift.months(now=clock.now())
    told = [month for month in months if month.precision is not None]
    context = {
        "months": months[::-1],
        "few": drift.FEW,
        "any": any(month.reports or month.handed for month in months),
        "line": [month.precision for month in told],
        "line_from": told[0].first if told else None,
        "line_until": told[-1].first if told else None,
    }
    return render(request, "reports/staff/drift.html", context)


@never_cache
@login_required
@require_safe
def drift_table(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a CSV file, oldest month first."""
    if not policy.may_route_by_rule(request.user):
        raise Http404
    header = [
        _("Bulan"), _("Laporan masuk"), _("Disposisi"), _("Otomatis"), _("Mengikuti saran"), _("Dipilih orang"),
        _("Dikembalikan"), _("Saran pertama dinilai"), _("Saran pertama tepat"), _("Ketepatan paling rendah"),
        _("Ketepatan paling tinggi"), _("Kepastian rata-rata"), _("Kata baru"), _("Pergeseran jenis"),
    ]  # fmt: skip
    rows = [_cells(month) for month in drift.months(now=clock.now())]
    return csv_download(request, csv_text(header, rows), filename="pergeseran-disposisi.csv")


def _cells(month: Month) -> list[Any]:
    low, high = month.between if month.judged else (None, None)
    shares = (low, high, month.certainty, month.unknown, month.shift)
    return [
        f"{month.first:%Y-%m}", month.reports, month.handed, month.automatic, month.suggested, month.by_hand,
        month.returned, month.judged, month.right,
        *("" if share is None else round(share, 4) for share in shares),
    ]  # fmt: skip
