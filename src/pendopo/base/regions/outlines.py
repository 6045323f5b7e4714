"""The government's areas as light lines for a map."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from pendopo.base.regions import places
from pendopo.base.regions.models import Level
from pendopo.base.regions.official import ancestors, full_name

DEFAULT_TOLERANCE = 0.0003  # degrees, about 33 m: lines stay true on a city map
_DIGITS = 5  # about a metre


@dataclass(frozen=True)
class Outlines:
    """GeoJSON text, the same packed by gzip, and a tag that changes with them."""

    text: bytes
    packed: bytes
    etag: str


_made: dict[tuple[int, float], tuple[places.Atlas, Outlines]] = {}


def outlines(level: int = Level.VILLAGE, tolerance: float = DEFAULT_TOLERANCE) -> Outlines:
    """Outlines of the served areas of a level as a FeatureCollection (`kode`, `nama`), simplified together so
    that neighbours still share their line. A level without polygons of its own is drawn from the level below.

    `tolerance` is in degrees. Remembered until a boundary changes.
    """
    atlas = places.atlas.get()
    made = _made.get((level, tolerance))
    if made is None or made[0] is not atlas:
        made = (atlas, _draw(atlas, level, tolerance))
        if len(_made) > 12:  # odd tolerances must not pile up
            _made.clear()
        _made[level, tolerance] = made
    return made[1]


def outlines_geojson(level: int = Level.VILLAGE, tolerance: float = DEFAULT_TOLERANCE) -> dict[str, Any]:
    """The FeatureCollection as plain values."""
    content: dict[str, Any] = json.loads(outlines(level, tolerance).text)
    return content


def _draw(atlas: places.Atlas, level: int, tolerance: float) -> Outlines:
    shapes = _shapes(atlas, level)
    codes = sorted(shapes)
    drawn = shapely.coverage_simplify([shapes[code][1] for code in codes], tolerance) if codes else []
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "nama": shapes[code][0]},
            "geometry": mapping(shapely.transform(geometry, lambda numbers: numbers.round(_DIGITS))),
        }
        for code, geometry in zip(codes, drawn, strict=True)
    ]
    content = {"type": "FeatureCollection", "features": features}
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    packed = gzip.compress(text, mtime=0)
    return Outlines(text, packed, hashlib.sha256(text).hexdigest()[:20])


def _shapes(atlas: places.Atlas, level: int) -> dict[str, tuple[str, BaseGeometry]]:
    """Name and polygon by code at a level, joined from the nearest finer level that has polygons."""
    served = list(zip(atlas.served.areas, atlas.served.shapes, strict=True))
    for source in range(level, Level.VILLAGE + 1):
        groups: dict[str, list[BaseGeometry]] = {}
        names: dict[str, str] = {}
        for area, polygon in served:
            if area.level == source:
                line = [*ancestors(area.code), area.code]
                code = line[level - 1]
                groups.setdefault(code, []).append(polygon)
                names[code] = full_name(code, ([*reversed(area.above), area.name])[level - 1])
        if groups:
            joined = {code: _joined(parts) for code, parts in groups.items()}
            return {code: (names[code], shape) for code, shape in joined.items()}
    return {}


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    """One polygon; the slivers between simplified neighbours are closed."""
    if len(parts) == 1:
        return parts[0]
    margin = places.GAP_METRES / 2 / 111_000
    return shapely.buffer(shapely.buffer(shapely.union_all(parts), margin), -margin)
