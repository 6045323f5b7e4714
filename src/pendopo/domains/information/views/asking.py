"""Asking in four short steps. Each answer is a POST that ends in a redirect; the draft is on the server."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.information import asking, suggesting
from pendopo.domains.information.actions import drafts
from pendopo.domains.information.asking import HOW, WHAT, WHO, Step
from pendopo.domains.information.forms.asking import FILES, NEEDED
from pendopo.domains.information.models import InformationRequest, RequestDraft
from pendopo.domains.information.spans import span
from pendopo.kernel import clock

LOOKS, LOOKS_WINDOW = 240, dt.timedelta(minutes=10)  # of suggestions, of one network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Step 1: what they want to know. `?kata=` brings the words of a search."""
    return _step(request, WHAT)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def how(request: HttpRequest) -> HttpResponse:
    """Step 2: is it there already? Else what for, in which form, and in whose name."""
    return _step(request, HOW)


@never_cache
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Step 3: who asks, with the documents that prove it."""
    return _step(request, WHO)


@never_cache
@require_POST
def available(request: HttpRequest) -> HttpResponse:
    """`/ppid/minta/tersedia/`: a part of the page while somebody types. POST, so that no log keeps the words."""
    allowed = limits.hit(
        f"ppid-saran:{visitor_network(request)}", limit=LOOKS, window=LOOKS_WINDOW, now=clock.now()
    )
    found = suggesting.suggestions(request.POST.get("details", "")) if allowed else []
    return render(request, "information/asking/parts/found.html", {"found": found, "live": True})


@never_cache
@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """ "Ini yang saya cari": a happy end without a request, counted without a name."""
    where, _colon, key = request.POST.get("one", "")[:30].partition(":")
    one = suggesting.chosen(where, key)
    if one is None:
        return redirect("information:ask")
    now = clock.now()
    if limits.hit(f"ppid-ketemu:{visitor_network(request)}", limit=20, window=dt.timedelta(hours=1), now=now):
        drafts.count_found(where=one.where, now=now)
    return render(request, "information/asking/found.html", {"one": one})


def _step(request: HttpRequest, step: Step) -> HttpResponse:
    now = clock.now()
    draft = drafts.open_draft(asking.draft_id(request), now=now)
    earlier = asking.first_open(draft)
    too_early = earlier is not None and asking.number_of(earlier) < asking.number_of(step)
    if request.method == "POST":
        return _answer(request, step, draft, now)
    if too_early and earlier is not None:
        return redirect(earlier.url_name)
    initial = asking.initial_of(step, draft, request.user)
    if step == WHAT and "details" not in initial:
        initial["details"] = request.GET.get("kata", "")[:200].replace("\x00", "")
    return _page(request, step, draft, asking.form_of(step, draft, initial=initial))


def _answer(request: HttpRequest, step: Step, draft: RequestDraft, now: dt.datetime) -> HttpResponse:
    form = asking.form_of(step, draft, data=request.POST, files=request.FILES)
    valid, known = form.is_valid(), not draft._state.adding
    drafts.keep_answers(draft=draft, answers=asking.answers_of(step, form, valid=valid, draft=draft), now=now)
    if step == WHO:
        _seal(request, draft, form, now)
    if valid:
        response = _next(request, step, draft, known=known)
    else:
        if step == WHO:
            form = _again(form, draft, request)
        response = _page(request, step, draft, form, status=422)
    asking.remember_draft(request, response, draft)
    return response


def _seal(request: HttpRequest, draft: RequestDraft, form: forms.Form, now: dt.datetime) -> None:
    """Keep each document and number that is right, also when another field is wrong: nothing is chosen twice."""
    by = request.user if request.user.is_authenticated else None
    given = form.cleaned_data
    for kind, name in FILES.items():
        if files := given.get(name):
            several = files if isinstance(files, list) else [files]
            drafts.keep_files(draft=draft, kind=kind, files=several, by=by, now=now)
    if number := given.get("number"):
        drafts.keep_number(draft=draft, kind=NEEDED[asking.who_of(draft)][0], number=number)


def _again(form: forms.Form, draft: RequestDraft, request: HttpRequest) -> forms.Form:
    """The same form with its errors, told what is kept by now. The number is not sent back to the browser."""
    shown = asking.form_of(WHO, draft, data=request.POST)
    shown._errors = form.errors  # type: ignore[attr-defined]  # Django's own place for them
    shown.cleaned_data = form.cleaned_data
    return shown


def _next(request: HttpRequest, step: Step, draft: RequestDraft, *, known: bool) -> HttpResponse:
    """To the first open step. Whoever comes with a lost draft is told that nothing of this page was lost."""
    following = asking.first_open(draft)
    if following is not None and asking.number_of(following) < asking.number_of(step) and not known:
        messages.warning(
            request,
            _("Draf sebelumnya sudah tidak ada. Yang baru Anda isi kami simpan; lengkapi langkah yang lain."),
        )
    return redirect(following.url_name if following else "information:ask-check")


def _page(
    request: HttpRequest, step: Step, draft: RequestDraft, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    number = asking.number_of(step)
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "number": number,
        "total": asking.TOTAL,
        "back": asking.STEPS[number - 2] if number > 1 else None,
        "finished": asking.first_open(draft) is None,
    }
    if step == WHAT:
        context["answer_time"] = span(InformationRequest.KIND, "answer", on=clock.local_date(clock.now()))
    if step in (WHAT, HOW):
        typed = draft.answers.get("details") or form.initial.get("details", "")
        context["found"] = suggesting.suggestions(typed) if typed else []
    return render(request, f"information/asking/step_{number}.html", context, status=status)
