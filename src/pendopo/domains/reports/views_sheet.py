"""The printed disposition sheet of a report and of a task."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pendopo.domains.reports import policy, sheet
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.views_tasks import find
from pendopo.kernel import clock
from pendopo.kernel.ids import normalize_code


@never_cache
@login_required
@require_GET
def report(request: HttpRequest, code: str) -> HttpResponse:
    """`/meja/laporan/lembar/<code>/`: for who has the report on the own desk; a secret one stays with its office."""
    joined = ("office", "handler", "category", "region__parent")
    found = (
        Report.objects.desk_of(request.user)
        .select_related(*joined)
        .filter(code=normalize_code(code) or "")
        .first()
    )
    if found is None:
        raise Http404
    now = clock.now()
    context = sheet.of_report(found, now=now)
    sheet.note_printing(found, by=request.user, now=now)  # type: ignore[arg-type]
    return _paper(request, context)


@never_cache
@login_required
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """`/meja/laporan/tugas/<pk>/lembar/`: for both offices of a task."""
    found, user = find(request, pk), request.user
    if not (policy.may_do_task(user, found) or policy.may_lead_task(user, found.case)):
        raise Http404
    now = clock.now()
    sheet.note_printing(found.case, task=found, by=user, now=now)  # type: ignore[arg-type]
    return _paper(request, sheet.of_task(found, now=now))


def _paper(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "reports/staff/sheet.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
