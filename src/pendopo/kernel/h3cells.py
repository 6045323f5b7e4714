"""Places as H3 cells: one 64-bit integer a point, and every coarser cell is one range of those integers.

A resolution-15 cell (about 0.9 m²) is stored. All points inside a coarser cell lie between two integers,
so near-by search, grid counts and heat maps are B-tree range scans; no PostGIS is needed.
"""

import h3.api.basic_int as h3

FINEST = 15


def cell_of(latitude: float, longitude: float) -> int:
    """The resolution-15 cell of a WGS84 point."""
    return int(h3.latlng_to_cell(latitude, longitude, FINEST))


def parent(cell: int, resolution: int) -> int:
    return int(h3.cell_to_parent(cell, resolution))


def cell_range(cell: int) -> tuple[int, int]:
    """First and last resolution-15 cell inside `cell` (both included)."""
    return int(h3.cell_to_center_child(cell, FINEST)) & ~_child_bits(cell), _last_child(cell)


def _child_bits(cell: int) -> int:
    """Mask of the digit bits below the resolution of `cell` (3 bits a level)."""
    return (1 << (3 * (FINEST - int(h3.get_resolution(cell))))) - 1


def _last_child(cell: int) -> int:
    first = int(h3.cell_to_center_child(cell, FINEST))
    digits = FINEST - int(h3.get_resolution(cell))
    sixes = 0
    for _ in range(digits):  # digit 6 is the highest child number of a hexagon
        sixes = (sixes << 3) | 6
    return (first & ~_child_bits(cell)) | sixes
