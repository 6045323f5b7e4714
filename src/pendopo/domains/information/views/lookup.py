"""Finding one's own request or objection again: by code and contact, or by a signed link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.domains.information import proof, telling
from pendopo.domains.information.forms.following import ProofForm
from pendopo.kernel import clock


@never_cache
@sensitive_post_parameters("code", "contact")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """`/ppid/lacak/`: type code and contact. What is already open in this browser stands below."""
    if request.method == "POST":
        return _prove(request)
    form = ProofForm(initial={"code": request.GET.get("kode", "")[:40].replace("\x00", "")})
    return _page(request, form)


def _prove(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    form = ProofForm(data=request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    verdict = proof.may_try(request, form.cleaned_data["code"], now=now)
    if not verdict:
        form.add_error(None, limits.try_again(verdict, now=now))
        response = _page(request, form, status=429)
        response["Retry-After"] = str(max(1, int((verdict.again_at - now).total_seconds())))
        return response
    case = proof.by_contact(form.cleaned_data["code"], form.cleaned_data["contact"])
    if case is None:
        # The same words whether the code is unknown or the contact is another one.
        form.add_error(None, _("Kode dan kontak ini tidak cocok. Periksa keduanya, lalu coba lagi."))
        return _page(request, form, status=422)
    answer = redirect(telling.own_page(case))
    proof.grant(request, answer, case, now=now)
    return answer


def _page(request: HttpRequest, form: ProofForm, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    context = {
        "form": form,
        "requests": proof.own_requests(request, now=now)[:20],
        "objections": proof.own_objections(request, now=now)[:20],
    }
    return render(request, "information/asking/lookup.html", context, status=status)


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """`/ppid/lacak/buka/<token>/`: a signed link from an e-mail or a receipt proves the sender."""
    now = clock.now()
    case = proof.by_link(token)
    if case is None:
        return render(request, "information/asking/link_broken.html", status=404)
    answer = redirect(telling.own_page(case))
    proof.grant(request, answer, case, now=now)
    return answer


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """`/ppid/lacak/lupakan/`: this browser is not only mine."""
    response = redirect("information:follow")
    proof.forget(response)
    messages.success(request, _("Selesai. Untuk membukanya lagi, pakai kode dan kontak Anda."))
    return response
