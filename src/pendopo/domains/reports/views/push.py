"""Kabari saya di ponsel ini: a browser subscribes to news about one own report, and leaves again."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.notices import push
from pendopo.domains.reports import proof
from pendopo.domains.reports.actions import phones
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock, ids

PER_NETWORK = 30
WINDOW = dt.timedelta(hours=1)


@never_cache
@require_POST
def subscribe(request: HttpRequest, code: str) -> HttpResponse:
    """`subscription`: what the browser's push service gave, as JSON. Answers JSON; only scripts can subscribe."""
    now, report = clock.now(), _own(request, code)
    if not limits.hit(f"kabari:{visitor_network(request)}", limit=PER_NETWORK, window=WINDOW, now=now):
        return JsonResponse({"said": _("Terlalu sering. Coba lagi satu jam lagi.")}, status=429)
    try:
        given = push.read(request.POST.get("subscription", ""))
    except push.SubscriptionRefused:
        return JsonResponse({"said": _("Peramban ini tidak dapat dikabari.")}, status=422)
    phones.tell_this_phone(
        report_id=report.pk, given=given, language="en" if (get_language() or "id").startswith("en") else "id",
        holding=proof.holding(request, now=now), by=request.user, now=now,
    )  # fmt: skip
    return JsonResponse({"said": _("Ponsel ini akan dikabari tentang laporan ini.")}, status=201)


@never_cache
@require_POST
def unsubscribe(request: HttpRequest, code: str) -> HttpResponse:
    """By script for this browser, by the plain button for every phone."""
    now, report = clock.now(), _own(request, code)
    phones.leave_this_phone(
        report_id=report.pk, endpoint=request.POST.get("endpoint", "")[:1500].replace("\x00", ""),
        holding=proof.holding(request, now=now), by=request.user, now=now,
    )  # fmt: skip
    said = _("Tidak ada lagi kabar ke ponsel tentang laporan ini.")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect("reports:follow-own", code=report.code)


def _own(request: HttpRequest, code: str) -> Report:
    now = clock.now()
    mine = proof.only_own(
        Report.objects.visible_to(request.user, holding=proof.holding(request, now=now)), request, now=now
    )
    report: Report | None = mine.filter(code=ids.normalize_code(code) or "").first()
    if report is None:
        raise Http404
    return report
