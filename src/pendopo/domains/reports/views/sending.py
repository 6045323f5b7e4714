"""Checking the answers, sending them once, and the receipt."""

import datetime as dt
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.cases import clocks
from pendopo.domains.reports import geo, photos, proof, reading, telling, wizard
from pendopo.domains.reports.actions import drafts, intake
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Draft, Report
from pendopo.domains.reports.views.alike import cards
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

SENT_PER_NETWORK = 20  # an hour; a village hall's Wi-Fi or one operator's exit may carry many people
SENT_WINDOW = dt.timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step 5: everything on one page, then send."""
    draft = drafts.find_draft(wizard.draft_id(request))
    if draft is not None and draft.report is not None:
        return _receipt(request, draft.report)
    missing = wizard.STEPS[0] if draft is None else wizard.judge_again(draft)
    if draft is None or missing is not None:
        return redirect(missing.url_name if missing else "reports:new")
    return _send(request, draft) if request.method == "POST" else _summary(request, draft)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = clock.now()
    verdict = limits.judge(
        f"lapor:{visitor_network(request)}", limit=SENT_PER_NETWORK, window=SENT_WINDOW, now=now
    )
    if not verdict:
        return _too_many(request, draft, verdict, now)
    try:
        report = intake.receive(
            draft=draft,
            new=wizard.new_report(draft),
            by=request.user,
            continues=request.POST.get("continues", "")[:12],
            now=now,
        )
    except Refused as no:
        return _summary(request, draft, problem=str(no), status=422)
    return _receipt(request, report)


def _receipt(request: HttpRequest, report: Report) -> HttpResponse:
    response = redirect("reports:sent", code=report.code)
    proof.grant(request, response, report.pk, now=clock.now())
    return response


def _too_many(request: HttpRequest, draft: Draft, verdict: limits.Verdict, now: dt.datetime) -> HttpResponse:
    words = _("Terlalu banyak laporan dikirim dari jaringan Anda. Draf Anda tersimpan.")
    response = _summary(request, draft, problem=f"{words} {limits.try_again(verdict, now=now)}", status=429)
    response["Retry-After"] = str(max(1, int((verdict.again_at - now).total_seconds())))
    return response


def _summary(request: HttpRequest, draft: Draft, *, problem: str = "", status: int = 200) -> HttpResponse:
    answers = draft.answers
    context = {
        "rows": _rows(answers),
        "photos": photos.shown(draft.photos.select_related("file")),
        "secret": answers.get("secret"),
        "reachable": bool(answers.get("email") or answers.get("phone") or request.user.is_authenticated),
        "problem": problem,
        "alike": cards(request, answers, now=clock.now()),
        "number": wizard.TOTAL,
        "total": wizard.TOTAL,
    }
    return render(request, "reports/check.html", context, status=status)


def _rows(answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    category = next((c for c in categories() if c.pk == answers["category"]), None)
    where = [answers.get("address"), geo.villages().get(answers["region"], "")]
    if answers.get("latitude") is not None:
        where.append(_("Titik lokasi disertakan"))
    reach = [answers.get("name"), answers.get("email"), answers.get("phone")]
    shown = (
        _("Rahasia: hanya kantor yang menangani")
        if answers.get("secret")
        else (_("Umum, nama disembunyikan") if answers.get("anonymous") else _("Umum, dengan nama"))
    )
    return [
        (_("Tentang"), category.label_in(get_language() or "id") if category else "", reverse("reports:new")),
        (_("Tempat"), "\n".join(filter(None, where)), reverse("reports:place")),
        (_("Cerita"), answers["text"], reverse("reports:story")),
        (_("Siapa yang boleh membaca"), shown, reverse("reports:story")),
        (_("Kontak"), "\n".join(filter(None, reach)) or _("Tidak diisi"), reverse("reports:contact")),
    ]


@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: the code, a QR of the signed link, and what happens next."""
    now = clock.now()
    mine = Report.objects.visible_to(request.user, holding=proof.holding(request, now=now))
    report = get_object_or_404(proof.only_own(mine, request, now=now).select_related("office"), code=code)
    link = telling.follow_link(report)
    context = {
        "report": report,
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(
            scale=5, border=2, omitsize=True, dark="#000", light="#fff"
        ),
        "countdown": reading.countdown(report, clocks.running_clocks(report), today=clock.local_date(now)),
        "reachable": bool(report.contact.email or report.contact.phone or report.reporter_id),
        "has_email": bool(report.contact.email),
    }
    return render(request, "reports/sent.html", context)
