"""The yearly report: written and fixed by PPID, read by everybody once it is fixed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information import yearly_paper
from pendopo.domains.information.actions import yearly as actions
from pendopo.domains.information.forms.openness_yearly import LABELS, ReopenForm, ReportForm
from pendopo.domains.information.models import YearReport
from pendopo.domains.information.policy import who
from pendopo.domains.information.registers.kinds import REQUESTS
from pendopo.domains.information.registers.sheets import TYPES
from pendopo.domains.information.views.staff import staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


@staff_page
@require_safe
def staff_index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/laporan/`: the years, which of them are fixed."""
    reports = {report.year: report for report in YearReport.objects.visible_to(request.user)}
    this = clock.local_date(clock.now()).year
    years = sorted({this, this - 1, *reports, *REQUESTS.years(request.user)}, reverse=True)
    context = {"years": [(year, reports.get(year)) for year in years], "this_year": this}
    return render(request, "information/openness/reports.html", context)


@staff_page
@require_safe
def staff_report(request: HttpRequest, year: int) -> HttpResponse:
    """`/meja/ppid/laporan/<year>/`."""
    return _page(request, year)


def _page(request: HttpRequest, year: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    if not actions.FIRST_YEAR <= year <= clock.local_date(clock.now()).year:
        raise Http404
    report = YearReport.objects.visible_to(request.user).filter(year=year).first()
    initial = {"seen": report.version if report else 1} | {name: getattr(report, name, "") for name in LABELS}
    context = {
        **yearly_paper.context(report, year, links=_reads_all(request.user)),
        "form": ReportForm(initial=initial) if who.serves_requests(request.user) else None,
        "reopen": ReopenForm(),
        "may_fix": who.decides(request.user),
        "ended": year < clock.local_date(clock.now()).year,
        **forms,
    }
    return render(request, "information/openness/report_staff.html", context, status=status)


def _reads_all(user: Any) -> bool:
    return who.serves_requests(user) or roles_of(user).sees_all


@staff_page
@require_POST
def write(request: HttpRequest, year: int) -> HttpResponse:
    """Keep the parts that people write."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, year, status=422, form=form)
    seen, texts = form.cleaned_data["seen"], form.texts()
    try:
        actions.write(year=year, texts=texts, seen=seen, by=request.user, now=clock.now())  # type: ignore[arg-type]
    except Refused as no:
        form.add_error(None, str(no))
        return _page(request, year, status=422, form=form)
    messages.success(request, _("Tulisan tersimpan."))
    return redirect("information:report", year)


@staff_page
@require_POST
def fix(request: HttpRequest, year: int) -> HttpResponse:
    """Keep the numbers and publish."""
    try:
        actions.fix(year=year, by=request.user, now=clock.now())  # type: ignore[arg-type]
    except Refused as no:
        return _page(request, year, status=422, refused=str(no))
    messages.success(request, _("Laporan ditetapkan dan terbit."))
    return redirect("information:report", year)


@staff_page
@require_POST
def reopen(request: HttpRequest, year: int) -> HttpResponse:
    """Take it back to be corrected."""
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, year, status=422, reopen=form)
    try:
        actions.reopen(year=year, reason=form.cleaned_data["reason"], by=request.user, now=clock.now())  # type: ignore[arg-type]
    except Refused as no:
        form.add_error(None, str(no))
        return _page(request, year, status=422, reopen=form)
    messages.success(request, _("Laporan dibuka lagi dan tidak tampak bagi umum sampai ditetapkan."))
    return redirect("information:report", year)


@staff_page
@require_safe
def staff_file(request: HttpRequest, year: str, kind: str) -> HttpResponse:
    """The report as it stands, as a file."""
    if not actions.FIRST_YEAR <= int(year) <= clock.local_date(clock.now()).year:
        raise Http404
    report = YearReport.objects.visible_to(request.user).filter(year=int(year)).first()
    return _file(kind, report, int(year))


@require_safe
def public_index(request: HttpRequest) -> HttpResponse:
    """`/ppid/laporan/`: every fixed report."""
    return render(
        request, "information/openness/reports_public.html", {"reports": YearReport.objects.published()}
    )


@require_safe
def public_report(request: HttpRequest, year: int) -> HttpResponse:
    """`/ppid/laporan/<year>/`: a fixed report, with the numbers as they were fixed."""
    report = get_object_or_404(YearReport.objects.published(), year=year)
    return render(
        request, "information/openness/report.html", yearly_paper.context(report, year, links=False)
    )


@require_safe
def public_file(request: HttpRequest, year: str, kind: str) -> HttpResponse:
    """The fixed report as a file."""
    report = get_object_or_404(YearReport.objects.published(), year=int(year))
    return _file(kind, report, int(year))


def _file(kind: str, report: YearReport | None, year: int) -> HttpResponse:
    data = yearly_paper.as_file(kind, report, year)
    headers = {"Content-Disposition": f'attachment; filename="laporan-ppid-{year}.{kind}"'}
    return HttpResponse(data, content_type=TYPES[kind], headers=headers)
