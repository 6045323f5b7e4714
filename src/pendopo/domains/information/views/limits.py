"""The limits of each step with article, validity and ceiling; the koordinator may set shorter ones."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.cases.models import ClockRule
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information.actions import limits
from pendopo.domains.information.desk_fields import line
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

KINDS = {
    "information": _("Permohonan"),
    "objections": _("Keberatan"),
    "disputes": _("Sengketa"),
}


class LimitForm(forms.Form):
    amount = forms.IntegerField(label=_("Batas setempat (hari)"), min_value=1, max_value=400)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DateInput)
    source = line(
        label=_("Dasar"), min_length=5, max_length=200, help_text=_("Misalnya nomor keputusan PPID.")
    )


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/batas/`: every limit and where it comes from."""
    if not policy.may_see_limits(request.user):
        raise Http404
    today = clock.local_date(clock.now())
    rules = limits.every_rule()
    rows = [_row(rule, today) for rule in rules]
    context = {
        "groups": [(label, [row for row in rows if row["rule"].kind == key]) for key, label in KINDS.items()],
        "may_set": policy.may_set_limits(request.user),
    }
    return render(request, "information/staff/limits.html", context)


def _row(rule: ClockRule, today: Any) -> dict[str, Any]:
    label = limits.LABELS[rule.kind].get(rule.step) or _now("perpanjangan waktu")
    return {
        "rule": rule,
        "label": label,
        "ours": limits.is_ours(rule.kind, rule.step) and rule.valid_to is None,
        "over": rule.valid_to is not None and rule.valid_to < today,
    }


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str, step: str) -> HttpResponse:
    """`/meja/ppid/batas/<kind>/<step>/`: a shorter limit from a coming day on."""
    rule = limits.open_rule(kind, step)
    if rule is None or not limits.is_ours(kind, step) or not policy.may_set_limits(request.user):
        raise Http404
    form = LimitForm(request.POST or None, initial={"amount": rule.amount})
    if request.method == "POST" and form.is_valid():
        try:
            limits.set_limit(kind=kind, step=step, by=request.user, now=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(
                request, _now("Batas setempat tersimpan. Perkara yang sudah berjalan tidak berubah.")
            )
            return redirect("information:limits")
    context = {"form": form, "row": _row(rule, clock.local_date(clock.now()))}
    return render(request, "information/staff/limit.html", context, status=422 if form.errors else 200)
