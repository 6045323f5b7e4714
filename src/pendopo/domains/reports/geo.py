"""Places of reports: reading a typed point, naming kelurahan, and showing where without showing whose house."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import h3.api.basic_int as h3
from django.db.models import Count, Min, Q
from django.db.models.functions import Left

from pendopo.base.regions import public as regions
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.models import FINAL
from pendopo.kernel import h3cells
from pendopo.kernel.caches import timed

# A generous box around Indonesia, as base/regions uses for polygons.
WEST, SOUTH, EAST, NORTH = 94.5, -11.6, 141.5, 6.6
PUBLIC_RESOLUTION = 10  # edge about 70 m: a street corner, not a house
COARSEST = 4
MOST_MARKERS = 180
LEAST_REACH_M = 400.0  # a smaller search circle would use finer cells and so give exact places away
_HOUSE_NUMBER = re.compile(
    r"(?i)\b(?:no|nomor|nmr|num|blok)\b[\s.:#-]*\w{0,3}[\s./-]*\d+[a-z]?(?:\s*/\s*\d+)?|#\s*\d+[a-z]?"
)


class BadPoint(ValueError):
    """The coordinates are no place in Indonesia."""


def read_point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Both numbers, None when both are empty. Raises BadPoint for everything else."""
    if not latitude and not longitude:
        return None
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError:
        raise BadPoint from None
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise BadPoint
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
        raise BadPoint
    return round(lat, 6), round(lon, 6)


def words_at(latitude: float | None, longitude: float | None) -> str:
    """A sentence that says where a point lies, "" without a point."""
    return "" if latitude is None or longitude is None else regions.explain(regions.find(latitude, longitude))


@timed(60)
def villages() -> Mapping[str, str]:
    """Served kelurahan and desa: code to name, in the order of their kecamatan."""
    return {code: name for _district, group in grouped_villages() for code, name in group}


@timed(60)
def grouped_villages() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Served kelurahan by the name of their kecamatan, for a grouped <select>."""
    rows = Region.objects.filter(served=True, level=Level.VILLAGE).order_by("parent__name", "name")
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name, district in rows.values_list("code", "name", "parent__name"):
        groups.setdefault(district or "", []).append((code, name))
    return tuple((district, tuple(group)) for district, group in groups.items())


@timed(60)
def districts() -> Mapping[str, str]:
    """Served kecamatan: code to name."""
    rows = Region.objects.filter(served=True, level=Level.DISTRICT).order_by("name")
    return dict(rows.values_list("code", "name"))


def public_address(address: str) -> str:
    """The landmark as neighbours may read it: house numbers are taken out."""
    shown = _HOUSE_NUMBER.sub("", address)
    return re.sub(r"\s+", " ", re.sub(r"\s+([,.;])", r"\1", shown)).strip(" ,;-")


def public_point(cell: int | None) -> tuple[float, float] | None:
    """The middle of the cell of about 70 m around a report, five digits; the exact point is never public."""
    if cell is None:
        return None
    latitude, longitude = h3cells.centre_of(h3cells.parent(cell, PUBLIC_RESOLUTION))
    return round(latitude, 5), round(longitude, 5)


def read_cell(name: str) -> tuple[int, int] | None:
    """The range of stored cells inside the named H3 cell (`8a8c…`), None unless it is coarse enough."""
    if not re.fullmatch(r"[0-9a-f]{15,16}", name) or not h3.is_valid_cell(int(name, 16)):
        return None
    cell = int(name, 16)
    return h3cells.cell_range(cell) if h3cells.resolution_of(cell) <= PUBLIC_RESOLUTION else None


@dataclass(frozen=True)
class Bounds:
    """A window of the map in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, typed: str) -> "Bounds | None":
        """`west,south,east,north`, cut to Indonesia; None when it is not that."""
        try:
            west, south, east, north = (float(part) for part in typed.split(","))
        except ValueError:
            return None
        if not all(map(math.isfinite, (west, south, east, north))):
            return None
        west, south, east, north = max(west, WEST), max(south, SOUTH), min(east, EAST), min(north, NORTH)
        return cls(west, south, east, north) if west < east and south < north else None

    def ranges(self) -> list[tuple[int, int]]:
        """Stored-cell ranges that cover the window, never finer than what is public."""
        middle = ((self.south + self.north) / 2, (self.west + self.east) / 2)
        reach = h3cells.haversine_m(*middle, self.north, self.east)
        return h3cells.disk_ranges(*middle, max(reach, LEAST_REACH_M))

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def resolution_for(zoom: int) -> int:
    """The H3 resolution whose cells are some 60 pixels wide at a map zoom."""
    return max(COARSEST, min(PUBLIC_RESOLUTION, round((zoom - 1) * 0.7) - 1))


def clusters(reports: Any, *, bounds: Bounds | None, zoom: int) -> list[dict[str, Any]]:
    """Reports counted by cell, at most MOST_MARKERS of them; one or two more queries when a city is crowded.

    Each has lat, lon (of the cell), n (reports), open (not ended), cell; a single report also slug and title.
    """
    placed = reports.exclude(cell=None)
    if bounds is not None:
        placed = placed.filter(h3cells.in_ranges("cell", bounds.ranges()))
    resolution = resolution_for(zoom)
    while True:
        rows = list(_counted(placed, resolution)[: MOST_MARKERS * 4])
        found = [
            cluster
            for cluster in map(_cluster, rows)
            if bounds is None or bounds.holds(cluster["lat"], cluster["lon"])
        ]
        if len(found) <= MOST_MARKERS or resolution <= COARSEST:
            return found[:MOST_MARKERS]
        resolution -= 2 if len(found) > MOST_MARKERS * 3 else 1


def _counted(placed: Any, resolution: int) -> Any:
    return (
        placed.order_by()
        .annotate(grid=h3cells.ParentCell("cell", resolution))
        .values("grid")
        .annotate(
            n=Count("pk"),
            open=Count("pk", filter=~Q(status__in=FINAL)),
            slug=Min("slug"),
            title=Min(Left("public_text", 60)),
        )
        .order_by("-n", "grid")
    )


def _cluster(row: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = h3cells.centre_of(row["grid"])
    cluster = {"lat": round(latitude, 5), "lon": round(longitude, 5), "n": row["n"], "open": row["open"]}
    cluster["cell"] = f"{row['grid']:x}"
    return cluster | ({"slug": row["slug"], "title": row["title"].split("\n")[0]} if row["n"] == 1 else {})


def as_geojson(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Clusters as a small FeatureCollection: n, o (open), c (cell) and, for one report, s (slug), t (title)."""
    short = {"n": "n", "open": "o", "cell": "c", "slug": "s", "title": "t"}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
                "properties": {short[name]: one[name] for name in short if name in one},
            }
            for one in found
        ],
    }
