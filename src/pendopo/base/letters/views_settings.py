"""The page of signing: what the seal is, whether BSrE answers, and which way is offered first."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.base.letters import papers
from pendopo.base.letters.actions import issuing, managing
from pendopo.base.letters.forms import IdentityForm, SignerForm
from pendopo.base.letters.kinds import LetterKind, SignedBy
from pendopo.base.letters.reading import default_signer
from pendopo.base.letters.signing import bsre_ready, certificates
from pendopo.base.letters.signing.ways import SigningFailed
from pendopo.base.letters.trying import bsre_says
from pendopo.base.letters.views_templates import manager
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

_SAMPLE = LetterKind(
    "letters.trial", "Uji segel", {}, "Uji segel elektronik", "Lembar ini hanya untuk menguji segel.", "uji",
    signed_by=SignedBy.SEAL,
)  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """State of the certificate and of BSrE, and the way offered first."""
    user, now = manager(request), clock.now()
    form = SignerForm(request.POST or None, initial={"signer": default_signer(now=now)})
    if form.is_bound and form.is_valid():
        try:
            managing.choose_signer(signer=form.cleaned_data["signer"], by=user, now=now)
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("letters:signers")
    return _page(request, form=form)


@require_POST
@login_required
def try_seal(request: HttpRequest) -> HttpResponse:
    """A sealed sample sheet to be opened in a PDF reader."""
    user, now = manager(request), clock.now()
    office = Organization.objects.visible_to(user).filter(is_intake=True).first()
    if office is None:
        return _page(request, problem=_("Belum ada kantor penerima."))
    title, body = _SAMPLE.default_title, _SAMPLE.default_body
    paper = issuing.preview(kind=_SAMPLE, title=title, body=body, office=office, now=now)
    try:
        sealed = managing.try_seal(papers.pdf_of(paper), by=user, now=now)
    except SigningFailed as no:
        return _page(request, problem=str(no))
    headers = {"Content-Disposition": 'attachment; filename="uji-segel.pdf"'}
    return HttpResponse(sealed, content_type="application/pdf", headers=headers)


@sensitive_post_parameters("identity")
@require_POST
@login_required
def ask_bsre(request: HttpRequest) -> HttpResponse:
    """Whether BSrE answers, and whether a person's certificate can sign."""
    manager(request)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, identity_form=form)
    try:
        said = bsre_says(form.cleaned_data["identity"])
    except SigningFailed as no:
        form.add_error("identity" if no.field == "identity" else None, str(no))
        return _page(request, identity_form=form)
    return _page(request, bsre_answer=said)


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    """The page, also with a form that was refused or an answer to show."""
    manager(request)
    now = clock.now()
    seal, problem = None, more.pop("problem", "")
    try:
        seal = certificates.state()
    except certificates.Unusable as no:
        problem = problem or str(no)
    form, identity_form = more.get("form"), more.get("identity_form")
    context = {
        "seal": seal,
        "expired": seal is not None and seal.until <= now,
        "problem": problem,
        "bsre": bsre_ready(),
        "tsa": settings.TSA_URL,
        "signer_form": form or SignerForm(initial={"signer": default_signer(now=now)}),
        "identity_form": identity_form or IdentityForm(),
        "bsre_answer": more.get("bsre_answer"),
        "form": form or identity_form,
    }
    wrong = bool(problem and request.method == "POST") or bool(context["form"] and context["form"].errors)
    return render(request, "letters/signers.html", context, status=422 if wrong else 200)
