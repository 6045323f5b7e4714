"""Judging polygons before they are believed. Pure: shapes in, a verdict with a reason out."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from pendopo.base.regions.official import normalize_code

# A generous box around Indonesia: 11° 0' S Ndana, 6° 5' N Rondo, 95° 0' E, 141° 2' E, with some sea.
WEST, SOUTH, EAST, NORTH = 94.5, -11.6, 141.5, 6.6
_TOUCHED_UP = 0.01  # a repair that changes more of the area than this share is a guess, not a repair
_DIGITS = 7  # about a centimetre


class Refused(ValueError):
    """One polygon cannot be used; the message says why, for the person who made the file."""


class BadFile(ValueError):
    """The file as a whole cannot be used."""


@dataclass(frozen=True)
class Candidate:
    """One feature of the file with its name for messages: its code, or its place in the file."""

    label: str
    code: str
    geometry: dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    label: str
    reason: str


def read_collection(text: str) -> list[Any]:
    """The features of a GeoJSON text. Raises BadFile."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFile("isinya bukan JSON yang utuh.") from None
    if not isinstance(content, dict) or content.get("type") not in ("FeatureCollection", "Feature"):
        raise BadFile("isinya bukan GeoJSON FeatureCollection.")
    features = content.get("features") if content["type"] == "FeatureCollection" else [content]
    if not isinstance(features, list) or not features:
        raise BadFile("tidak ada satu pun wilayah di dalamnya.")
    return features


def candidates(features: list[Any]) -> Iterator[Candidate | Refusal]:
    """Features that carry a code, each code once; the others as refusals."""
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        label = f"wilayah ke-{number}"
        properties = feature.get("properties") if isinstance(feature, dict) else None
        typed = properties.get("kode") if isinstance(properties, dict) else None
        if typed in (None, ""):
            yield Refusal(label, "properti `kode` tidak ada.")
            continue
        code = normalize_code(str(typed))
        if code is None:
            yield Refusal(
                f"{label} ({str(typed)[:20]!r})", "`kode` bukan kode wilayah, misalnya 33.72.01.1001."
            )
        elif code in seen:
            yield Refusal(code, f"kode ini sudah ada di depan ({label}); yang pertama dipakai.")
        elif not isinstance(feature.get("geometry"), dict):
            yield Refusal(code, "tidak punya bentuk (geometri kosong).")
        else:
            seen.add(code)
            yield Candidate(code, code, feature["geometry"])


def checked(geometry: dict[str, Any]) -> Polygon | MultiPolygon:
    """The geometry as a valid, flat polygon inside Indonesia. Raises Refused with the reason."""
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise Refused(f"bentuknya {str(kind)[:30]}, seharusnya Polygon atau MultiPolygon.")
    try:
        with_numbers = shape(geometry)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, shapely.GEOSException):
        raise Refused(
            "koordinatnya rusak: setiap cincin perlu paling sedikit empat titik [bujur, lintang]."
        ) from None
    flat = shapely.force_2d(with_numbers)
    if flat.is_empty:
        raise Refused("tidak punya bentuk (geometri kosong).")
    _check_place(flat)
    return _repaired(flat)


def as_geojson(polygon: Polygon | MultiPolygon) -> dict[str, Any]:
    """The geometry as plain JSON values, rounded to a centimetre, rings counter-clockwise (RFC 7946)."""
    rounded = shapely.transform(polygon, lambda numbers: numbers.round(_DIGITS))
    kept = shapely.orient_polygons(rounded if rounded.is_valid else polygon)
    plain: dict[str, Any] = json.loads(json.dumps(mapping(kept)))
    return plain


def _check_place(flat: BaseGeometry) -> None:
    west, south, east, north = (float(number) for number in flat.bounds)
    if not all(math.isfinite(number) for number in (west, south, east, north)):
        raise Refused("ada koordinat yang bukan bilangan.")
    if west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH:
        return
    if south >= WEST and north <= EAST and west >= SOUTH and east <= NORTH:
        raise Refused("lintang dan bujur tertukar; GeoJSON menulis [bujur, lintang].")
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise Refused("koordinatnya bukan derajat WGS84 (mungkin UTM); ubah dulu ke EPSG:4326.")
    raise Refused(
        f"letaknya di luar Indonesia (bujur {west:.2f}…{east:.2f}, lintang {south:.2f}…{north:.2f})."
    )


def _repaired(flat: BaseGeometry) -> Polygon | MultiPolygon:
    """A valid polygon of practically the same area; small slips are mended, real crossings are refused."""
    if flat.is_valid:
        whole = flat
    else:
        # The area that the drawn rings enclose by their direction; a crossing line makes it differ.
        drawn = float(flat.area)
        whole = _only_polygons(shapely.make_valid(flat, method="structure", keep_collapsed=False))
        if abs(float(whole.area) - drawn) > _TOUCHED_UP * max(drawn, float(whole.area)):
            raise Refused(f"garis batasnya bersilangan dan tidak dapat diperbaiki ({_where(flat)}).")
    if whole.is_empty or whole.area <= 0:
        raise Refused("luasnya nol.")
    return whole if isinstance(whole, Polygon | MultiPolygon) else MultiPolygon([whole])


def _only_polygons(mended: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(mended) if isinstance(part, Polygon | MultiPolygon)]
    return shapely.union_all(parts)


def _where(flat: BaseGeometry) -> str:
    """`dekat lintang -7.56, bujur 110.80`, from the reason that GEOS gives."""
    reason = shapely.is_valid_reason(flat)
    numbers = reason.partition("[")[2].rstrip("]").split()
    if len(numbers) < 2:
        return "bentuk tidak sah"
    return f"dekat lintang {float(numbers[1]):.5f}, bujur {float(numbers[0]):.5f}"
