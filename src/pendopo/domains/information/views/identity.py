"""PPID Utama looks at a proof of identity and says whether it holds. Every look says why and is written down."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.domains.information.actions import identity
from pendopo.domains.information.forms.identity import LookForm, VerdictForm
from pendopo.domains.information.models import IdentityProof
from pendopo.domains.information.policy import requests as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused


@never_cache
@login_required
@sensitive_variables("number", "context")
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """`/meja/ppid/identitas/<id>/`: nothing is shown before the purpose is written down."""
    row = _find(request, number)
    form = LookForm(data=request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form, status=422 if request.method == "POST" else 200)
    try:
        seen, digits, url = identity.look(
            proof_id=row.pk, purpose=form.cleaned_data["purpose"], by=_user(request), now=clock.now()
        )
    except Refused as no:
        form.add_error(no.field or None, str(no))
        return _page(request, row, form, status=422)
    return _page(
        request, seen, form, verdict_form=VerdictForm(), digits=digits, url=url, contact=seen.case.contact
    )


@never_cache
@login_required
@require_POST
def verdict(request: HttpRequest, number: int) -> HttpResponse:
    """Accept, or refuse with a reason; file and number are gone at once."""
    row, form = _find(request, number), VerdictForm(data=request.POST)
    if form.is_valid():
        try:
            identity.judge(
                proof_id=row.pk, accept=form.cleaned_data["accept"], reason=form.cleaned_data["reason"],
                by=_user(request), now=clock.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Putusan dicatat. Berkas dan nomornya sudah dimusnahkan."))
            return redirect(reverse("desk:case", args=[row.case.KIND, row.case.code]))
    return _page(request, row, form, verdict_form=form, status=422)


def _find(request: HttpRequest, number: int) -> IdentityProof:
    if not policy.may_verify(request.user):
        raise Http404
    seen = IdentityProof.objects.visible_to(request.user).select_related("case")
    row: IdentityProof | None = seen.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _user(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        raise NotAllowed("signed in")
    return request.user


def _page(
    request: HttpRequest, row: IdentityProof, form: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "proof": row,
        "case": row.case,
        "case_url": reverse("desk:case", args=[row.case.KIND, row.case.code]),
        "form": form,
        "look_form": form if isinstance(form, LookForm) else None,
        "repeats": IdentityProof.objects.visible_to(request.user).repeated(row),
        **more,
    }
    return render(request, "information/asking/identity.html", context, status=status)
