"""The requester's own view of a request, and what a requester can do there."""

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
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.public import file_url
from pendopo.domains.information import own_reading, proof, receipts
from pendopo.domains.information.actions import completing, ending, opening
from pendopo.domains.information.forms.following import CompleteForm, MessageForm
from pendopo.domains.information.models import (
    REQUEST_UNDECIDED,
    AnswerFile,
    InformationRequest,
    RequestStatus,
)
from pendopo.domains.information.offers import offers_for
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """`/ppid/permohonan/<code>/`: where my request is, what was said, and what I can do now."""
    mine = _find(request, code)
    if mine is None:  # the same answer for a code that does not exist
        return redirect(f"{reverse('information:follow')}?{urlencode({'kode': code[:20]})}")
    return _page(request, mine)


@never_cache
@require_POST
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Give what is missing: words, a new proof, or both."""
    mine, form = find_or_404(request, code), CompleteForm(data=request.POST, files=request.FILES)

    def act(now: dt.datetime, **who: Any) -> InformationRequest:
        return completing.complete(
            request_id=mine.pk, body=form.cleaned_data["body"], file=form.cleaned_data["file"], now=now, **who
        )

    return _do(
        request, mine, form, "complete_form", act, _("Terima kasih. Permohonan Anda kami proses lagi.")
    )


@never_cache
@require_POST
def write(request: HttpRequest, code: str) -> HttpResponse:
    """A word to the office."""
    mine, form = find_or_404(request, code), MessageForm(data=request.POST)

    def act(now: dt.datetime, **who: Any) -> InformationRequest:
        return completing.write(request_id=mine.pk, body=form.cleaned_data["body"], now=now, **who)

    return _do(request, mine, form, "message_form", act, _("Pesan Anda terkirim."))


@never_cache
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """No longer needed."""
    mine, form = find_or_404(request, code), forms.Form(data=request.POST)

    def act(now: dt.datetime, **who: Any) -> InformationRequest:
        return ending.withdraw(request_id=mine.pk, now=now, **who)

    return _do(request, mine, form, "withdraw_form", act, _("Permohonan Anda dicabut."))


@never_cache
@require_safe
def answer_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """`…/berkas/<n>/`: a file of the answer, for its holder; counted."""
    mine = find_or_404(request, code)
    try:
        file = opening.count_download(request_id=mine.pk, file_id=number, now=clock.now())
    except AnswerFile.DoesNotExist:
        raise Http404 from None
    return redirect(file_url(file))


def _do(
    request: HttpRequest,
    mine: InformationRequest,
    form: forms.Form,
    name: str,
    act: Callable[..., InformationRequest],
    done: str,
) -> HttpResponse:
    """Run one action for the requester; a refusal stands beside the form, with everything typed still there."""
    now = clock.now()
    if form.is_valid():
        try:
            act(now, holding=proof.holding(request, now=now), by=request.user)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        except (NotAllowed, RefusedTransition):
            form.add_error(None, _("Keadaan permohonan sudah berubah. Muat ulang halaman ini."))
        except InformationRequest.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, done)
            return redirect("information:own", code=mine.code)
    return _page(request, mine, status=422, **{name: form})


def _find(request: HttpRequest, code: str) -> InformationRequest | None:
    mine = proof.own_requests(request, now=clock.now()).select_related("office", "contact", "body")
    found: InformationRequest | None = mine.filter(code=ids.normalize_code(code) or "").first()
    return found


def find_or_404(request: HttpRequest, code: str) -> InformationRequest:
    mine = _find(request, code)
    if mine is None:
        raise Http404
    return mine


def _page(
    request: HttpRequest, mine: InformationRequest, *, status: int = 200, **given: forms.Form
) -> HttpResponse:
    now = clock.now()
    context = {
        **_told(mine, now),
        **_what_can_be_done(mine, today=clock.local_date(now)),
        "form": next(iter(given.values()), None),
        **given,
    }
    return render(request, "information/asking/own.html", context, status=status)


def _told(mine: InformationRequest, now: dt.datetime) -> dict[str, Any]:
    today, running = clock.local_date(now), clocks.running_clocks(mine)
    answers = mine.decisions.prefetch_related("grounds__ground", "redacted_parts", "files__item")
    return {
        "mine": mine,
        "said": own_reading.said(mine),
        "tone": own_reading.tone_of(mine),
        "countdown": own_reading.countdown(running, today=today),
        "explanations": own_reading.explanations(mine, running, today=today),
        "timeline": own_reading.timeline(mine),
        "papers": own_reading.papers(receipts.REQUEST, mine, now=now),
        "decision": answers.first(),
        "proofs": mine.proofs.all(),
        "objections": mine.objections.all(),
    }


def _what_can_be_done(mine: InformationRequest, *, today: dt.date) -> dict[str, Any]:
    """The forms that fit the request's state, and the grounds that are true today."""
    incomplete = mine.status == RequestStatus.INCOMPLETE
    return {
        "offers": [offer for offer in offers_for(mine, today=today) if offer.open],
        "question": mine.messages.filter(kind=MessageKind.QUESTION).last() if incomplete else None,
        "complete_form": CompleteForm() if incomplete else None,
        "message_form": MessageForm() if mine.closed_at is None and not incomplete else None,
        "may_withdraw": mine.status in REQUEST_UNDECIDED,
    }
