"""Staff pages below /meja/privasi/: requests with their clock, holds, how long things are kept, and who looked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.audit import looks
from pendopo.base.audit.forms import page_of
from pendopo.base.audit.models import Mark
from pendopo.base.audit.timelines import officer_sentence
from pendopo.base.privacy import actions, policy, retention
from pendopo.base.privacy.forms import GrantForm, HoldForm, RefuseForm, RuleForm
from pendopo.base.privacy.models import (
    DataRequest,
    LegalHold,
    RefusalGround,
    RetentionRule,
    Status,
    Tombstone,
)
from pendopo.base.registries.personal import case_finders, keepers
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition

PAGE = 50


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Requests that wait for a decision, the nearest limit first; below them the latest decisions."""
    if not policy.may_hold_case(request.user) and not policy.may_oversee(request.user):
        raise Http404
    seen = DataRequest.objects.visible_to(request.user)
    waiting = seen.filter(status=Status.RECEIVED) | seen.filter(status=Status.PARTIAL, held__gt=0)
    context = {
        "oversees": policy.may_oversee(request.user),
        "today": clock.local_date(clock.now()),
        "waiting": waiting.order_by("due_on", "pk")[:PAGE],
        "decided": seen.exclude(decided_at=None).order_by("-decided_at")[:20],
    }
    return render(request, "privacy/desk.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, request_code: str) -> HttpResponse:
    """One request: what it is about, and the two answers."""
    asked = get_object_or_404(DataRequest.objects.visible_to(request.user), code=request_code)
    grounds = RefusalGround.objects.visible_to(request.user).filter(active=True)
    data = request.POST if request.method == "POST" else None
    verb = request.POST.get("act", "")
    grant = GrantForm(data if verb == "grant" else None, wanted=asked.words)
    refuse = RefuseForm(data if verb == "refuse" else None, grounds=grounds)
    chosen = {"grant": grant, "refuse": refuse}.get(verb)
    if chosen is not None and chosen.is_valid() and _decided(request, asked, verb, chosen):
        return redirect("privacy:request", asked.code)
    context = {
        "asked": asked,
        "grant_form": grant,
        "refuse_form": refuse,
        "form": chosen,
        "label": Status(asked.status).label,
        "may": policy.may_decide(request.user),
        "open": asked.status == Status.RECEIVED or (asked.status == Status.PARTIAL and asked.held),
        "cases": [case for finder in case_finders for case in finder.listed(request.user, asked.subject)],
        "today": clock.local_date(clock.now()),
    }
    return render(request, "privacy/request.html", context, status=200 if data is None else 422)


def _decided(request: HttpRequest, asked: DataRequest, verb: str, form: Any) -> bool:
    """Run the decision; a refusal by the action stands beside the form."""
    act: Any = {"grant": actions.grant, "refuse": actions.refuse}[verb]
    try:
        done = act(code=asked.code, by=request.user, now=clock.now(), **form.cleaned_data)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
    except RefusedTransition:
        form.add_error(None, _("Permintaan ini sudah diputus. Muat ulang halaman ini."))
    except NotAllowed:
        raise Http404 from None
    else:
        messages.success(request, _("Tersimpan: %(state)s.") % {"state": Status(done.status).label})
        return True
    return False


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: HttpRequest) -> HttpResponse:
    """What must not be forgotten, and a form to protect one more case or person."""
    if not policy.may_hold_case(request.user):
        raise Http404
    form = HoldForm(request.POST or None, persons=policy.may_hold_person(request.user))
    if request.method == "POST" and form.is_valid() and _held(request, form):
        messages.success(request, _("Penahanan berlaku sejak sekarang."))
        return redirect("privacy:holds")
    today = clock.local_date(clock.now())
    seen = LegalHold.objects.visible_to(request.user).select_related("made_by", "released_by")
    context = {
        "form": form,
        "running": seen.in_force(on=today),
        "ended": seen.exclude(pk__in=seen.in_force(on=today).values("pk"))[:20],
    }
    return render(request, "privacy/holds.html", context, status=422 if form.is_bound else 200)


def _held(request: HttpRequest, form: HoldForm) -> bool:
    data, now = form.cleaned_data, clock.now()
    given = {"reason": data["reason"], "until": data["until"], "by": request.user, "now": now}
    try:
        if data["code"]:
            actions.hold_case(code=data["code"], **given)
        else:
            actions.hold_person(contact=data["contact"], **given)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return False
    return True


@never_cache
@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    try:
        actions.release(hold_id=pk, by=request.user, now=clock.now())  # type: ignore[arg-type]
    except (LegalHold.DoesNotExist, NotAllowed):
        raise Http404 from None
    messages.success(request, _("Penahanan dilepas."))
    return redirect("privacy:holds")


@never_cache
@login_required
@require_safe
def retention_report(request: HttpRequest) -> HttpResponse:
    """What is due, what was done, what is held; and which rule says so."""
    if not policy.may_oversee(request.user):
        raise Http404
    context = {
        "lines": retention.report(now=clock.now()),
        "tombstones": Tombstone.objects.visible_to(request.user)[:20],
        "may": policy.may_decide(request.user),
    }
    return render(request, "privacy/retention.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, keeper_key: str) -> HttpResponse:
    """Change how long one kind of data is kept."""
    keeper = keepers.get(keeper_key)
    if keeper is None or not policy.may_decide(request.user):
        raise Http404
    now = clock.now()
    rules = RetentionRule.objects.visible_to(request.user).filter(keeper=keeper.key)
    current = rules.in_force(on=clock.local_date(now)).first()
    form = RuleForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        actions.change_rule(keeper=keeper.key, by=request.user, now=now, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("Lama simpan tersimpan. Malam ini mulai dipakai."))
        return redirect("privacy:retention")
    context = {"form": form, "keeper": keeper, "history": rules.order_by("-valid_from")}
    return render(request, "privacy/rule.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """The log of looks: who opened whose contact data, when and why."""
    if not policy.may_oversee(request.user):
        raise Http404
    typed = request.GET.get("before", "")
    try:
        mark = Mark.parse(typed) if typed else None
    except ValueError:
        raise Http404 from None
    page, older = page_of(looks.seen_by(request.user), mark, size=PAGE)
    context = {
        "lines": [(entry, looks.look_of(entry), officer_sentence(entry)) for entry in page],
        "older": older,
        "first_page": mark is None,
    }
    return render(request, "privacy/looks.html", context)
