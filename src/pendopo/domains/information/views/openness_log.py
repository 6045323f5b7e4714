"""The public log and the figures."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.base.ui.keeping import may_be_kept
from pendopo.domains.information import figures as counted
from pendopo.domains.information import public_log
from pendopo.domains.information.forms.openness_log import LogForm
from pendopo.domains.information.harvest.manners import FILE_COST, open_data
from pendopo.domains.information.public_log import LOG
from pendopo.domains.information.registers import pages
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text

MOST_LINES = 20_000


def _form(request: HttpRequest) -> LogForm:
    return LogForm(request.GET, years=LOG.years(None), facets=LOG.facets)


def _found(form: LogForm) -> Any:
    found = form.narrowed(LOG.of_year(public_log.rows(), form.year()))
    return public_log.searched(found, form.cleaned_data["q"])


@may_be_kept
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """`/ppid/catatan/`: the newest first."""
    form, words = _form(request), request.GET.get("m", "")
    try:
        mark = pages.Mark.parse(words) if words else None
    except ValueError:
        return render(request, "information/openness/log.html", {"form": form, "bad_place": True}, status=422)
    if not form.is_valid():
        return render(request, "information/openness/log.html", {"form": form}, status=422)
    page = pages.page_of(LOG, _found(form), mark)
    context = {
        "form": form,
        "page": page,
        "entries": public_log.shown(page.rows),
        "query": form.query(),
        "newer_url": f"?{form.query(m=str(page.newer))}" if page.newer else "",
        "older_url": f"?{form.query(m=str(page.older))}" if page.older else "",
    }
    return render(request, "information/openness/log.html", context)


@open_data(cost=FILE_COST)
def log_csv(request: HttpRequest) -> HttpResponseBase:
    """`/ppid/catatan/data.csv`: the same rows, oldest first."""
    form = _form(request)
    if not form.is_valid():
        return HttpResponse(
            _("Saringan ini tidak dikenal."), status=422, content_type="text/plain; charset=utf-8"
        )
    rows = pages.oldest_first(LOG, _found(form))[:MOST_LINES]
    lines = ([column.of(row) for column in LOG.columns] for row in rows.iterator(chunk_size=500))
    return csv_download(
        request, csv_text([str(column.label) for column in LOG.columns], lines), filename="catatan-ppid.csv"
    )


@may_be_kept
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`/ppid/angka/`: the figures of a year, this year's first."""
    this = clock.local_date(clock.now()).year
    years = sorted({this, *counted.years()}, reverse=True)
    asked = request.GET.get("tahun", "") or str(this)
    if asked not in {str(year) for year in years}:
        raise Http404
    told = counted.of_year(int(asked), get_language() or "id")
    return render(request, "information/openness/figures.html", {"told": told, "years": years})
