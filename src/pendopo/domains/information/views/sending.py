"""Checking the answers, sending them once, and the page with the number."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.cases import clocks
from pendopo.domains.information import asking, own_reading, proof, receipts
from pendopo.domains.information.actions import drafts, intake
from pendopo.domains.information.forms.asking import NEEDED, Who
from pendopo.domains.information.models import Access, Form, InformationRequest, RequestDraft, SendWay
from pendopo.domains.information.spans import span
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

SENT_PER_NETWORK = 20  # an hour; a village hall's Wi-Fi or one operator's exit may carry many people
SENT_WINDOW = dt.timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step 4: everything on one page, then send."""
    draft = drafts.find_draft(asking.draft_id(request))
    if draft is not None and draft.request is not None:
        return _sent(request, draft.request)
    missing = asking.STEPS[0] if draft is None else asking.judge_again(draft)
    if draft is None or missing is not None:
        return redirect(missing.url_name if missing else "information:ask")
    return _send(request, draft) if request.method == "POST" else _summary(request, draft)


@never_cache
@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """`/ppid/minta/buang/`: forget what was typed and every document at once."""
    draft = drafts.find_draft(asking.draft_id(request))
    if draft is not None and draft.request is None:
        drafts.throw_away(draft=draft, now=clock.now())
    response = redirect("information:ask")
    response.delete_cookie(asking.COOKIE, samesite="Lax")
    return response


def _send(request: HttpRequest, draft: RequestDraft) -> HttpResponse:
    now = clock.now()
    verdict = limits.judge(
        f"ppid-minta:{visitor_network(request)}", limit=SENT_PER_NETWORK, window=SENT_WINDOW, now=now
    )
    if not verdict:
        return _too_many(request, draft, verdict, now)
    try:
        made = intake.receive(draft=draft, new=asking.new_request(draft), by=request.user, now=now)
    except Refused as no:
        return _summary(request, draft, problem=str(no), status=422)
    receipts.quietly("request", made.pk, now=now)
    return _sent(request, made)


def _sent(request: HttpRequest, made: InformationRequest) -> HttpResponse:
    response = redirect("information:sent", code=made.code)
    proof.grant(request, response, made, now=clock.now())
    return response


def _too_many(
    request: HttpRequest, draft: RequestDraft, verdict: limits.Verdict, now: dt.datetime
) -> HttpResponse:
    words = _("Terlalu banyak permohonan dikirim dari jaringan Anda. Draf Anda tersimpan.")
    response = _summary(request, draft, problem=f"{words} {limits.try_again(verdict, now=now)}", status=429)
    response["Retry-After"] = str(max(1, int((verdict.again_at - now).total_seconds())))
    return response


def _summary(
    request: HttpRequest, draft: RequestDraft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "rows": _rows(draft),
        "problem": problem,
        "number": asking.TOTAL,
        "total": asking.TOTAL,
        "only_phone": not draft.answers.get("email"),
    }
    return render(request, "information/asking/check.html", context, status=status)


def _rows(draft: RequestDraft) -> list[tuple[str, str, str]]:
    answers, who = draft.answers, asking.who_of(draft)
    what, how, whom = (reverse(step.url_name) for step in asking.STEPS)
    way = [str(Access(answers["access"]).label)]
    if answers["access"] == Access.COPY:
        way += [str(Form(answers["form"]).label), str(SendWay(answers["send_way"]).label)]
    person = [answers["name"], answers.get("occupation", ""), answers["address"]]
    reach = [answers.get("email", ""), answers.get("phone", "")]
    kinds = {row.kind: row.get_kind_display() for row in draft.proofs.all() if row.sealed_file}
    papers = [str(kinds[kind]) for kind in NEEDED[who] if kind in kinds]
    rows = [
        (_("Yang diminta"), answers["details"], what),
        (_("Tujuan"), answers["purpose"], how),
        (_("Cara"), ", ".join(way).capitalize(), how),
        (_("Atas nama"), str(Who(who).label), how),
        (_("Pemohon"), "\n".join(filter(None, person)), whom),
        (_("Kontak"), "\n".join(filter(None, reach)), whom),
        (_("Bukti identitas (terkunci)"), "\n".join(papers), whom),
    ]
    if answers.get("proxy_for") and who in (Who.GROUP, Who.PROXY):
        rows.insert(5, (_("Pemberi kuasa"), answers["proxy_for"], whom))
    return rows


@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """`/ppid/minta/terkirim/<code>/`: the number, the dates, the receipt, and what happens next."""
    now = clock.now()
    mine = get_object_or_404(proof.own_requests(request, now=now).select_related("contact"), code=code)
    today, running = clock.local_date(now), clocks.running_clocks(mine)
    context: dict[str, Any] = {
        "mine": mine,
        "countdown": own_reading.countdown(running, today=today),
        "explanations": own_reading.explanations(mine, running, today=today),
        "papers": own_reading.papers(receipts.REQUEST, mine, now=now),
        "has_email": bool(mine.contact.email),
        "extension_time": span(InformationRequest.KIND, "extend", on=today),
    }
    return render(request, "information/asking/sent.html", context)
