"""Which area a point lies in, answered from memory.

All polygons are held in one search tree per process. A fingerprint of the tables, asked for at most every
few seconds, tells when another process has changed them.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from pendopo.base.regions import official
from pendopo.base.regions.models import Boundary, Level, Region
from pendopo.kernel.fresh import Fingerprint, Fresh
from pendopo.kernel.h3cells import haversine_m

CHECK_SECONDS = 5
# Published polygons are simplified to about 5 m, so slivers up to 11 m wide belong to nobody (measured on 280
# real kelurahan). A point in such a sliver is given to the nearest area instead of being sent away.
GAP_METRES = 15


@dataclass(frozen=True, slots=True)
class PlaceArea:
    """An area that the database knows, as plain values: no query when it is read."""

    code: str
    name: str
    level: int
    served: bool
    above: tuple[str, ...]  # names of the areas above it, the nearest first

    @property
    def kind_label(self) -> str:
        return official.kind_label(self.code)

    @property
    def full_name(self) -> str:
        """`Kelurahan Pajang`."""
        return official.full_name(self.code, self.name)

    @property
    def parent_code(self) -> str:
        return official.parent_code(self.code)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known about a point.

    `known` is False when no boundary of the government is loaded: then nothing can be said, and a form must
    ask for the area in words. `area` is the smallest served area around the point, `village` the same when it
    is a kelurahan or desa. Outside, `neighbour` is the smallest neighbouring area around the point when its
    boundary is loaded; `nearest` and `distance_km` name the closest served area and how far its edge is.
    """

    known: bool
    area: PlaceArea | None = None
    neighbour: PlaceArea | None = None
    neighbour_government: PlaceArea | None = None
    nearest: PlaceArea | None = None
    distance_km: float | None = None

    @property
    def inside(self) -> bool:
        """Whether the point lies in an area that this installation serves."""
        return self.area is not None

    @property
    def village(self) -> PlaceArea | None:
        return self.area if self.area is not None and self.area.level == Level.VILLAGE else None


@dataclass(frozen=True, slots=True)
class _Layer:
    """Polygons that are searched together, sorted by code."""

    areas: list[PlaceArea]
    shapes: list[BaseGeometry]
    tree: shapely.STRtree

    def around(self, longitude: float, latitude: float) -> PlaceArea | None:
        """The smallest area that holds the point, edges included; on a shared edge the lowest code."""
        best: PlaceArea | None = None
        for place in self.tree.query(shapely.Point(longitude, latitude)):
            area = self.areas[place]
            if best is not None and (-best.level, best.code) <= (-area.level, area.code):
                continue
            if shapely.intersects_xy(self.shapes[place], longitude, latitude):
                best = area
        return best


@dataclass(frozen=True)
class Atlas:
    """All polygons as they were at one moment."""

    served: _Layer
    neighbours: _Layer
    nearest: _Layer  # the served areas of the finest level that has polygons
    governments: dict[str, PlaceArea]  # of the neighbours, by code
    government: PlaceArea | None  # the one that this installation serves

    def find(self, latitude: float, longitude: float) -> Place:
        if not (math.isfinite(latitude) and math.isfinite(longitude)):
            raise ValueError("Koordinat harus bilangan.")
        if not self.served.areas:
            return Place(known=False)
        area = self.served.around(longitude, latitude)
        if area is not None and area.level == self.nearest.areas[0].level:
            return Place(known=True, area=area)
        neighbour = None if area else self.neighbours.around(longitude, latitude)
        nearest, kilometres = self._nearest(latitude, longitude)
        if neighbour is None and kilometres * 1000 <= GAP_METRES:
            return Place(known=True, area=nearest)
        if area is not None:
            return Place(known=True, area=area)
        return Place(
            known=True,
            neighbour=neighbour,
            neighbour_government=self._government(neighbour),
            nearest=nearest,
            distance_km=kilometres,
        )

    def _government(self, area: PlaceArea | None) -> PlaceArea | None:
        """The regency or city that an area belongs to (the province itself when that is all we know)."""
        return None if area is None else self.governments.get(_government_code(area.code), area)

    def _nearest(self, latitude: float, longitude: float) -> tuple[PlaceArea, float]:
        """The served area whose edge is closest, measured in degrees, and its distance in kilometres.

        In Indonesia a degree of longitude is at most 2 % shorter than one of latitude.
        """
        point = shapely.Point(longitude, latitude)
        place = int(self.nearest.tree.nearest(point))
        edge = shapely.get_point(shapely.shortest_line(self.nearest.shapes[place], point), 0)
        metres = haversine_m(latitude, longitude, float(edge.y), float(edge.x))
        return self.nearest.areas[place], metres / 1000


def fingerprint() -> Fingerprint:
    """A value that differs when any region or boundary row was added, changed or removed.

    `xmin` is the transaction that wrote a row, so even a hand-written UPDATE is noticed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(r.xmin::text::bigint), count(b.region_id), sum(b.xmin::text::bigint)"
            " FROM regions_region r LEFT JOIN regions_boundary b ON b.region_id = r.code"
        )
        row: Fingerprint = cursor.fetchone()
    return row


def _read() -> Atlas:
    regions = {
        code: (name, served) for code, name, served in Region.objects.values_list("code", "name", "served")
    }
    areas: list[PlaceArea] = []
    shapes: list[BaseGeometry] = []
    for code, geometry in (
        Boundary.objects.order_by("pk").values_list("pk", "geometry").iterator(chunk_size=500)
    ):
        areas.append(_area(code, regions))
        shapes.append(shape(geometry))
    shapely.prepare(np.array(shapes, dtype=object))
    finest = max((area.level for area in areas if area.served), default=0)
    beside = {_government_code(area.code) for area in areas if not area.served}

    def layer(chosen: list[int]) -> _Layer:
        found = [shapes[place] for place in chosen]
        return _Layer([areas[place] for place in chosen], found, shapely.STRtree(found))

    places = range(len(areas))
    return Atlas(
        served=layer([p for p in places if areas[p].served]),
        neighbours=layer([p for p in places if not areas[p].served]),
        nearest=layer([p for p in places if areas[p].served and areas[p].level == finest]),
        governments={code: _area(code, regions) for code in beside if code in regions},
        government=_governing(regions),
    )


def _area(code: str, regions: dict[str, tuple[str, bool]]) -> PlaceArea:
    name, served = regions[code]
    above = tuple(regions.get(parent, ("",))[0] for parent in reversed(official.ancestors(code)))
    return PlaceArea(code, name, official.level_of(code), served, above)


def _government_code(code: str) -> str:
    return ".".join(code.split(".")[:2])


def _governing(regions: dict[str, tuple[str, bool]]) -> PlaceArea | None:
    """The served regency or city; the served province when there are many of them."""
    served = [code for code, (_name, served) in regions.items() if served]
    regencies = [code for code in served if official.level_of(code) == Level.REGENCY]
    found = regencies if len(regencies) == 1 else [code for code in served if official.level_of(code) == 1]
    return _area(found[0], regions) if found else None


# The polygons as the database has them now, or had them at most CHECK_SECONDS ago.
atlas: Fresh[Atlas] = Fresh(fingerprint, _read, CHECK_SECONDS)
