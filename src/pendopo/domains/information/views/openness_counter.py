"""The counter (loket): one page for the whole form, then a receipt to print."""

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.files.fields import ask_for_files_again
from pendopo.base.letters import public as letters
from pendopo.domains.information import receipts, suggesting
from pendopo.domains.information.actions import counter
from pendopo.domains.information.forms.asking import NEEDED, Who
from pendopo.domains.information.forms.openness_counter import CounterForm
from pendopo.domains.information.models import InformationRequest, ProofKind, RequesterKind
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.staff import staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

_KIND = {Who.ENTITY: RequesterKind.LEGAL_ENTITY, Who.GROUP: RequesterKind.GROUP}
_SAME = (
    "details", "purpose", "name", "address", "email", "phone", "access", "form", "send_way", "channel",
    "external_number", "occupation", "proxy_for",
)  # fmt: skip


@staff_page
@sensitive_post_parameters("number", "name", "address", "phone", "email")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/loket/`."""
    if not who.serves_requests(request.user):
        raise Http404
    if request.method != "POST":
        return _page(request, CounterForm(initial={"received_on": clock.local_date(clock.now())}))
    form = CounterForm(request.POST, request.FILES)
    if "cari" in request.POST:  # without JavaScript: look for what is there already, keep everything typed
        return _page(request, CounterForm(initial=_typed(request)))
    if not form.is_valid():
        ask_for_files_again(form)
        return _page(request, form, status=422)
    try:
        made = counter.enter(**_given(form), by=request.user, now=clock.now())  # type: ignore[arg-type]
    except Refused as no:
        form.add_error({"received_at": "received_on"}.get(no.field, no.field) or None, str(no))
        return _page(request, form, status=422)
    return redirect("information:counter-done", made.code)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, as first values of a form that is not judged yet."""
    several = {"help_given": request.POST.getlist("help_given"), "shown": "shown" in request.POST}
    names = [name for name in CounterForm.base_fields if name in request.POST]
    return {name: request.POST[name] for name in names} | several


def _given(form: CounterForm) -> dict[str, Any]:
    given = form.cleaned_data
    kinds = NEEDED[given["who"]]
    scans = {kinds[0]: given["identity_file"], ProofKind.PROXY: given["proxy_file"]}
    fields = {name: given[name] for name in _SAME}
    asker = {
        "requester_kind": _KIND.get(given["who"], RequesterKind.PERSON),
        "by_proxy": ProofKind.PROXY in kinds,
        "assistance": form.assistance(),
        "language": (get_language() or "id")[:2],
    }
    return {
        "key": given["key"], "form": fields | asker, "kinds": kinds, "number": given["number"],
        "scans": {kind: scan for kind, scan in scans.items() if scan}, "shown": given["shown"],
        "received_on": given["received_on"],
    }  # fmt: skip


def _page(request: HttpRequest, form: CounterForm, *, status: int = 200) -> HttpResponse:
    typed = form["details"].value() or ""
    context = {
        "form": form,
        "found": suggesting.suggestions(str(typed)) if typed else [],
        "looked": bool(typed),
    }
    return render(request, "information/openness/counter.html", context, status=status)


@staff_page
@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """What is public already about the words being typed. Asked by POST, so that no log keeps the words."""
    if not who.serves_requests(request.user):
        raise Http404
    words = request.POST.get("details", "").replace("\x00", "")
    context = {"found": suggesting.suggestions(words), "looked": bool(words)}
    return render(request, "information/openness/counter_hints.html", context)


@staff_page
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """`/meja/ppid/loket/<code>/`: the receipt to print, and the next request."""
    if not who.serves_requests(request.user):
        raise Http404
    rows = InformationRequest.objects.desk_of(request.user).select_related("contact").defer("search")
    found = get_object_or_404(rows, code=code)
    now = clock.now()
    receipts.quietly("request", found.pk, now=now)
    papers = [
        (letter, letters.letter_url(letter, now=now))
        for letter in letters.letters_of(receipts.REQUEST, found.pk)
    ]
    follow = f"{settings.PUBLIC_URL}{reverse('information:follow')}?kode={found.code}"
    answer = found.clocks.filter(step="answer").order_by("pk").first()
    context = {"case": found, "papers": papers, "follow": follow, "qr": _qr(follow), "answer": answer}
    return render(request, "information/openness/counter_done.html", context)


def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, border=2, light="#fff", svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us from our own address
