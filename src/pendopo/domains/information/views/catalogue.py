"""What everybody may find: the PPID page, the open list, and one entry."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendopo.base.organizations.public import offices_by_id
from pendopo.base.ui.keeping import may_be_kept
from pendopo.domains.information import doors, facets, filters_shown, offers, reading
from pendopo.domains.information.browsing import Shelf, Wish, browse
from pendopo.domains.information.forms.catalogue import RELEVANT, CatalogueForm
from pendopo.domains.information.harvest import schema_org
from pendopo.domains.information.limits_shown import limits_on
from pendopo.domains.information.models import Item
from pendopo.domains.information.paging import Mark
from pendopo.kernel import clock

NEWEST, LEAVES = 4, 25


@may_be_kept
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/ppid/`: search first, then what else can be done here, then the list itself."""
    counts = facets.tallies().counted({})["kategori"]
    newest, most = reading.newest(NEWEST), reading.most_downloaded()
    lines = {line["item"].pk: line for line in reading.lines([*newest, *most])}
    context = {
        "form": CatalogueForm(),
        "doors": list(doors.doors),
        "categories": filters_shown.categories(counts),
        "newest": [lines[pk] for pk in newest if pk in lines],
        "most": [lines[pk] for pk in most if pk in lines],
        "limits": limits_on(clock.local_date(clock.now())),
    }
    return render(request, "information/catalogue/home.html", context)


@may_be_kept
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/ppid/informasi/`: the open list, by words and filters of the address."""
    form, place = CatalogueForm(request.GET), _place(request)
    if not form.is_valid() or place is None:
        context: dict[str, Any] = {"form": form, "bad_place": place is None, "shelf": None}
        return render(request, "information/catalogue/list.html", context, status=422)
    shelf = browse(Wish(form.words, form.chosen(), form.order, *place))
    ask = doors.url_of("ask")
    context = {
        "form": form,
        "shelf": shelf,
        "lines": reading.lines(shelf.page.ids, shelf.words),
        "filters": filters_shown.groups(form, shelf.counts),
        "in_use": filters_shown.in_use(form),
        "orders": filters_shown.orders(form),
        "meant_url": f"?{form.query(q=shelf.meant)}",
        "ask_url": f"{ask}?{urlencode({'kata': form.words})}" if ask and form.words else ask,
        "data_query": f"?{form.query(urut='')}".rstrip("?"),
        **_neighbours(form, shelf, place[1]),
    }
    return render(request, "information/catalogue/list.html", context)


def _place(request: HttpRequest) -> tuple[Mark | None, int] | None:
    """The mark or the page of the address; None when it cannot be read."""
    words, leaf = request.GET.get("m", ""), request.GET.get("h", "1")
    if not (leaf.isascii() and leaf.isdecimal() and 1 <= int(leaf[:4]) <= LEAVES):
        return None
    try:
        return (Mark.parse(words) if words else None), int(leaf) - 1
    except ValueError:
        return None


def _neighbours(form: CatalogueForm, shelf: Shelf, leaf: int) -> dict[str, str]:
    """Addresses of the page before and after, "" at the ends."""
    if form.order == RELEVANT:
        before = f"?{form.query(h=str(leaf) if leaf > 1 else '')}" if leaf else ""
        return {
            "newer_url": before,
            "older_url": f"?{form.query(h=str(leaf + 2))}" if leaf + 1 < shelf.leaves else "",
        }
    page = shelf.page
    return {
        "newer_url": f"?{form.query(m=str(page.newer))}" if page.newer else "",
        "older_url": f"?{form.query(m=str(page.older))}" if page.older else "",
    }


@may_be_kept
@require_safe
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """`/ppid/informasi/<slug>/`: everything about one entry; what was withdrawn says so (410)."""
    gone = reading.tombstones(slug).light().first()
    if gone is not None:
        return render(request, "information/catalogue/gone.html", {"item": gone}, status=410)
    found = get_object_or_404(Item.objects.published().light().select_related("decree"), slug=slug)
    files = reading.open_files([found]).get(found.pk, [])
    today = clock.local_date(clock.now())
    context = {
        "item": found,
        "office": offices_by_id()[found.office_id],
        "rows": reading.statutory_rows(found),
        "files": files,
        "overdue": offers.item_is_overdue(found, today=today),
        "test": reading.exemption_of([found], today).get(found.pk) if found.is_exempt else None,
        "category": filters_shown.category(found.category),
        "licence_url": reading.LICENCE_PAGES[found.licence],
        "related": reading.related(found),
        "ask_url": doors.url_of("ask"),
        "canonical": reading.page_url(found.slug),
        "linked_data": "" if found.is_exempt else schema_org.script(found, files),
        "data_urls": [(kind, reverse(f"information:item-{kind}", args=[slug])) for kind in ("jsonld", "ttl")],
    }
    return render(request, "information/catalogue/item.html", context)
