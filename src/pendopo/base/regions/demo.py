"""The ground of the demo city: Kota Sukamaju (99.71) with 30 kecamatan, 151 kelurahan and its neighbours.

`geography(seed)` is pure and kept in memory: other parts ask it for streets, landmarks and points.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from django.db import transaction
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping

from pendopo.base.regions.demo_names import (
    CITY,
    NEIGHBOURS,
    PROVINCE,
    district_names,
    landmarks,
    street_names,
    village_names,
)
from pendopo.base.regions.demo_shapes import shapes
from pendopo.base.regions.models import Boundary, Level, Region
from pendopo.base.regions.places import atlas
from pendopo.base.registries.demo import City

PROVINCE_CODE = "99"
CITY_CODE = "99.71"
DISTRICTS, VILLAGES = 30, 151
# Somewhere green on an island like Java; the place is as fictional as the code.
LATITUDE, LONGITUDE = -7.05, 109.2
KM_PER_LATITUDE = 110.57
KM_PER_LONGITUDE = 111.32 * math.cos(math.radians(LATITUDE))
SOURCE = "Kota contoh Pendopo, digambar oleh program"


@dataclass(frozen=True)
class Street:
    """A street with one point on it; reports from there lie around that point."""

    name: str
    latitude: float
    longitude: float
    landmarks: tuple[str, ...]
    rw: int


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    polygon: Polygon
    latitude: float
    longitude: float
    area_km2: float
    riverside: bool
    streets: tuple[Street, ...]

    @property
    def district(self) -> str:
        return self.code[:8]

    def point_near(self, street: Street, rng: random.Random, spread_m: float = 60) -> tuple[float, float]:
        """A latitude and longitude some metres from the street's point, always inside this kelurahan."""
        for _ in range(6):
            latitude = street.latitude + rng.gauss(0, spread_m) / 1000 / KM_PER_LATITUDE
            longitude = street.longitude + rng.gauss(0, spread_m) / 1000 / KM_PER_LONGITUDE
            if shapely.contains_xy(self.polygon, longitude, latitude):
                return round(latitude, 6), round(longitude, 6)
        return street.latitude, street.longitude


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    polygon: Polygon | MultiPolygon


@dataclass(frozen=True)
class Geography:
    city: Area
    districts: tuple[Area, ...]
    villages: tuple[Village, ...]
    neighbours: tuple[Area, ...]
    river: LineString

    def village(self, code: str) -> Village:
        return _by_code(self)[code]


@lru_cache(maxsize=2)
def _by_code(ground: Geography) -> dict[str, Village]:
    return {village.code: village for village in ground.villages}


@lru_cache(maxsize=2)
def geography(seed: int) -> Geography:
    """The whole ground of a seed, drawn once a process (about a second)."""
    drawn = shapes(
        random.Random(f"{seed}:shapes"),  # noqa: S311
        villages=VILLAGES,
        districts=DISTRICTS,
        neighbours=len(NEIGHBOURS),
    )
    rng = random.Random(f"{seed}:names")  # noqa: S311
    wet = [number in drawn.riverside for number in range(VILLAGES)]
    high = [shape.centroid.y < -3.2 for shape in drawn.villages]
    names = village_names(rng, wet, high)
    shares = list(zip(district_names(rng, names, DISTRICTS), range(DISTRICTS), strict=True))
    villages, districts = [], []
    for district_name, group in shares:
        code = f"{CITY_CODE}.{group + 1:02}"
        members = [number for number, owner in enumerate(drawn.groups) if owner == group]
        for rank, number in enumerate(members, 1):
            shape = drawn.villages[number]
            villages.append(_village(rng, f"{code}.{1000 + rank}", names[number], shape, river=wet[number]))
        districts.append(Area(code, district_name, _joined([drawn.villages[number] for number in members])))
    neighbours = [
        Area(code, name, _on_earth(shape))
        for (code, name), shape in zip(NEIGHBOURS, drawn.neighbours, strict=True)
    ]
    return Geography(
        city=Area(CITY_CODE, CITY, _joined(drawn.villages)),
        districts=tuple(districts),
        villages=tuple(villages),
        neighbours=tuple(neighbours),
        river=_on_earth(drawn.river),
    )


