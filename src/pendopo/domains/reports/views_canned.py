"""Pages for keeping prepared answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from pendopo.domains.reports import canned, policy
from pendopo.domains.reports.actions.canned import save_canned
from pendopo.domains.reports.desk_canned import CannedForm
from pendopo.domains.reports.models import CannedAnswer
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


@never_cache
@login_required
@require_GET
def answer_list(request: HttpRequest) -> HttpResponse:
    """All prepared answers this person may read, with those the person may change."""
    if not policy.may_write_canned(request.user):
        raise Http404
    found = CannedAnswer.objects.visible_to(request.user).select_related("office", "category")
    rows = [
        (one, policy.may_write_canned_for(request.user, one.office_id))
        for one in found.order_by("-language", "order", "title", "pk")
    ]
    context = {
        "rows": [row for row in rows if row[0].active],
        "unused": [row for row in rows if not row[0].active],
    }
    return render(request, "reports/staff/answers.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def answer_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write or change one answer."""
    if not policy.may_write_canned(request.user):
        raise Http404
    answer = CannedAnswer() if pk is None else _find(request.user, pk)
    form = CannedForm(request.POST if request.method == "POST" else None, instance=answer, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            save_canned(answer=form.instance, seen=seen, by=request.user, now=clock.now())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Jawaban siap pakai tersimpan."))
            return redirect("reports:answers")
    versions = answer.versions.select_related("by")[1:6] if answer.pk else ()
    context = {"form": form, "answer": answer, "variables": canned.VARIABLES, "versions": versions}
    return render(request, "reports/staff/answer.html", context, status=422 if form.is_bound else 200)


def _find(user: Any, pk: int) -> CannedAnswer:
    found: CannedAnswer | None = CannedAnswer.objects.visible_to(user).filter(pk=pk).first()
    if found is None or not policy.may_write_canned_for(user, found.office_id):
        raise Http404
    return found
