"""What everybody may read: the list, its map, and one report."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.base.ui.keeping import may_be_kept
from pendopo.domains.reports import cells, geo, paging, photos, phrases, reading, task_reading
from pendopo.domains.reports.forms.browsing import FilterForm
from pendopo.domains.reports.forms.following import NeighbourForm
from pendopo.domains.reports.models import Report, ReportQuerySet, Status
from pendopo.kernel import clock

_LIST_FIELDS = (
    "slug", "status", "received_at", "public_text", "address", "anonymous", "shown_name", "cell",
    "category__label", "category__label_en", "category__icon", "region__name", "region__parent__name",
)  # fmt: skip


_JOINED = ("category", "region__parent", "office", "merged_into")


@may_be_kept
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/laporan/`: newest first, filtered by the address; the map stands beside the same list."""
    form, mark = FilterForm(request.GET), _mark(request)
    if not form.is_valid() or mark is False:
        context = {"form": form, "bad_mark": mark is False, "reports": [], "total": None, "clear": True}
        return render(request, "reports/list.html", context, status=422)
    found = form.narrow(Report.objects.visible_to(request.user).public(), now=clock.now())
    page = paging.page_of(found, mark, shown=_as_lines, searched=bool(form.cleaned_data["q"]))
    context = {
        "form": form,
        "total": page.total,
        "reports": [_line(report) for report in page.reports],
        "newer_url": f"?{form.query(m=page.newer)}" if page.newer else "",
        "older_url": f"?{form.query(m=page.older)}" if page.older else "",
        "clear": bool(form.query()),
        "narrowed": form.narrowed(),
        "data_query": f"?{form.query()}" if form.query() else "",
        "measure": form.named_figure(),
        "map_url": f"{reverse('reports:map')}?{form.query()}",
    }
    return render(request, "reports/list.html", context)


def _as_lines(reports: ReportQuerySet) -> ReportQuerySet:
    """What a line of the list shows, in one query and one for the pictures."""
    rows = reports.select_related("category", "region__parent").only(*_LIST_FIELDS)
    return rows.prefetch_related(photos.public_pictures())


@require_safe
def map_points(request: HttpRequest) -> HttpResponse:
    """`/laporan/peta.json`: the reports of the same filters, counted by cell. `kotak` is the window, `z` the zoom."""
    form = FilterForm(request.GET)
    typed, zoom = request.GET.get("kotak", ""), request.GET.get("z", "12")
    bounds = geo.Bounds.read(typed[:120]) if typed else None
    if (
        not form.is_valid()
        or (typed and bounds is None)
        or not zoom.isdecimal()
        or not 0 <= int(zoom[:3]) <= 22
    ):
        return JsonResponse({"salah": _("Jendela peta atau saringan ini tidak terbaca.")}, status=422)
    response = JsonResponse(_circles(request, form, bounds, int(zoom)))
    response["Cache-Control"] = "private, max-age=5"
    return response


def _circles(request: HttpRequest, form: FilterForm, bounds: geo.Bounds | None, zoom: int) -> dict[str, Any]:
    """GeoJSON of the circles; `newest` says that only so many reports, the newest, are counted in them."""
    found = form.narrow(Report.objects.visible_to(request.user).public(), now=clock.now())
    if form.counted_ahead():
        category, group = form.cleaned_data["kategori"], form.cleaned_data["keadaan"]
        return geo.as_geojson(cells.clusters(found, bounds=bounds, zoom=zoom, category=category, group=group))
    circles = geo.as_geojson(geo.clusters(cells.newest(found), bounds=bounds, zoom=zoom))
    return circles | ({"newest": cells.NEWEST} if cells.is_cut(found) else {})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`/laporan/<slug>/`: what neighbours may read about one report."""
    return detail_page(request, slug, NeighbourForm())


def detail_page(request: HttpRequest, slug: str, form: NeighbourForm, *, status: int = 200) -> HttpResponse:
    """The public page with its follow form, for this view and for the one that takes the form."""
    seen = Report.objects.visible_to(request.user).public()
    report = get_object_or_404(seen.select_related(*_JOINED), slug=slug)
    pictures = report.attachments.filter(public=True, message=None, role="PHOTO").select_related("file")
    context = {
        "report": report,
        "line": _line(report, with_photos=False),
        "said": phrases.said_publicly(report),
        "merged_into": _parent_of(report),
        "address": geo.public_address(report.address),
        "photos": photos.shown(pictures),
        "timeline": reading.public_timeline(report),
        "point": geo.public_point(report.cell),
        "name": report.shown_name if not report.anonymous and report.shown_name else _("Anonim"),
        "form": form,
        "closed": report.is_closed,
        "together": task_reading.together(report),
    }
    return render(request, "reports/detail.html", context, status=status)


def _parent_of(report: Report) -> Report | None:
    """The report this one was merged into, while that may be read by all."""
    parent = report.merged_into if report.status == Status.MERGED else None
    return None if parent is None or parent.secret or parent.hidden else parent


def _mark(request: HttpRequest) -> Any:
    """The page's mark, None for the first page, False when it cannot be read."""
    words = request.GET.get("m", "")
    try:
        return paging.Mark.parse(words) if words else None
    except ValueError:
        return False


def _line(report: Report, *, with_photos: bool = True) -> dict[str, Any]:
    """One report as lists show it: public words only."""
    status = Status(report.status)
    point = geo.public_point(report.cell)
    return {
        "slug": report.slug,
        "url": reverse("reports:detail", args=[report.slug]),
        "title": report.title,
        "category": report.category,
        "status": phrases.WORDS[status],
        "tone": phrases.tone_of(status),
        "when": report.received_at,
        "village": report.region.name,
        "district": report.region.parent.name if report.region.parent else "",
        "photo": next(iter(photos.shown(report.pictures[:1])), None) if with_photos else None,  # type: ignore[attr-defined]
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
    }