def _village(rng: random.Random, code: str, name: str, shape: Polygon, *, river: bool) -> Village:
    polygon = _on_earth(shape)
    centre = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    latitude, longitude = _degrees(centre.x, centre.y)
    streets = []
    for street in street_names(rng, name, rng.randint(9, 14)):
        spot_latitude, spot_longitude = _spot(rng, polygon)
        signs = tuple(landmarks(rng, name, river=river, count=4))
        streets.append(Street(street, spot_latitude, spot_longitude, signs, rng.randint(1, 14)))
    return Village(
        code=code,
        name=name,
        polygon=polygon,
        latitude=latitude,
        longitude=longitude,
        area_km2=round(shape.area, 3),
        riverside=river,
        streets=tuple(streets),
    )


def _spot(rng: random.Random, polygon: Polygon) -> tuple[float, float]:
    west, south, east, north = polygon.bounds
    while True:
        longitude, latitude = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(polygon, longitude, latitude):
            return round(latitude, 6), round(longitude, 6)


def _degrees(x: float, y: float) -> tuple[float, float]:
    return round(LATITUDE + y / KM_PER_LATITUDE, 6), round(LONGITUDE + x / KM_PER_LONGITUDE, 6)


def _on_earth(shape: shapely.Geometry) -> Any:
    """Kilometres to degrees. Rounded to six places: a corner two areas share stays one corner."""
    moved = shapely.transform(shape, lambda xy: [_degrees(x, y)[::-1] for x, y in xy])
    assert moved.is_valid
    return moved


def _joined(shapes_: Sequence[Polygon]) -> Any:
    return shapely.union_all([_on_earth(shape) for shape in shapes_])


@transaction.atomic
def build(city: City) -> None:
    """Regions and boundaries of the demo city. Rows that stand are left alone."""
    ground = geography(city.seed)
    rows = [
        Region(code=PROVINCE_CODE, name=PROVINCE, level=Level.PROVINCE, served=False),
        _region(ground.city, Level.REGENCY, PROVINCE_CODE, served=True),
        *(_region(area, Level.REGENCY, PROVINCE_CODE, served=False) for area in ground.neighbours),
        *(_region(area, Level.DISTRICT, CITY_CODE, served=True) for area in ground.districts),
    ]
    for village in ground.villages:
        area = Area(village.code, village.name, village.polygon)
        rows.append(_region(area, Level.VILLAGE, village.district, served=True))
    standing = set(Region.objects.filter(code__startswith=PROVINCE_CODE).values_list("code", flat=True))
    new = [row for row in rows if row.code not in standing]
    Region.objects.bulk_create(new)
    city.record("wilayah", len(new))

    areas = [ground.city, *ground.neighbours, *ground.districts]
    polygons = {area.code: area.polygon for area in areas} | {v.code: v.polygon for v in ground.villages}
    drawn = set(Boundary.objects.filter(region_id__in=polygons).values_list("region_id", flat=True))
    borders = [
        Boundary(region_id=code, geometry=mapping(polygon), source=SOURCE, loaded_at=city.now)
        for code, polygon in polygons.items()
        if code not in drawn
    ]
    Boundary.objects.bulk_create(borders)
    city.record("batas wilayah", len(borders))
    if new or borders:
        atlas.forget()


def _region(area: Area, level: Level, parent: str, *, served: bool) -> Region:
    centre = area.polygon.representative_point()
    return Region(
        code=area.code,
        name=area.name,
        level=level,
        parent_id=parent,
        served=served,
        latitude=round(centre.y, 6),
        longitude=round(centre.x, 6),
    )
