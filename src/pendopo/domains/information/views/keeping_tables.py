"""Tables in and out: the template, an upload with its verdict, the own list as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.files.refusals import FileRefused
from pendopo.domains.information import listing
from pendopo.domains.information.forms.keeping import FilterForm, ImportForm
from pendopo.domains.information.importing import carrying, tables
from pendopo.domains.information.importing.columns import COLUMNS, HEADERS, cells_of
from pendopo.domains.information.models import Item, ItemImport
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.staff import me, staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 10_000


def _xlsx(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@staff_page
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty table with an example row and a sheet of notes."""
    notes = [("Kolom", "Petunjuk", "Wajib"), *((c.header, c.note, "ya" if c.needed else "") for c in COLUMNS)]
    example = [[column.example for column in COLUMNS]]
    return _xlsx(
        tables.workbook(HEADERS, example, title="Daftar", notes=notes), "contoh-daftar-informasi.xlsx"
    )


@staff_page
@require_safe
def take_out(request: HttpRequest) -> HttpResponseBase:
    """The list on the own desk, as filtered, in the columns of the template; too many rows are refused, not cut."""
    form = FilterForm(request.GET, user=request.user)
    if not form.is_valid():
        return redirect(f"{reverse('information:items')}?{request.GET.urlencode()}")
    rows = listing.narrowed(Item.objects.desk_of(request.user), form.cleaned_data)
    tab = listing.BY_KEY.get(request.GET.get("tab", ""))
    if tab is not None:
        rows = tab.of(rows, clock.local_date(clock.now()))
    if rows[MOST:].exists():
        messages.error(
            request, _("Terlalu banyak baris untuk satu berkas. Saring dulu, misalnya per kantor.")
        )
        return redirect(f"{reverse('information:items')}?{request.GET.urlencode()}")
    found = rows.light().select_related("office").order_by("number", "pk").iterator(chunk_size=500)
    lines = (cells_of(item) for item in found)
    if request.GET.get("bentuk") == "csv":
        return csv_download(request, csv_text(HEADERS, lines), filename="daftar-informasi.csv")
    return _xlsx(tables.workbook(HEADERS, lines, title="Daftar"), "daftar-informasi.xlsx")


@staff_page
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take a table; it is judged in the background."""
    if not who.is_ppid(request.user):
        raise Http404
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*bound, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("office", "update", "propose")}
        try:
            batch = carrying.start(
                upload=form.cleaned_data["file"],
                **given,
                by=me(request),
                now=clock.now(),
            )
        except FileRefused as no:
            form.add_error("file", str(no))
        else:
            return redirect("information:import", batch.pk)
    imports = ItemImport.objects.visible_to(request.user).defer("rows", "refused").select_related("file")[:10]
    context = {"form": form, "imports": imports}
    return render(request, "information/keeping/imports.html", context, status=422 if form.is_bound else 200)


@staff_page
@require_safe
def one(request: HttpRequest, pk: Any) -> HttpResponse:
    """What the rows are worth; then how far the writing is, and what came of it."""
    batch = (
        ItemImport.objects.visible_to(request.user).defer("rows").select_related("file", "office").get(pk=pk)
    )
    return render(request, "information/keeping/import.html", {"batch": batch})


@staff_page
@require_POST
def confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write the accepted rows."""
    try:
        carrying.confirm(import_id=pk, by=me(request), now=clock.now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("information:import", pk)


@staff_page
@require_safe
def refused(request: HttpRequest, pk: Any) -> HttpResponse:
    """The refused rows in the columns of the template, with their reasons: mend them and send them again."""
    batch = ItemImport.objects.visible_to(request.user).defer("rows").get(pk=pk)
    lines = (
        [row["row"], row["column"], row["reason"], *(row["cells"].get(column.key, "") for column in COLUMNS)]
        for row in batch.refused
    )
    header = (_("Baris"), _("Kolom"), _("Alasan ditolak"), *HEADERS)
    return _xlsx(tables.workbook(header, lines, title="Ditolak"), "baris-ditolak.xlsx")
