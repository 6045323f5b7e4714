"""Places as H3 cells: one 64-bit integer a point, and every coarser cell is one range of those integers.

A resolution-15 cell (about 0.9 m²) is stored. All points of a coarser cell lie between two integers,
so near-by search, grid counts and heat maps are B-tree range scans; no PostGIS is needed.

Bits of an H3 index, high to low: 1 zero, 4 mode, 3 reserved, 4 resolution, 7 base cell, then fifteen
digits of 3 bits. A used digit is 0–6, an unused one is 7 (https://h3geo.org/docs/core-library/h3Indexing).
"""

import math
from collections.abc import Iterable

import h3.api.basic_int as h3
from django.db.models import BigIntegerField, Func, Q

FINEST = 15
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
_RESOLUTION_SHIFT = 52
_RESOLUTION_MASK = 0b1111 << _RESOLUTION_SHIFT

# The finest resolution that still covers a circle with few cells; a circle reaches about this many edges.
_EDGES_ACROSS = 6
_EDGE_M = tuple(float(h3.average_hexagon_edge_length(r, unit="m")) for r in range(FINEST + 1))


def cell_of(latitude: float, longitude: float) -> int:
    """The resolution-15 cell of a WGS84 point."""
    return int(h3.latlng_to_cell(latitude, longitude, FINEST))


def resolution_of(cell: int) -> int:
    return (cell & _RESOLUTION_MASK) >> _RESOLUTION_SHIFT


def parent(cell: int, resolution: int) -> int:
    """The cell of `resolution` (0–15, not finer than `cell`) that `cell` belongs to."""
    keep, put = _parent_bits(resolution)
    return (cell & keep) | put


def cell_range(cell: int) -> tuple[int, int]:
    """First and last resolution-15 integer of `cell`, both included.

    Every resolution-15 cell of `cell` lies between them and no cell of another parent does; for the
    twelve pentagons (none is in Indonesia) the range holds numbers that are not cells, which harms nothing.
    """
    digits = _free_bits(resolution_of(cell))
    low = (cell & ~_RESOLUTION_MASK & ~digits) | (FINEST << _RESOLUTION_SHIFT)
    return low, low | (digits // 7 * 6)  # digit 6 is the highest child number


def centre_of(cell: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a cell."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return float(latitude), float(longitude)


def outline(cell: int) -> list[list[float]]:
    """The corners of a cell as a closed GeoJSON ring: [longitude, latitude], first point repeated."""
    ring = [[float(lon), float(lat)] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]


def disk_ranges(latitude: float, longitude: float, metres: float) -> list[tuple[int, int]]:
    """Ranges of resolution-15 integers that hold every point within `metres`; both ends included, sorted.

    They hold some points further away too: keep those whose `haversine_m` is small enough.
    Raises ValueError for a negative or non-finite radius.
    """
    if not (math.isfinite(metres) and metres >= 0):
        raise ValueError(f"Jarak harus bilangan nol atau lebih: {metres}.")
    resolution = _disk_resolution(metres)
    edge = _EDGE_M[resolution]
    # Edges vary by about a quarter around their mean, and the points of a cell stick out of its hexagon by
    # at most a fifth of an edge (0.124 · (1 + 1/√7 + 1/7 + …)). Ring k of hexagons reaches 1.5·k edges.
    rings = math.ceil(metres / (1.1 * edge)) + 1
    middle = int(h3.latlng_to_cell(latitude, longitude, resolution))
    reach = metres + 1.6 * edge
    near = [
        int(cell)
        for cell in h3.grid_disk(middle, rings)
        if haversine_m(latitude, longitude, *centre_of(cell)) <= reach
    ]
    return merge_cells(near)


def in_ranges(field: str, ranges: Iterable[tuple[int, int]]) -> Q:
    """A filter for the rows whose cell column `field` lies in one of `ranges` (none: no row)."""
    found = Q(pk__in=[])
    for low, high in ranges:
        found |= Q(**{f"{field}__range": (low, high)})
    return found


def merge_cells(cells: Iterable[int]) -> list[tuple[int, int]]:
    """Few ranges for many cells of one resolution: neighbours in number become one range."""
    ranges: list[tuple[int, int]] = []
    previous = None
    for cell in sorted(set(cells)):
        low, high = cell_range(cell)
        place = _ordinal(cell)
        if previous is not None and place == previous + 1:
            ranges[-1] = (ranges[-1][0], high)
        else:
            ranges.append((low, high))
        previous = place
    return ranges


class ParentCell(Func):
    """The parent cell of a resolution-15 integer column, in SQL: `annotate(grid=ParentCell("cell", 8))`.

    Group by it to count points per grid cell; the result is a true H3 index for `centre_of` and `outline`.
    """

    arity = 1
    output_field = BigIntegerField()
    template = "((%(expressions)s & %(keep)s::bigint) | %(put)s::bigint)"

    def __init__(self, cell: object, resolution: int) -> None:
        keep, put = _parent_bits(resolution)
        super().__init__(cell, keep=keep, put=put)


def haversine_m(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Metres between two WGS84 points on a sphere; at most 0.5 % off the ellipsoid."""
    north, north2 = math.radians(latitude), math.radians(latitude2)
    half = math.sin((north2 - north) / 2) ** 2
    half += math.cos(north) * math.cos(north2) * math.sin(math.radians(longitude2 - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(half, 1.0)))


def _free_bits(resolution: int) -> int:
    """All bits of the digits finer than `resolution`."""
    return (1 << (3 * (FINEST - resolution))) - 1


def _parent_bits(resolution: int) -> tuple[int, int]:
    """The bits to keep and the bits to set that turn any finer cell into its parent."""
    if not 0 <= resolution <= FINEST:
        raise ValueError(f"Tingkat H3 harus 0 sampai {FINEST}: {resolution}.")
    free = _free_bits(resolution)
    keep = ((1 << 63) - 1) & ~(_RESOLUTION_MASK | free)
    return keep, (resolution << _RESOLUTION_SHIFT) | free


def _disk_resolution(metres: float) -> int:
    fitting = [r for r in range(FINEST + 1) if _EDGE_M[r] * _EDGES_ACROSS >= metres]
    return fitting[-1] if fitting else 0


def _ordinal(cell: int) -> int:
    """The place of a cell among all cells of its resolution, counting digits in base seven."""
    resolution = resolution_of(cell)
    number = (cell >> 45) & 0b1111111
    for level in range(1, resolution + 1):
        number = number * 7 + ((cell >> (3 * (FINEST - level))) & 0b111)
    return number
