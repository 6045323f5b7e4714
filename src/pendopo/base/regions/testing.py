"""Boundaries for tests of any room: areas as squares side by side, written by the real import."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pendopo.base.regions.actions import ImportReport, import_boundaries

WHEN = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
SOUTH, WEST, SIDE = -7.60, 110.80, 0.01  # the first square's corner; about 1.1 km a side


def square(place: int, *, side: float = SIDE) -> list[list[float]]:
    """The ring of the n-th square to the east of the first."""
    west = WEST + place * SIDE
    east, north = west + side, SOUTH + side
    return [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]


def middle(place: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of the n-th square."""
    return SOUTH + SIDE / 2, WEST + (place + 0.5) * SIDE


def feature(code: object, geometry: dict[str, Any] | None) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kode": code}, "geometry": geometry}


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def give_squares(codes: Sequence[str]) -> ImportReport:
    """Each area its square, from west to east in the order given. The regions (or official codes) must exist."""
    features = [feature(code, polygon(square(place))) for place, code in enumerate(codes)]
    return import_boundaries(features=features, source="kotak uji", now=WHEN)
