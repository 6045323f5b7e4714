"""Staff pages beside the desk: enter a report "atas nama", and the koordinator's routing rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.base.files.actions import store_photos
from pendopo.base.files.fields import ask_for_files_again
from pendopo.domains.reports import policy, routing, rule_pages, textmodel
from pendopo.domains.reports.actions import rules
from pendopo.domains.reports.actions.intake import NewReport, enter
from pendopo.domains.reports.desk_entry import EntryForm, PolicyForm
from pendopo.domains.reports.models import Handover, RoutingModel, RoutingPolicy
from pendopo.domains.reports.once import once
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.ids import normalize_code


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enter_report(request: HttpRequest) -> HttpResponse:
    """Write down a report for somebody who called, came or wrote."""
    if not policy.may_enter(request.user):
        raise Http404
    posted = request.method == "POST"
    form = EntryForm(request.POST, request.FILES) if posted else EntryForm()
    if posted and form.is_valid():
        try:
            code = _enter(form.cleaned_data, request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not code:  # the first click is still at work; its answer will come
                messages.info(
                    request, _("Laporan ini sedang disimpan. Tunggu sebentar, lalu periksa antrean.")
                )
                return redirect("desk:home")
            return redirect("reports:entered", code)
    ask_for_files_again(form)
    return render(request, "reports/staff/enter.html", {"form": form}, status=422 if posted else 200)


def _enter(data: dict[str, Any], user: Any) -> str:
    """The code of the report this form made."""
    now = clock.now()
    facts = {name: value for name, value in data.items() if name not in {"once", "photos", "region"}}

    def make() -> str:
        photos = store_photos(data["photos"], by=user, now=now)
        new = NewReport(region_code=data["region"], photos=photos, **facts)
        return enter(new=new, by=user, now=now).code

    return once(f"{user.pk}:{data['once']}", make)


@never_cache
@login_required
@require_http_methods(["GET"])
def entered(request: HttpRequest, code: str) -> HttpResponse:
    """The number to tell the caller, also for staff whose office will not handle the report."""
    number = normalize_code(code)
    if number is None or not policy.may_enter(request.user):
        raise Http404
    return render(request, "reports/staff/entered.html", {"code": number})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rule_list(request: HttpRequest) -> HttpResponse:
    """All rules in their order with their track record, the threshold, and the state of the text model."""
    if not policy.may_route_by_rule(request.user):
        raise Http404
    row = RoutingPolicy.objects.visible_to(request.user).first() or RoutingPolicy()
    form = PolicyForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rules.save_policy(
            automatic=data["automatic"],
            min_precision=data["percent"] / 100,
            min_cases=data["min_cases"],
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
        )
        messages.success(request, _("Kebijakan disposisi tersimpan."))
        return redirect("reports:rules")
    context = {
        "form": form,
        **rule_pages.listed(request.user),
        "origins": _origins(),
        "model": _model_state(request.user),
        "policy": row,
    }
    return render(request, "reports/staff/rules.html", context, status=422 if form.is_bound else 200)


def _origins() -> list[tuple[str, int, int]]:
    """(who suggested, right, all) of every way a suggestion comes about."""
    ways = (Handover.Origin.RULE, Handover.Origin.TEXT, Handover.Origin.PLACE)
    return [(str(way.label), *routing.track_record(way, rule_id=None)) for way in ways]


def _model_state(user: Any) -> RoutingModel | None:
    if textmodel.in_use() is None:
        return None
    return RoutingModel.objects.visible_to(user).filter(in_use=True).defer("weights").first()
