"""The two statutory lists as tables: what is public (DIP), what is withheld and why (DIK)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.domains.information import reading
from pendopo.domains.information.finding import narrowed
from pendopo.domains.information.forms.lists import ListForm
from pendopo.domains.information.harvest import tables
from pendopo.domains.information.harvest.manners import FILE_COST, open_data
from pendopo.domains.information.models import Category, ConsequenceTest, Item, ItemQuerySet
from pendopo.kernel import clock
from pendopo.kernel.streams import csv_download
from pendopo.kernel.tables import csv_text

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def dip(request: HttpRequest) -> HttpResponse:
    """`/ppid/dip/`: Daftar Informasi Publik with the columns of the law, in the order in which it grew."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "information/catalogue/dip.html", {"form": form}, status=422)
    context = _page(form, _open(form))
    return render(request, "information/catalogue/dip.html", context)


@require_safe
def dik(request: HttpRequest) -> HttpResponse:
    """`/ppid/dik/`: what is withheld, by which letter and law, until when."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "information/catalogue/dik.html", {"form": form}, status=422)
    context = _page(form, _exempt(form).select_related("office"))
    pairs = _tested(context["items"])
    return render(request, "information/catalogue/dik.html", context | {"pairs": pairs})


def _open(form: ListForm) -> ItemQuerySet:
    return narrowed(Item.objects.published().exclude(category=Category.DIKECUALIKAN), form.chosen())


def _exempt(form: ListForm) -> ItemQuerySet:
    return narrowed(Item.objects.published().filter(category=Category.DIKECUALIKAN), form.chosen() | {"kategori": ""})


def _page(form: ListForm, found: ItemQuerySet) -> dict[str, Any]:
    after = form.cleaned_data["sesudah"] or 0
    rows = list(found.light().select_related("decree").filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    query = form.query()
    more = f"?{form.query(sesudah=str(rows[PAGE - 1].pk))}" if len(rows) > PAGE else ""
    return {
        "form": form,
        "items": rows[:PAGE],
        "older_url": more,
        "newer_url": f"?{query}" if after else "",
        "data_query": f"?{query}" if query else "",
    }


def _tested(items: Iterable[Item]) -> list[tuple[Item, ConsequenceTest | None]]:
    items = list(items)
    tests = reading.exemption_of(items, clock.local_date(clock.now()))
    return [(item, tests.get(item.pk)) for item in items]


@open_data(cost=FILE_COST)
def dip_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """`/ppid/dip.csv`, `/ppid/dip.xlsx`: the same list. The workbook stops at 5,000 entries, the CSV at 50,000."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("Saringan ini tidak dikenal."), status=422, content_type="text/plain; charset=utf-8")
    items = _open(form).light().select_related("decree").order_by("pk")
    if kind == "csv":
        return csv_download(request, tables.as_csv(items), filename="dip.csv")
    lines = tables.rows(items, most=tables.MOST_SHEET_ROWS)
    return _workbook(tables.as_xlsx(tables.COLUMNS, lines, title="DIP"), "dip.xlsx")


@open_data(cost=FILE_COST)
def dik_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """`/ppid/dik.csv`, `/ppid/dik.xlsx`: the exempted list, at most 5,000 entries."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("Saringan ini tidak dikenal."), status=422, content_type="text/plain; charset=utf-8")
    items = _exempt(form).light().order_by("pk")[: tables.MOST_SHEET_ROWS]
    lines = list(tables.exempt_rows(_tested(items)))
    if kind == "csv":
        return csv_download(request, csv_text(tables.EXEMPT_COLUMNS, lines), filename="dik.csv")
    return _workbook(tables.as_xlsx(tables.EXEMPT_COLUMNS, lines, title="DIK"), "dik.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=XLSX, headers=headers)
