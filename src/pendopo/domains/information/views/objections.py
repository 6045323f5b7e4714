"""Objecting, and following an objection."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.cases import clocks
from pendopo.domains.information import bundle, offers, own_reading, proof, receipts, telling
from pendopo.domains.information.actions import objecting
from pendopo.domains.information.asking import language_of_page
from pendopo.domains.information.forms.objecting import ItemObjectionForm, ObjectionForm, PositionForm
from pendopo.domains.information.models import (
    DisputeStatus,
    InformationRequest,
    Item,
    Objection,
    ObjectionStatus,
)
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.spans import span
from pendopo.domains.information.views.own import find_or_404
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition

SENT_PER_NETWORK, SENT_WINDOW = 20, dt.timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str) -> HttpResponse:
    """`/ppid/keberatan/<code>/`: object to how a request was handled; only grounds that are true are offered."""
    mine, now = find_or_404(request, code), clock.now()
    standing = offers.offers_for(mine, today=clock.local_date(now))
    if request.method != "POST":
        return _form_page(request, mine, ObjectionForm(offers=standing), standing)
    form = ObjectionForm(data=request.POST, offers=standing)
    key = _key_of(request)
    made = proof.own_objections(request, now=now).filter(form_key=key).first() if key else None
    if made is not None:  # the second click of two
        return redirect("information:own-objection", code=made.code)
    if not form.is_valid():
        return _form_page(request, mine, form, standing, status=422)
    given = form.cleaned_data
    try:
        objection = objecting.object_to(
            request_id=mine.pk, ground=given["ground"], position=given["position"], proxy_name=given["proxy_name"],
            key=given["key"], holding=proof.holding(request, now=now), by=request.user, now=now,
        )  # fmt: skip
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _form_page(request, mine, form, standing, status=422)
    return _filed(request, objection, now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file_on_item(request: HttpRequest, slug: str) -> HttpResponse:
    """`/ppid/keberatan/berkala/<slug>/`: an entry that must be announced regularly is late (ground b)."""
    now = clock.now()
    item = get_object_or_404(Item.objects.published().select_related("office"), slug=slug)
    overdue = offers.item_is_overdue(item, today=clock.local_date(now))
    form = ItemObjectionForm(data=request.POST or None, initial=_known(request.user))
    if request.method != "POST" or not overdue:
        status = 422 if request.method == "POST" else 200
        return _item_page(request, item, form, overdue=overdue, status=status)
    if not form.is_valid():
        return _item_page(request, item, form, overdue=True, status=422)
    verdict = limits.judge(
        f"keberatan:{visitor_network(request)}", limit=SENT_PER_NETWORK, window=SENT_WINDOW, now=now
    )
    if not verdict:
        form.add_error(None, limits.try_again(verdict, now=now))
        return _item_page(request, item, form, overdue=True, status=429)
    try:
        made = _object_to_item(request, item, form.cleaned_data, now)
    except (Refused, Item.DoesNotExist):  # renewed or taken back while the form was filled in
        return _item_page(request, item, form, overdue=False, status=422)
    return _filed(request, made, now)


def _object_to_item(request: HttpRequest, item: Item, given: dict[str, Any], now: dt.datetime) -> Objection:
    objector = objecting.NewObjector(
        given["name"], given["address"], given["occupation"], given["email"], given["phone"]
    )
    return objecting.object_to_item(
        item_id=item.pk, position=given["position"], objector=objector, proxy_name=given["proxy_name"],
        language=language_of_page(), key=given["key"], by=request.user, now=now,
    )  # fmt: skip


@never_cache
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """`/ppid/keberatan/surat/<code>/`: where my objection is, and the way to Komisi Informasi."""
    objection = _find(request, code)
    if objection is None:
        return redirect(f"{reverse('information:follow')}?{urlencode({'kode': code[:20]})}")
    return _own_page(request, objection)


@never_cache
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """No longer needed."""
    objection, now = _find(request, code), clock.now()
    if objection is None:
        raise Http404
    try:
        objecting.withdraw(objection_id=objection.pk, holding=[objection.pk], by=request.user, now=now)
    except (NotAllowed, RefusedTransition):
        messages.error(request, _("Keberatan ini sudah ditanggapi, jadi tidak dapat dicabut lagi."))
    else:
        messages.success(request, _("Keberatan Anda dicabut."))
    return redirect("information:own-objection", code=objection.code)


@never_cache
@require_safe
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """`…/berkas.zip`: every letter of request and objection, for Komisi Informasi."""
    objection = _find(request, code)
    if objection is None:
        raise Http404
    return HttpResponse(
        bundle.zipped(objection),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{objection.code}.zip"'},
    )


def _filed(request: HttpRequest, objection: Objection, now: dt.datetime) -> HttpResponse:
    receipts.quietly("objection", objection.pk, now=now)
    answer = redirect(telling.own_page(objection))
    proof.grant(request, answer, objection, now=now)
    messages.success(request, _("Keberatan Anda sudah terdaftar."))
    return answer


def _key_of(request: HttpRequest) -> Any:
    field = PositionForm.base_fields["key"]
    try:
        return field.to_python(request.POST.get("key", ""))
    except ValueError:
        return None


def _known(user: Any) -> dict[str, str]:
    if not getattr(user, "is_authenticated", False):
        return {}
    return {"name": user.name, "email": user.email, "phone": user.phone}


def _find(request: HttpRequest, code: str) -> Objection | None:
    mine = proof.own_objections(request, now=clock.now()).select_related(
        "office", "request", "item", "contact"
    )
    found: Objection | None = mine.filter(code=ids.normalize_code(code) or "").first()
    return found


def _form_page(
    request: HttpRequest,
    mine: InformationRequest,
    form: ObjectionForm,
    standing: list[offers.Offer],
    *,
    status: int = 200,
) -> HttpResponse:
    today = clock.local_date(clock.now())
    context = {
        "mine": mine,
        "form": form,
        "open": [offer for offer in standing if offer.open],
        "closed": [offer for offer in standing if not offer.open],
        "reply_time": span(Objection.KIND, "reply", on=today),
        "object_time": span(InformationRequest.KIND, "objection", on=today),
    }
    return render(request, "information/asking/object.html", context, status=status)


def _item_page(
    request: HttpRequest, item: Item, form: ItemObjectionForm, *, overdue: bool, status: int = 200
) -> HttpResponse:
    context = {"item": item, "form": form, "overdue": overdue}
    return render(request, "information/asking/object_item.html", context, status=status)


def _own_page(request: HttpRequest, objection: Objection) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now)
    running = clocks.running_clocks(objection)
    context = {
        "mine": objection,
        "said": own_reading.said(objection),
        "tone": own_reading.tone_of(objection),
        "countdown": own_reading.countdown(running, today=today),
        "explanations": own_reading.explanations(objection, running, today=today),
        "timeline": own_reading.timeline(objection),
        "papers": own_reading.papers(receipts.OBJECTION, objection, now=now),
        "dispute": objection.disputes.exclude(status=DisputeStatus.DROPPED).first(),
        "dispute_until": offers.dispute_until(objection, running, today=today),
        "answered": objection.status == ObjectionStatus.ANSWERED,
        "may_withdraw": policy.may_withdraw_objection(request.user, objection, holding=[objection.pk]),
    }
    return render(request, "information/asking/own_objection.html", context)
