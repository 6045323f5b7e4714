"""`/data-saya/`: what we know about a person, a copy of it, erasing it, and who looked."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.models import User
from pendopo.base.audit import looks
from pendopo.base.privacy import actions, copies, letters, proof
from pendopo.base.privacy.forms import AskForm, EmailForm
from pendopo.base.privacy.models import DataRequest, Status
from pendopo.base.registries.personal import Subject, case_finders, holders, proof_sources
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.states import RefusedTransition


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What we hold, and what this visitor may do with it."""
    return _page(request)


@never_cache
@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """The copy, at once: the law gives us days, a computer needs none."""
    now = clock.now()
    subject = proof.subject_of(request, now=now)
    if not subject:
        raise Http404
    verdict = proof.may_copy(request, now=now)
    if not verdict:
        return _too_often(request, EmailForm(), verdict, now)
    actions.note_copy(subject=subject, by=_person(request), now=now)
    answer = FileResponse(copies.write(subject, now=now), as_attachment=True, filename="data-saya.zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@sensitive_post_parameters("email")
@require_POST
def ask_letter(request: HttpRequest) -> HttpResponse:
    """Send a link to an address. The page says the same whether we know the address or not."""
    now, form = clock.now(), EmailForm(data=request.POST)
    if not form.is_valid():
        return _page(request, status=422, email_form=form)
    email = form.cleaned_data["email"]
    verdict = proof.may_send_letter(request, email, now=now)
    if not verdict:
        return _too_often(request, form, verdict, now)
    letters.send_proof(email=email, language=get_language() or "id", now=now)
    messages.success(
        request, _("Kami mengirim surat ke alamat itu. Buka tautannya di sini dalam setengah jam.")
    )
    return redirect("privacy:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter. A button proves: mail programs open links by themselves."""
    email = proof.email_of(token)
    if email is None:
        return render(request, "privacy/link_gone.html", status=404)
    if request.method != "POST":
        return render(request, "privacy/prove.html", {"email": email})
    answer = redirect("privacy:mine")
    proof.grant(request, answer, email)
    return answer


@never_cache
@require_POST
def forget_proof(request: HttpRequest) -> HttpResponse:
    """This browser is not only mine."""
    answer = redirect("privacy:mine")
    proof.forget(answer)
    return answer


@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be erased; a person decides."""
    now, form = clock.now(), AskForm(data=request.POST)
    subject = proof.subject_of(request, now=now)
    if not subject:
        raise Http404
    if not form.is_valid():
        return _page(request, status=422, ask_form=form)
    made = actions.ask_erasure(
        subject=subject, words=form.cleaned_data["words"], wish=form.cleaned_data["wish"],
        language=get_language() or "id", by=_person(request), now=now,
    )  # fmt: skip
    messages.success(request, _("Permintaan Anda tercatat dengan nomor %(code)s.") % {"code": made.code})
    return redirect("privacy:mine")


@never_cache
@require_POST
def withdraw(request: HttpRequest, request_code: str) -> HttpResponse:
    """The person changes their mind."""
    now = clock.now()
    try:
        actions.withdraw(code=request_code, subject=proof.subject_of(request, now=now), now=now)
    except (DataRequest.DoesNotExist, RefusedTransition, Refused):
        raise Http404 from None
    messages.success(request, _("Permintaan dibatalkan. Data Anda tidak diubah."))
    return redirect("privacy:mine")


def _too_often(
    request: HttpRequest, form: EmailForm, verdict: limits.Verdict, now: dt.datetime
) -> HttpResponse:
    if form.is_bound:
        form.add_error(None, limits.try_again(verdict, now=now))
    else:
        messages.error(request, limits.try_again(verdict, now=now))
    response = _page(request, status=429, email_form=form)
    response["Retry-After"] = str(max(1, int((verdict.again_at - now).total_seconds())))
    return response


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = clock.now()
    subject = proof.subject_of(request, now=now)
    requests = list(DataRequest.objects.of(subject)[:10])
    context = {
        "subject": subject,
        "proved": proof.proved_email(request),
        "holders": list(holders),
        "sources": list(proof_sources),
        "looks": _looks(subject),
        "requests": [(one, Status(one.status).label, _tone(one.status)) for one in requests],
        "waiting": any(one.status == Status.RECEIVED for one in requests),
        "email_form": EmailForm(),
        "ask_form": AskForm(),
        "form": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "privacy/mine.html", context, status=status)


def _looks(subject: Subject) -> list[looks.Look]:
    """Who looked at the contact data of this person's cases, newest first."""
    found = [
        look
        for finder in case_finders
        for look in looks.at_cases(finder.subject_kind, finder.own(subject), limit=100)
    ]
    return sorted(found, key=lambda look: look.at, reverse=True)[:100]


def _tone(status: str) -> str:
    return {
        Status.RECEIVED: "waiting",
        Status.DONE: "done",
        Status.PARTIAL: "moving",
    }.get(Status(status), "closed")


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
