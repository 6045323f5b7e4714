"""Writing a report in five steps. Each answer is a POST that ends in a redirect; the draft is on the server."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.domains.reports import geo, photos, wizard
from pendopo.domains.reports.actions import drafts
from pendopo.domains.reports.models import Draft
from pendopo.domains.reports.wizard import Step
from pendopo.kernel import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Step 1: what, with photos."""
    return _step(request, wizard.BY_KEY["new"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Step 2: where."""
    return _step(request, wizard.BY_KEY["place"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest) -> HttpResponse:
    """Step 3: the words, and who may know."""
    return _step(request, wizard.BY_KEY["story"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Step 4: how to reach the reporter."""
    return _step(request, wizard.BY_KEY["contact"])


def _step(request: HttpRequest, step: Step) -> HttpResponse:
    now = clock.now()
    draft = drafts.open_draft(wizard.draft_id(request), now=now)
    if request.method == "POST":
        return _answer(request, step, draft, now)
    earlier = wizard.first_open(draft)
    if earlier is not None and wizard.number_of(earlier) < wizard.number_of(step):
        return redirect(earlier.url_name)
    return _page(request, step, draft, step.form(initial=wizard.initial_of(step, draft, request.user)))


def _answer(request: HttpRequest, step: Step, draft: Draft, now: dt.datetime) -> HttpResponse:
    form = step.form(data=request.POST, files=request.FILES)
    valid = form.is_valid()
    known = not draft._state.adding
    drafts.keep_answers(draft=draft, answers=wizard.answers_of(step, form, valid=valid, draft=draft), now=now)
    if step.key == "new" and (wrong := _keep_photos(request, draft, now)):
        valid = False
        for words in wrong:
            form.add_error("photos", words)
    dropped = step.key == "new" and _drop_photo(request, draft)
    if dropped or ("stay" in request.POST and not form.errors.get("photos")):
        response: HttpResponse = HttpResponseRedirect(request.path)
    elif not valid:
        response = _page(request, step, draft, form, status=422)
    else:
        response = _next(request, step, draft, known=known)
    wizard.remember_draft(request, response, draft)
    return response


def _keep_photos(request: HttpRequest, draft: Draft, now: dt.datetime) -> list[str]:
    """Store the uploads of this request; sentences for those that were refused."""
    uploads = request.FILES.getlist("photos")
    room = drafts.MAX_PHOTOS - draft.photos.count()
    kept, wrong = photos.store_all(uploads[:room], by=request.user, now=now)
    for file in kept:
        drafts.keep_photo(draft=draft, file=file, now=now)
    if len(uploads) > room:
        words = _("Paling banyak %(n)s foto. Yang lain tidak disimpan.")
        wrong.append(words % {"n": drafts.MAX_PHOTOS})
    return wrong


def _drop_photo(request: HttpRequest, draft: Draft) -> bool:
    """Take a photo out of the draft when its cross was pressed."""
    number = request.POST.get("drop", "")[:18]
    if number.isdecimal():
        drafts.drop_photo(draft=draft, photo_id=int(number))
    return number.isdecimal()


def _next(request: HttpRequest, step: Step, draft: Draft, *, known: bool) -> HttpResponse:
    """To the first open step. Whoever comes with a lost draft is told that nothing of this page was lost."""
    following = wizard.first_open(draft)
    if following is not None and wizard.number_of(following) < wizard.number_of(step) and not known:
        messages.warning(
            request,
            _("Draf sebelumnya sudah tidak ada. Yang baru Anda isi kami simpan; lengkapi langkah yang lain."),
        )
    return redirect(following.url_name if following else "reports:check")


def _page(
    request: HttpRequest, step: Step, draft: Draft, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "number": wizard.number_of(step),
        "total": wizard.TOTAL,
        "draft": draft,
        "back": wizard.STEPS[wizard.number_of(step) - 2] if wizard.number_of(step) > 1 else None,
        "finished": wizard.first_open(draft) is None,
    }
    if step.key == "new":
        context["photos"] = [] if draft._state.adding else photos.shown(draft.photos.select_related("file"))
    if step.key == "place":
        context["place_words"] = geo.words_at(draft.answers.get("latitude"), draft.answers.get("longitude"))
    return render(request, f"reports/step_{step.key}.html", context, status=status)
