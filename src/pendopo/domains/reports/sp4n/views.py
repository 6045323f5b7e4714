"""The SP4N page of the desk: bring a file in and see what became of each row; take our table out."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.domains.reports import policy
from pendopo.domains.reports.models import Sp4nImport
from pendopo.domains.reports.sp4n import exporting, importing
from pendopo.domains.reports.sp4n.forms import EverythingForm, FileForm, SpanForm
from pendopo.domains.reports.sp4n.reading import UnreadableFile
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/laporan/sp4n/`: both doors on one page, each for who may use it."""
    return _page(request)


@never_cache
@login_required
@require_POST
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take a file; it is read in the background."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=422, file_form=form)
    upload = form.cleaned_data["file"]
    try:
        batch = importing.start(name=upload.name, content=upload.read(), by=request.user, now=clock.now())  # type: ignore[arg-type]
    except NotAllowed:
        raise Http404 from None
    except UnreadableFile as no:
        form.add_error("file", str(no))
        return _page(request, status=422, file_form=form)
    return redirect("reports:sp4n-import", batch.pk)


@never_cache
@login_required
@require_safe
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a file: counts, and each refused row with its reason."""
    return render(request, "reports/staff/sp4n_import.html", {"batch": _batch(request, pk)})


@never_cache
@login_required
@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows as a table, to be mended and sent again."""
    rows = [(row["row"], row["tracking_id"], row["reason"]) for row in _batch(request, pk).refused]
    header = (_("Baris"), "Tracking ID", _("Alasan"))
    return csv_download(request, csv_text(header, rows), filename=f"sp4n-ditolak-{pk}.csv")


@never_cache
@login_required
@require_POST
def take_out(request: HttpRequest) -> HttpResponseBase:
    """The redacted table."""
    form = SpanForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, span_form=form)
    try:
        lines = exporting.take_out(**form.cleaned_data, by=request.user, now=clock.now())  # type: ignore[arg-type]
    except NotAllowed:
        raise Http404 from None
    return csv_download(request, lines, filename="sp4n-laporan.csv")


@never_cache
@login_required
@require_POST
def take_everything_out(request: HttpRequest) -> HttpResponseBase:
    """The whole table, with a reason."""
    form = EverythingForm(request.POST)
    try:
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("since", "until", "reason")}
            lines = exporting.take_everything_out(**given, by=request.user, now=clock.now())  # type: ignore[arg-type]
            return csv_download(request, lines, filename="sp4n-laporan-lengkap.csv")
    except NotAllowed:
        raise Http404 from None
    except Refused as no:
        form.add_error(no.field or None, str(no))
    return _page(request, status=422, everything_form=form)


def _batch(request: HttpRequest, pk: int) -> Sp4nImport:
    return get_object_or_404(Sp4nImport.objects.visible_to(request.user).select_related("by"), pk=pk)


def _page(request: HttpRequest, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """The page with fresh forms, or with the one that was refused."""
    user = request.user
    if not policy.may_export_sp4n(user):
        raise Http404
    today = clock.local_date(clock.now())
    span = {"since": today - dt.timedelta(days=30), "until": today}
    context: dict[str, Any] = {"form": next(iter(bound.values()), None), "span_form": SpanForm(initial=span)}
    if policy.may_import(user):
        imports = Sp4nImport.objects.visible_to(user).defer("content", "refused").select_related("by")
        context |= {"file_form": FileForm(), "imports": imports[:10]}
    if policy.may_export_everything(user):
        context["everything_form"] = EverythingForm(initial=span)
    return render(request, "reports/staff/sp4n.html", context | bound, status=status)
