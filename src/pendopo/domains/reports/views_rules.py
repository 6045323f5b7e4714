"""The koordinator changes a rule: tries it on the reports of the last weeks, sees what would move, then saves."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.domains.reports import policy, rule_pages, rule_sets, simulate
from pendopo.domains.reports.actions import rules as acts
from pendopo.domains.reports.desk_entry import RuleForm
from pendopo.domains.reports.models import RoutingRule
from pendopo.domains.reports.rule_sets import Change, RuleSet
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


def for_the_koordinator(view: Any) -> Any:
    """404 for everybody else, as if there were no rules."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.may_route_by_rule(request.user):
            raise Http404
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return guarded


def _rule(request: HttpRequest, pk: int | None, rules: RuleSet) -> RoutingRule:
    if pk is None:
        return RoutingRule(order=acts.next_order(rules))
    rule: RoutingRule | None = RoutingRule.objects.visible_to(request.user).filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


@for_the_koordinator
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change one rule without trying it first."""
    rules = rule_sets.read()
    form = RuleForm(request.POST or None, instance=_rule(request, pk, rules), user=request.user)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, pk, rules)
    change = rule_sets.put(form.snapshot(), rules)
    version = request.POST.get("version") or change.version
    return _save(request, change.for_version(version), None)


@for_the_koordinator
@require_POST
def try_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What the form as typed would change; nothing is saved."""
    rules = rule_sets.read()
    form = RuleForm(request.POST, instance=_rule(request, pk, rules), user=request.user)
    if not form.is_valid():
        return _form_page(request, form, pk, rules)
    change = rule_sets.put(form.snapshot(), rules)
    version = request.POST.get("version") or change.version
    return _simulation(request, change, meanwhile=version != change.version)


@for_the_koordinator
@require_POST
def try_move(request: HttpRequest, pk: int) -> HttpResponse:
    """What one place up (`arah=naik`) or down would change."""
    rules = rule_sets.read()
    change = rule_sets.move(_snapshot(pk, rules), rules, up=request.POST.get("arah") == "naik")
    return _simulation(request, change) if change else redirect("reports:rules")


@for_the_koordinator
@require_POST
def try_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change without this rule."""
    rules = rule_sets.read()
    return _simulation(request, rule_sets.drop(_snapshot(pk, rules), rules))


@for_the_koordinator
@require_POST
def tried(request: HttpRequest) -> HttpResponse:
    """The page of a simulation comes back: over other days, or to be saved."""
    try:
        change, effect = Change.opened(request.POST.get("token", ""))
    except BadSignature:
        messages.error(request, _("Hasil coba ini sudah kedaluwarsa. Ulangi dari aturannya."))
        return redirect("reports:rules")
    if "simpan" in request.POST:
        return _save(request, change, effect)
    return _simulation(request, change, meanwhile=change.version != rule_sets.version_of(rule_sets.read()))


@for_the_koordinator
@require_http_methods(["GET", "POST"])
def rule_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what when, also of a deleted rule; POST tries what stood before the entry `catatan`."""
    past = rule_pages.past_of(pk)
    rule = RoutingRule.objects.visible_to(request.user).filter(pk=pk).first()
    if rule is None and not past:
        raise Http404
    if request.method == "GET":
        return render(request, "reports/staff/rule_history.html", {"past": past, "rule": rule, "pk": pk})
    wanted = next((one for one in past if str(one.entry.pk) == request.POST.get("catatan")), None)
    if wanted is None or wanted.before is None:
        raise Http404
    rules = rule_sets.read()
    form = RuleForm(wanted.before.as_form_data(), instance=rule or RoutingRule(), user=request.user)
    if not form.is_valid():  # an office closed or a place is gone: the koordinator sees it and chooses
        return _form_page(request, form, pk if rule else None, rules)
    return _simulation(request, rule_sets.put(form.snapshot(), rules, kind="restore"))


def _snapshot(pk: int, rules: RuleSet) -> rule_sets.Snapshot:
    rule = next((rule for rule in rules if rule.pk == pk), None)
    if rule is None:
        raise Http404
    return rule


def _form_page(request: HttpRequest, form: RuleForm, pk: int | None, rules: RuleSet) -> HttpResponse:
    """The form; what was typed stays, and so does the version of the rules it was typed for."""
    context = {
        "form": form,
        "rule": form.instance,
        "pk": pk,
        "version": request.POST.get("version") or rule_sets.version_of(rules),
    }
    return render(request, "reports/staff/rule.html", context, status=422 if form.is_bound else 200)


def _simulation(
    request: HttpRequest, change: Change, *, meanwhile: bool = False, error: str = "", status: int = 200
) -> HttpResponse:
    asked = request.POST.get("hari", "")
    days = int(asked) if asked in {str(one) for one in simulate.DAYS} else 30
    context = rule_pages.simulated(change, user=request.user, days=days, now=clock.now())
    context |= {"meanwhile": meanwhile, "error": error}
    return render(request, "reports/staff/rule_try.html", context, status=status)


def _save(request: HttpRequest, change: Change, effect: dict[str, int] | None) -> HttpResponse:
    try:
        saved = acts.change_rules(change=change, by=request.user, now=clock.now(), effect=effect)  # type: ignore[arg-type]
    except acts.RulesChanged:
        return _simulation(request, change, meanwhile=True, status=409)
    except Refused as refusal:
        return _simulation(request, change, error=str(refusal), status=422)
    messages.success(request, _("Aturan tersimpan.") if saved else _("Aturan sudah seperti itu."))
    return redirect("reports:rules")
