"""A point is one integer, a coarser cell one range of integers, a circle a few ranges."""

import math

import h3.api.basic_int as h3
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Value
from hypothesis import example, given
from hypothesis import strategies as st

from pendopo.kernel import h3cells

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
indonesia = st.tuples(st.floats(-11, 6), st.floats(95, 141))
resolutions = st.integers(0, 15)
PENTAGON = h3.get_pentagons(3)[0]


@given(latitudes, longitudes, resolutions)
def test_parent_by_bits_is_the_parent_of_h3(lat, lon, resolution):
    cell = h3cells.cell_of(lat, lon)
    assert h3cells.parent(cell, resolution) == h3.cell_to_parent(cell, resolution)
    assert h3cells.resolution_of(h3cells.parent(cell, resolution)) == resolution


@given(latitudes, longitudes, st.integers(13, 15))
def test_the_range_holds_exactly_the_children(lat, lon, resolution):
    cell = h3.latlng_to_cell(lat, lon, resolution)
    low, high = h3cells.cell_range(cell)
    children = sorted(h3.cell_to_children(cell, 15))
    assert (children[0], children[-1]) == (low, high)
    inside = [number for number in range(low, high + 1) if h3.is_valid_cell(number)]
    assert inside == children


@given(latitudes, longitudes, latitudes, longitudes, resolutions)
@example(-7.56, 110.8, -7.5600001, 110.8000001, 14)
def test_a_point_is_in_the_range_only_of_its_own_parent(lat, lon, lat2, lon2, resolution):
    one, two = h3cells.cell_of(lat, lon), h3cells.cell_of(lat2, lon2)
    low, high = h3cells.cell_range(h3cells.parent(two, resolution))
    assert (low <= one <= high) == (h3cells.parent(one, resolution) == h3cells.parent(two, resolution))


def test_a_pentagon_does_not_crash():
    low, high = h3cells.cell_range(PENTAGON)
    children = h3.cell_to_children(PENTAGON, 6)
    assert all(low <= h3.cell_to_center_child(child, 15) <= high for child in children)
    lat, lon = h3cells.centre_of(PENTAGON)
    assert any(low <= h3cells.cell_of(lat, lon) <= high for low, high in h3cells.disk_ranges(lat, lon, 500))
    assert len(h3cells.outline(PENTAGON)) >= 6


def _moved(lat: float, lon: float, metres: float, bearing: float) -> tuple[float, float]:
    """The point `metres` away in direction `bearing` (radians) on the sphere."""
    arc, north, east = metres / h3cells.EARTH_RADIUS_M, math.radians(lat), math.radians(lon)
    north2 = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(bearing))
    east2 = east + math.atan2(
        math.sin(bearing) * math.sin(arc) * math.cos(north),
        math.cos(arc) - math.sin(north) * math.sin(north2),
    )
    return math.degrees(north2), (math.degrees(east2) + 540) % 360 - 180


@given(
    st.one_of(indonesia, st.tuples(st.floats(-80, 80), longitudes)),
    st.floats(0, 1).map(lambda x: 2 * 10 ** (5 * x) - 2),  # 0 m … 200 km
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 2 * math.pi)), min_size=20, max_size=60),
)
def test_a_circle_covers_every_point_inside_it(middle, metres, points):
    ranges = h3cells.disk_ranges(*middle, metres)
    for share, bearing in points:
        lat, lon = _moved(*middle, metres * math.sqrt(share) * 0.999999, bearing)
        cell = h3cells.cell_of(lat, lon)
        assert any(low <= cell <= high for low, high in ranges), (middle, metres, lat, lon)


@given(indonesia, st.floats(0, 50_000))
def test_a_circle_is_few_sorted_disjoint_ranges_and_not_far_too_big(middle, metres):
    ranges = h3cells.disk_ranges(*middle, metres)
    flat = [number for pair in ranges for number in pair]
    assert flat == sorted(flat)
    assert len(ranges) <= 40
    far = _moved(*middle, 3 * metres + 5, 1.0)
    assert not any(low <= h3cells.cell_of(*far) <= high for low, high in ranges)


@pytest.mark.parametrize("metres", [-1, math.nan, math.inf])
def test_a_senseless_radius_is_refused(metres):
    with pytest.raises(ValueError, match="Jarak"):
        h3cells.disk_ranges(-7.5, 110.8, metres)


def test_a_senseless_resolution_is_refused():
    with pytest.raises(ValueError, match="Tingkat"):
        h3cells.parent(h3cells.cell_of(0, 0), 16)


def test_neighbours_in_number_become_one_range():
    cell = h3.latlng_to_cell(-7.56, 110.8, 8)
    children = h3.cell_to_children(cell, 10)
    assert h3cells.merge_cells(children) == [h3cells.cell_range(cell)]
    assert h3cells.merge_cells([]) == []


def test_distance_is_a_great_circle():
    assert h3cells.haversine_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)
    assert h3cells.haversine_m(-6.1754, 106.8272, -7.2575, 112.7521) == pytest.approx(663_000, rel=0.01)
    assert h3cells.haversine_m(0, 0, 0, 180) == pytest.approx(math.pi * h3cells.EARTH_RADIUS_M)


def test_the_outline_is_a_closed_ring_around_the_middle():
    cell = h3.latlng_to_cell(-7.56, 110.8, 8)
    ring = h3cells.outline(cell)
    assert ring[0] == ring[-1]
    assert len(ring) == 7
    lat, lon = h3cells.centre_of(cell)
    assert min(p[0] for p in ring) < lon < max(p[0] for p in ring)
    assert min(p[1] for p in ring) < lat < max(p[1] for p in ring)


@pytest.mark.parametrize("resolution", [0, 5, 8, 14, 15])
def test_sql_computes_the_same_parent(db, resolution):
    cell = h3cells.cell_of(-7.56, 110.8)
    rows = ContentType.objects.annotate(
        grid=h3cells.ParentCell(Value(cell, output_field=BigIntegerField()), resolution)
    )
    assert rows.values_list("grid", flat=True)[0] == h3cells.parent(cell, resolution)


def test_the_filter_of_no_range_finds_nothing(db):
    assert not ContentType.objects.filter(h3cells.in_ranges("id", [])).exists()
    assert ContentType.objects.filter(h3cells.in_ranges("id", [(0, 10**9)])).exists()
