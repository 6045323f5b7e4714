"""The studio: marking, blackening, the proof. Missing and forbidden redactions are the same 404."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.models import User
from pendopo.base.files.public import file_url
from pendopo.base.redaction import actions, public, studio
from pendopo.base.redaction.engine import run
from pendopo.base.redaction.engine.shapes import Unreadable
from pendopo.base.redaction.gate import bytes_of
from pendopo.base.redaction.models import Redaction, Status
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.states import RefusedTransition

WIDTH = 1240  # pixels of a page picture
_PICTURES = 600  # page pictures of one person in ten minutes


def _who(request: HttpRequest) -> User:
    """The person; every handler asks for a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def _mine(request: HttpRequest, pk: uuid.UUID) -> Redaction:
    rows = Redaction.objects.visible_to(request.user, pk=pk).select_related("source", "output")
    for redaction in rows:
        return redaction
    raise Http404


@never_cache
@require_safe
@login_required
def show(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One page of the file with its boxes, or the state of the burning."""
    return _page(request, _mine(request, pk))


def _page(
    request: HttpRequest, redaction: Redaction, *, which: str = "", no: Refused | None = None
) -> HttpResponse:
    """The studio; `which` form is shown as sent, with what was wrong."""
    asked = request.POST.get("page") or request.POST.get("at") or request.GET.get("halaman")
    page = studio.page_number(redaction, asked)
    made = studio.forms_for(request, redaction, page, data=request.POST if which else None, which=which)
    context: dict[str, Any] = {**studio.context(redaction, page), **made}
    if which:
        form = context["form"] = made[f"{which}_form"]
        if no and form.is_valid():
            form.add_error(no.field if no.field in form.fields else None, str(no))
    output = public.proven_file(redaction)
    context["output_url"] = file_url(output) if output else ""
    context["withheld"] = public.list_for(redaction) if output else []
    return render(request, "redaction/studio.html", context, status=422 if which else 200)


@never_cache
@require_safe
@login_required
def page_picture(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """A page as PNG: of the original, or with ?hasil of the proven result. Never kept by browsers or proxies."""
    redaction = _mine(request, pk)
    window = dt.timedelta(minutes=10)
    if not limits.hit(f"redaction:{request.user.pk}", limit=_PICTURES, window=window, now=clock.now()):
        return HttpResponse(_("Terlalu banyak halaman dibuka. Tunggu sebentar."), status=429)
    source = public.proven_file(redaction) if "hasil" in request.GET else redaction.source
    if source is None or not 1 <= number <= redaction.pages:
        raise Http404
    try:
        data = run.picture(bytes_of(source), page=number, width=WIDTH)
    except (Unreadable, FileNotFoundError):
        raise Http404 from None
    return HttpResponse(data, content_type="image/png", headers={"X-Robots-Tag": "noindex"})


@never_cache
@require_POST
@login_required
def add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A box drawn or typed."""

    def act(redaction: Redaction, form: Any) -> int:
        return actions.add_box(
            redaction_id=pk, box=form.box(), **_why(form), by=_who(request), now=clock.now()
        )

    return _mark(request, pk, "box", act)


@never_cache
@require_POST
@login_required
def accept(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Suggestions taken over."""

    def act(redaction: Redaction, form: Any) -> int:
        return actions.accept(
            redaction_id=pk, hits=form.chosen(), **_why(form), by=_who(request), now=clock.now()
        )

    return _mark(request, pk, "accept", act)


@never_cache
@require_POST
@login_required
def hide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Every place of a phrase."""

    def act(redaction: Redaction, form: Any) -> int:
        phrase = form.cleaned_data["phrase"]
        return actions.hide_phrase(
            redaction_id=pk, phrase=phrase, **_why(form), by=_who(request), now=clock.now()
        )

    return _mark(request, pk, "phrase", act)


def _why(form: Any) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("ground", "reason")}


def _mark(
    request: HttpRequest, pk: uuid.UUID, which: str, act: Callable[[Redaction, Any], int]
) -> HttpResponse:
    redaction = _mine(request, pk)
    form = studio.forms_for(request, redaction, 1, data=request.POST, which=which)[f"{which}_form"]
    if not form.is_valid():
        return _page(request, redaction, which=which)
    try:
        added = act(redaction, form)
    except Refused as no:
        return _page(request, redaction, which=which, no=no)
    request.session[studio.LAST] = _why(form)
    said = ngettext("%(n)s kotak ditambahkan.", "%(n)s kotak ditambahkan.", added) % {"n": added}
    messages.success(request, said if added else _("Tempat itu sudah ditandai."))
    page = form.cleaned_data.get("page") or request.POST.get("at")
    return _back(redaction, page)


def _back(redaction: Redaction, page: Any = None) -> HttpResponse:
    address = reverse("redaction:studio", args=[redaction.pk])
    return redirect(f"{address}?halaman={studio.page_number(redaction, str(page or 1))}")


@never_cache
@require_POST
@login_required
def remove(request: HttpRequest, pk: uuid.UUID, box: int) -> HttpResponse:
    """Take a box away."""
    redaction = _mine(request, pk)
    try:
        actions.remove_box(redaction_id=pk, box_id=box, by=_who(request), now=clock.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Kotak dihapus."))
    return _back(redaction, request.POST.get("at"))


@never_cache
@require_POST
@login_required
def burn(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Blacken and prove; a short file at once, a long one by its job."""
    redaction = _mine(request, pk)
    asked = actions.burn(redaction_id=pk, by=_who(request), now=clock.now())
    if asked.is_short and asked.status == Status.BURNING:
        actions.burn_now(redaction_id=pk, clock_now=clock.now)
    return _back(redaction)


@never_cache
@require_POST
@login_required
def reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change the boxes again."""
    redaction = _mine(request, pk)
    try:
        actions.reopen(redaction_id=pk, by=_who(request), now=clock.now())
    except RefusedTransition:
        messages.error(request, _("Tunggu sampai penghitaman selesai."))
    return _back(redaction, request.POST.get("at"))
