"""The public map at a constant price: ready counts by cell, and the reports themselves only where they are few."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Sum

from pendopo.domains.reports import geo, phrases, tallies
from pendopo.domains.reports.models import FINAL, CellTally, ReportQuerySet, TallyChange
from pendopo.domains.reports.models.tally import ALL
from pendopo.kernel import h3cells

FEW = 600  # up to here the reports of a window are read one by one, so that a lone one shows its title
NEWEST = 10_000  # of a filter nobody counted ahead, the map shows the newest
ENDED = frozenset(phrases.GROUP_OF[status].key for status in FINAL)


def clusters(
    reports: ReportQuerySet, *, bounds: geo.Bounds | None, zoom: int, category: str = ALL, group: str = ""
) -> list[dict[str, Any]]:
    """Public reports by cell, of one category and one group of statuses or of all; like `geo.clusters`.

    `reports` must be the public reports with exactly this category and group.
    """
    resolution = geo.resolution_for(zoom)
    window = bounds.ranges() if bounds else None
    counted = _counted(resolution, window, category, group)
    if sum(n for n, _ended in counted.values()) <= FEW:
        return geo.clusters(reports, bounds=bounds, zoom=zoom)
    while True:
        found = _inside(counted, resolution, bounds)
        if len(found) <= geo.MOST_MARKERS or resolution <= geo.COARSEST:
            return found[: geo.MOST_MARKERS]
        resolution -= 2 if len(found) > geo.MOST_MARKERS * 3 else 1
        counted = _counted(resolution, window, category, group)


def newest(reports: ReportQuerySet) -> ReportQuerySet:
    """The newest of these reports, at most NEWEST: filters without ready counts are counted live."""
    return reports.filter(pk__in=_newest_first(reports).values("pk")[:NEWEST])


def is_cut(reports: ReportQuerySet) -> bool:
    """Are there more with a place than the map counts of such a filter? One statement."""
    return _newest_first(reports)[NEWEST : NEWEST + 1].exists()


def _newest_first(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.exclude(cell=None).order_by("-received_at", "-pk")


def _counted(
    resolution: int, window: Iterable[tuple[int, int]] | None, category: str, group: str
) -> dict[int, tuple[int, int]]:
    """(all, ended) by the lowest number of each cell: what is added up and what changed since, in one statement."""
    ready = CellTally.objects.filter(resolution=resolution, category=category).order_by()
    fresh = TallyChange.objects.filter(cell__isnull=False).order_by()
    if category != ALL:
        fresh = fresh.filter(category=category)
    if group:
        ready = ready.filter(group=group)
        fresh = fresh.filter(state__in=next(one for one in phrases.GROUPS if one.key == group).statuses)
    if window is not None:
        ranges = _lows(window, resolution)
        ready = ready.filter(h3cells.in_ranges("cell", ranges))
        fresh = fresh.filter(h3cells.in_ranges("cell", window))
    rows = ready.values_list("cell", "group").annotate(many=Sum("n"))
    more = fresh.annotate(exact=F("cell")).values_list("exact", "state").annotate(many=Sum("n"))
    found: dict[int, tuple[int, int]] = {}
    for cell, state, many in rows.union(more, all=True):
        known = phrases.GROUP_OF.get(state)  # a status of a change, or already a group
        low = tallies.low_of(cell, resolution) if known else cell
        ended = many if (known.key if known else state) in ENDED else 0
        before = found.get(low, (0, 0))
        found[low] = (before[0] + many, before[1] + ended)
    return {cell: counts for cell, counts in found.items() if counts[0] > 0}


def _lows(window: Iterable[tuple[int, int]], resolution: int) -> list[tuple[int, int]]:
    """The window's ranges widened to whole cells of a resolution, as numbers that stand in the table."""
    ranges: list[tuple[int, int]] = []
    for low, high in window:
        widened = tallies.low_of(low, resolution), tallies.low_of(high, resolution)
        if ranges and widened[0] <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], widened[1]))
        else:
            ranges.append(widened)
    return ranges


def _inside(
    counted: dict[int, tuple[int, int]], resolution: int, bounds: geo.Bounds | None
) -> list[dict[str, Any]]:
    """Markers of the cells whose middle lies in the window, the fullest first."""
    found = []
    for low, (many, ended) in sorted(counted.items(), key=lambda item: (-item[1][0], item[0])):
        cell = h3cells.parent(low, resolution)
        latitude, longitude = h3cells.centre_of(cell)
        if bounds is None or bounds.holds(latitude, longitude):
            found.append(
                {
                    "lat": round(latitude, 5), "lon": round(longitude, 5), "n": many, "open": many - ended,
                    "cell": f"{cell:x}",
                }
            )  # fmt: skip
    return found
