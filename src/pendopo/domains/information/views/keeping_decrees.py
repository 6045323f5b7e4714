"""Staff pages of decrees: those written down, a new one over proposed entries, one to be printed."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.domains.information import letter_texts, letters
from pendopo.domains.information.actions import keeping_decrees
from pendopo.domains.information.actions import tests as sheets
from pendopo.domains.information.forms.keeping import DecreeForm
from pendopo.domains.information.models import Category, ConsequenceTest, Decree, Item, ItemStatus, TestStatus
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.staff import me, staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

MOST = 200


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All decrees, newest first."""
    decrees = Decree.objects.visible_to(request.user).annotate(entries=Count("items"))
    context = {"decrees": decrees[:MOST], "may_fix": who.decides(request.user)}
    return render(request, "information/keeping/decrees.html", context)


@staff_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One decree with its list, for the screen and for paper."""
    decree = Decree.objects.visible_to(request.user).select_related("office").get(pk=pk)
    items = Item.objects.visible_to(request.user).light().filter(decree=decree).select_related("office")
    context = {
        "decree": decree, "items": items.order_by("number"),
        "letters": letters.links(letter_texts.DECREE, pk, clock.now()),
    }  # fmt: skip
    return render(request, "information/keeping/decree.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def fix_items(request: HttpRequest) -> HttpResponse:
    """Choose proposed entries and fix them."""
    proposed = Item.objects.desk_of(request.user).filter(status=ItemStatus.PROPOSED)
    undecreed = Item.objects.desk_of(request.user).filter(
        status=ItemStatus.FIXED, decree=None, category=Category.SERTA_MERTA
    )
    rows = (
        (proposed | undecreed).light().select_related("office").order_by("office__name", "proposed_at", "pk")
    )
    given = {"title": _("Penetapan Daftar Informasi Publik")}
    return _fix(request, list(rows[:MOST]), keeping_decrees.fix, "items", given)


@staff_page
@require_http_methods(["GET", "POST"])
def fix_tests(request: HttpRequest) -> HttpResponse:
    """Choose proposed consequence tests and fix them."""
    rows = ConsequenceTest.objects.visible_to(request.user).filter(status=TestStatus.PROPOSED)
    given = {"title": _("Penetapan Klasifikasi Informasi yang Dikecualikan")}
    found = list(rows.select_related("office", "ground").order_by("proposed_at")[:MOST])
    return _fix(request, found, sheets.fix_tests, "tests", given)


def _fix(
    request: HttpRequest, rows: list[Any], action: Any, name: str, given: dict[str, str]
) -> HttpResponse:
    """One page for both: rows to tick, and the decree. `name` is the action's argument for the ticked rows."""
    if not who.decides(request.user):
        raise Http404
    ticked = _ticked(request.POST.getlist("row")) if request.method == "POST" else {}
    form = DecreeForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            decree = action(
                **{name: list(ticked.items())}, decree=form.decree(), by=me(request), now=clock.now()
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Sudah ditetapkan. Suratnya tersedia di halaman ini sebentar lagi."))
            return redirect("information:decree", decree.pk)
    context = {
        "form": form, "of_tests": name == "tests",
        "rows": [(row, not form.is_bound or row.pk in ticked) for row in rows],
    }  # fmt: skip
    return render(request, "information/keeping/fix.html", context, status=422 if form.is_bound else 200)


def _ticked(values: list[str]) -> dict[int, int]:
    """Ids with the version that was seen, from "id.version"."""
    pairs = [value.split(".") for value in values if len(value) < 24 and value.replace(".", "", 1).isascii()]
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(map(str.isdigit, pair))}
