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
from pendopo.base.files.refusals import FileRefused
from pendopo.domains.reports import policy, routing, textmodel
from pendopo.domains.reports.actions import rules
from pendopo.domains.reports.actions.intake import NewReport, enter
from pendopo.domains.reports.desk_entry import EntryForm, PolicyForm, RuleForm
from pendopo.domains.reports.models import Handover, RoutingModel, RoutingPolicy, RoutingRule
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enter_report(request: HttpRequest) -> HttpResponse:
    """Write down a report for somebody who called, came or wrote."""
    if not policy.may_enter(request.user):
        raise Http404
    form = EntryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = _enter(form.cleaned_data, request.user)
        except (Refused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Laporan %(code)s tercatat.") % {"code": report.code})
            return redirect("reports:entered", report.code)
    status = 422 if form.is_bound else 200
    return render(request, "reports/staff/enter.html", {"form": form}, status=status)


def _enter(data: dict[str, Any], user: Any) -> Any:
    now = clock.now()
    photos = store_photos(data.pop("photos"), by=user, now=now)
    region = data.pop("region")
    return enter(new=NewReport(region_code=region.pk, photos=photos, **data), by=user, now=now)


@never_cache
@login_required
@require_http_methods(["GET"])
def entered(request: HttpRequest, code: str) -> HttpResponse:
    """The number to tell the caller, also for staff whose office will not handle the report."""
    if not policy.may_enter(request.user):
        raise Http404
    return render(request, "reports/staff/entered.html", {"code": code})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rule_list(request: HttpRequest) -> HttpResponse:
    """All rules in their order with their track record, the threshold, and the state of the text model."""
    if not policy.may_route_by_rule(request.user):
        raise Http404
    row, _new = RoutingPolicy.objects.get_or_create(pk=1)
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
    context = {"form": form, "rows": _rules_with_record(), "origins": _origins(), "model": _model_state()}
    return render(request, "reports/staff/rules.html", context, status=422 if form.is_bound else 200)


def _rules_with_record() -> list[tuple[RoutingRule, int, int]]:
    """(rule, not returned, all) in two queries."""
    found = RoutingRule.objects.select_related("office").prefetch_related("categories", "regions")
    records = routing.track_records()
    return [(rule, *records.get(rule.pk, (0, 0))) for rule in found]


def _origins() -> list[tuple[str, int, int]]:
    return [
        (Handover.Origin(origin).label, *routing.track_record(origin, rule_id=None))
        for origin in Handover.Origin
    ]


def _model_state() -> RoutingModel | None:
    return RoutingModel.objects.filter(in_use=True).defer("weights").first() if textmodel.in_use() else None


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change one rule."""
    if not policy.may_route_by_rule(request.user):
        raise Http404
    rule = RoutingRule.objects.filter(pk=pk).first() if pk else RoutingRule(order=10)
    if rule is None:
        raise Http404
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rules.save_rule(
            rule=form.instance,
            categories=list(data["categories"]),
            regions=list(data["regions"]),
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
        )
        messages.success(request, _("Aturan tersimpan."))
        return redirect("reports:rules")
    context = {"form": form, "rule": rule}
    return render(request, "reports/staff/rule.html", context, status=422 if form.is_bound else 200)
