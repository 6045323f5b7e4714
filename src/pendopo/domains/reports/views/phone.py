"""Reports written on a phone without a network: the page that works offline, and the door of its queue."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.files.models import File
from pendopo.domains.reports import photos, proof, wizard
from pendopo.domains.reports.actions import drafts, phone
from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.models import Draft, PhonePolicy, Report
from pendopo.domains.reports.phone_words import words_for_reports
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

WINDOW = dt.timedelta(hours=1)
STEPS = ("new", "place", "story", "contact")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """`/lapor/luring/`: the whole form on one page, nothing of one person in it, kept by the service worker."""
    forms_by_step = {key: wizard.BY_KEY[key].form() for key in STEPS}
    # No messages: they are for a person, and this page stays on the phone.
    context = {"messages": [], "forms": forms_by_step, "words": words_for_reports(), "most": MAX_PHOTOS}
    response = render(request, "reports/offline.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_safe
def key(request: HttpRequest) -> JsonResponse:
    """`/lapor/antrean/kunci/`: the proof against forged forms. A kept page has none, or an old one."""
    return JsonResponse({"token": get_token(request)})


@never_cache
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """`/lapor/antrean/`: one queued report. The same Idempotency-Key always answers with the same report."""
    now = clock.now()
    name = read_key(request)
    if name is None:
        return refused(
            {"__all__": [_("Laporan ini tidak membawa kunci. Buka lagi halamannya, lalu kirim.")]}, 400
        )
    sent = drafts.find_draft(name)
    if sent is not None and sent.report is not None:
        return _receipt(request, sent.report, status=200)
    draft, wrong, choices = _judged(request)
    if wrong:
        return refused(wrong, 422, choices=choices)
    if (busy := _too_many(request, now)) is not None:
        return busy
    kept, unread = photos.store_all(request.FILES.getlist("photos")[:MAX_PHOTOS], by=request.user, now=now)
    if unread:
        return refused({"photos": unread}, 422)
    try:
        report = phone.receive(key=name, new=_new(draft, kept), by=request.user, now=now)
    except Refused as no:
        return refused({no.field or "__all__": [str(no)]}, 422)
    return _receipt(request, report, status=201)


def read_key(request: HttpRequest) -> uuid.UUID | None:
    """The random UUID of the Idempotency-Key header; None when it is missing or something else."""
    try:
        found = uuid.UUID(request.headers.get("Idempotency-Key", "")[:60].strip(' "'))
    except ValueError:
        return None
    return found if found.version == 4 else None


def refused(errors: dict[str, Any], status: int, **more: Any) -> JsonResponse:
    """Sentences by field; "__all__" for those that belong to no field."""
    return JsonResponse({"errors": errors, **more}, status=status)


def _judged(request: HttpRequest) -> tuple[Draft, dict[str, list[str]], dict[str, Any]]:
    """The answers of all steps by the rules of the online form: an unsaved draft, sentences, open choices."""
    draft = Draft()
    wrong: dict[str, list[str]] = {}
    choices: dict[str, Any] = {}
    for name in STEPS:
        step = wizard.BY_KEY[name]
        form = step.form(data=request.POST, files=request.FILES)
        valid = form.is_valid()
        draft.answers = {**draft.answers, **wizard.answers_of(step, form, valid=valid, draft=draft)}
        wrong |= {field: [str(line) for line in lines] for field, lines in form.errors.items()}
        choices |= _open_choices(form)
    return draft, wrong, choices


def _open_choices(form: forms.Form) -> dict[str, Any]:
    """Where point and kelurahan disagree: why, and between what the citizen decides."""
    if not getattr(form, "doubt", ""):
        return {}
    options = [[value, str(label)] for value, label in form.fields["decision"].choices]  # type: ignore[attr-defined]
    return {"decision": {"why": form.doubt_words, "options": options}}  # type: ignore[attr-defined]


def _new(draft: Draft, kept: list[File]) -> NewReport:
    return dataclasses.replace(wizard.new_report(draft), photos=tuple(kept))


def _too_many(request: HttpRequest, now: dt.datetime) -> HttpResponse | None:
    """A village without signal sends everything at once when the network is back, so more than online."""
    limit = PhonePolicy.now().reports_per_hour
    verdict = limits.judge(f"antrean:{visitor_network(request)}", limit=limit, window=WINDOW, now=now)
    if verdict:
        return None
    response = refused({"__all__": [limits.try_again(verdict, now=now)]}, 429)
    response["Retry-After"] = str(max(1, int((verdict.again_at - now).total_seconds())))
    return response


def _receipt(request: HttpRequest, report: Report, *, status: int) -> JsonResponse:
    response = JsonResponse(
        {"code": report.code, "url": reverse("reports:follow-own", args=[report.code])}, status=status
    )
    proof.grant(request, response, report.pk, now=clock.now())
    return response
