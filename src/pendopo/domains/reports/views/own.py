"""The reporter's own view of a report, and what a reporter can do there."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.cases import clocks
from pendopo.base.cases.models import EVIDENCE, MessageKind
from pendopo.base.notices import push
from pendopo.domains.reports import geo, photos, phrases, proof, reading, task_reading, telling
from pendopo.domains.reports.actions import closing, merging
from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.forms.following import RatingForm, ReopenForm, ReplyForm
from pendopo.domains.reports.models import CLOSED, Report, Status
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition


@never_cache
@require_safe
def follow_own(request: HttpRequest, code: str) -> HttpResponse:
    """`/lacak/<code>/`: where my report is, what was said, and what I can do now."""
    report = _find(request, code)
    if report is None:  # the same answer for a code that does not exist
        return redirect(f"{reverse('reports:follow')}?{urlencode({'kode': code[:20]})}")
    return _page(request, report)


@never_cache
@require_POST
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the office's question, with photos."""
    report, form = _find_or_404(request, code), ReplyForm(data=request.POST, files=request.FILES)
    kept: list[Any] = []
    if form.is_valid():
        kept, wrong = photos.store_all(
            request.FILES.getlist("photos")[:MAX_PHOTOS], by=request.user, now=clock.now()
        )
        for words in wrong:
            form.add_error("photos", words)

    def act(now: dt.datetime, **who: Any) -> Report:
        return closing.reply(report_id=report.pk, body=form.cleaned_data["body"], files=kept, now=now, **who)

    return _do(request, report, form, "reply_form", act, _("Jawaban Anda terkirim ke petugas."))


@never_cache
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """It is done. May rate in the same breath."""
    report, form = _find_or_404(request, code), RatingForm(data=request.POST)

    def act(now: dt.datetime, **who: Any) -> Report:
        return closing.confirm(report_id=report.pk, now=now, **form.cleaned_data, **who)

    return _do(
        request, report, form, "rating_form", act, _("Terima kasih. Laporan ditutup atas pernyataan Anda.")
    )


@never_cache
@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Stars for a closed report."""
    report, form = _find_or_404(request, code), RatingForm(data=request.POST, stars_required=True)

    def act(now: dt.datetime, **who: Any) -> Report:
        return closing.rate(report_id=report.pk, now=now, **form.cleaned_data, **who)

    return _do(request, report, form, "rating_form", act, _("Terima kasih atas penilaian Anda."))


@never_cache
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Not done yet."""
    report, form = _find_or_404(request, code), ReopenForm(data=request.POST)

    reopen_it = merging.object_to_closing if report.status == Status.MERGED else closing.reopen

    def act(now: dt.datetime, **who: Any) -> Report:
        today = clock.local_date(now)
        return reopen_it(report_id=report.pk, reason=form.cleaned_data["reason"], today=today, now=now, **who)

    return _do(request, report, form, "reopen_form", act, _("Laporan dibuka lagi. Kantor sudah diberi tahu."))


def _do(
    request: HttpRequest,
    report: Report,
    form: forms.Form,
    name: str,
    act: Callable[..., Report],
    done: str,
) -> HttpResponse:
    """Run one action for the reporter; a refusal stands beside the form, with everything typed still there."""
    now = clock.now()
    if form.is_valid():
        try:
            act(now, holding=proof.holding(request, now=now), by=request.user)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        except RefusedTransition:
            form.add_error(None, _("Keadaan laporan sudah berubah. Muat ulang halaman ini."))
        except (NotAllowed, Report.DoesNotExist):
            raise Http404 from None
        else:
            messages.success(request, done)
            return redirect("reports:follow-own", code=report.code)
    return _page(request, report, status=422, **{name: form})


def _find(request: HttpRequest, code: str) -> Report | None:
    now = clock.now()
    mine = proof.only_own(
        Report.objects.visible_to(request.user, holding=proof.holding(request, now=now)), request, now=now
    )
    known = ids.normalize_code(code) or ""
    joined = mine.select_related("office", "category", "region__parent", "contact", "merged_into__office")
    return joined.filter(code=known).first()


def _find_or_404(request: HttpRequest, code: str) -> Report:
    report = _find(request, code)
    if report is None:
        raise Http404
    return report


def _page(request: HttpRequest, report: Report, *, status: int = 200, **given: forms.Form) -> HttpResponse:
    today = clock.local_date(clock.now())
    running = clocks.running_clocks(report)
    context = {
        "report": report,
        "said": phrases.said(report),
        "status_words": phrases.WORDS[Status(report.status)],
        "tone": phrases.tone_of(report.status),
        "countdown": reading.countdown(report, running, today=today),
        "explanations": reading.explanations(running, today=today),
        "timeline": reading.own_timeline(report),
        "photos": photos.shown(_own_photos(report)),
        "joined": _joined(report),
        "together": task_reading.together(report),
        "place": geo.villages().get(report.region_id, report.region.name),
        "link": telling.follow_link(report),
        "push_key": push.public_key() if report.status not in CLOSED else "",
        "told_phones": report.pushes.count(),
        "form": next(iter(given.values()), None),
        **_what_can_be_done(report, running, today),
        **given,
    }
    return render(request, "reports/own.html", context, status=status)


def _own_photos(report: Report) -> Any:
    """What the reporter sent; an office's evidence is shown once a second person has checked it."""
    sent = report.attachments.filter(message=None).exclude(role__in=EVIDENCE)
    return sent.select_related("file")


def _what_can_be_done(report: Report, running: list[Any], today: dt.date) -> dict[str, Any]:
    """The forms that fit the report's state, and what they need to say."""
    waiting = report.status == Status.ANSWERED
    asked = report.status == Status.AWAITING_INFO
    until = next((c.due_on for c in sorted(running, key=_started, reverse=True) if c.step == "reply"), None)
    parent = report.merged_into if report.status == Status.MERGED else None
    if parent is not None:
        until = merging.object_until(parent)
    may_reopen = (parent is not None or report.status in {Status.ANSWERED, *CLOSED}) and (
        until is not None and today <= until
    )
    rated = report.ratings.filter(round=report.reopened_count).exists() if report.status in CLOSED else False
    return {
        "waiting": waiting,
        "until": until,
        "question": report.messages.filter(kind=MessageKind.QUESTION).last() if asked else None,
        "reply_form": ReplyForm() if asked else None,
        "closed_for_me": report.status in {Status.CLOSED_BY_OFFICER, Status.CLOSED_BY_SYSTEM},
        "rating_form": RatingForm(stars_required=not waiting)
        if waiting or (report.status in CLOSED and not rated)
        else None,
        "reopen_form": ReopenForm() if may_reopen else None,
    }


def _joined(report: Report) -> dict[str, Any] | None:
    """What became of the report this one was merged into: its state, and its public story while it has one.

    Without its number: that belongs to its own reporter (decision 0007).
    """
    parent = report.merged_into if report.status == Status.MERGED else None
    if parent is None:
        return None
    public = not (parent.secret or parent.hidden)
    return {
        "status": phrases.WORDS[Status(parent.status)],
        "tone": phrases.tone_of(parent.status),
        "said": phrases.said_publicly(parent),
        "title": parent.title if public else "",
        "url": reverse("reports:detail", args=[parent.slug]) if public else "",
        "timeline": reading.public_timeline(parent) if public else [],
    }


def _started(running: Any) -> dt.datetime:
    started: dt.datetime = running.started_at
    return started
