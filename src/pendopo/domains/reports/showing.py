"""How reports appear on surfaces that know no room: the public map, the search, the figures of the home page."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.regions import public as regions
from pendopo.base.ui import words as spoken
from pendopo.domains.reports import cells, counted, figures, geo, phrases
from pendopo.domains.reports.models import Report, ReportQuerySet, Status
from pendopo.kernel import clock


def _public(user: Any) -> ReportQuerySet:
    return Report.objects.visible_to(user).public()


def find(user: Any, words: str, limit: int) -> list[dict[str, Any]]:
    """The newest public reports that hold the words (all of them when there are none)."""
    rows = (
        _public(user).search(words).select_related("region__parent").order_by("-received_at", "-pk")[:limit]
    )
    return [
        {
            "title": report.title,
            "url": reverse("reports:detail", args=[report.slug]),
            "summary": ", ".join(
                filter(None, [report.region.name, getattr(report.region.parent, "name", "")])
            ),
            "when": report.received_at,
            "state": phrases.WORDS[Status(report.status)],
            "tone": phrases.tone_of(report.status),
        }
        for report in rows
    ]


def points(
    user: Any, bounds: tuple[float, float, float, float] | None, zoom: int = 12
) -> list[dict[str, Any]]:
    """Public reports as circles: one report, or the number of those near each other."""
    window = geo.Bounds(*bounds) if bounds else None
    return [_point(cluster) for cluster in cells.clusters(_public(user), bounds=window, zoom=zoom)]


def _point(cluster: dict[str, Any]) -> dict[str, Any]:
    alone = "slug" in cluster  # a cell of the ready counts holds a number only, also when it is one
    url = (
        reverse("reports:detail", args=[cluster["slug"]])
        if alone
        else f"{reverse('reports:list')}?{urlencode({'sel': cluster['cell']})}"
    )
    return {
        "lat": cluster["lat"],
        "lon": cluster["lon"],
        "label": cluster["title"] if alone else _many(cluster),
        "url": url,
        "shape": "circle",
        "state": "moving" if cluster["open"] else "done",
    }


def _many(cluster: dict[str, Any]) -> str:
    """How many, and the kelurahan in the middle of the circle or nearest to it."""
    place = regions.find(cluster["lat"], cluster["lon"])
    area, number = place.area or place.nearest, spoken.number(cluster["n"])
    if area is None:
        return _("%(n)s laporan") % {"n": number}
    return _("%(n)s laporan di sekitar %(area)s") % {"n": number, "area": area.name}


def count_of(key: str) -> Any:
    """A function that counts one measure over the last twelve months' public reports."""

    def count(user: Any) -> int:
        return counted.total(key, _year(), now=clock.now())

    return count


def url_of(key: str) -> Any:
    """A function that gives the address of exactly the list that `count_of` counts."""

    def url() -> str:
        year = _year()
        query = {"dari": year.since.isoformat(), "sampai": year.until.isoformat(), "angka": key}
        return f"{reverse('reports:list')}?{urlencode(query)}"

    return url


def _year() -> figures.Period:
    return next(p for p in figures.periods(clock.local_date(clock.now()), None) if p.key == "12-bulan")
