"""A point is told its kelurahan, its neighbour, or honestly that nothing is known."""

import timeit

import pytest
import shapely
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.base.regions import places, public, testing
from pendopo.base.regions.actions import import_boundaries
from pendopo.base.regions.models import Boundary, Region
from pendopo.base.regions.testing import SIDE, SOUTH, WEST, WHEN, feature, middle, polygon, square

pytestmark = pytest.mark.django_db
MAWAR, KENANGA, CEMPAKA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"


def bring(*features):
    report = import_boundaries(features=list(features), source="uji", now=WHEN)
    assert not report.refused
    return report


def code_at(lat: float, lon: float) -> str | None:
    village = public.find(lat, lon).village
    return village.code if village else None


def test_without_boundaries_nothing_is_claimed(government):
    place = public.find(*middle(0))
    assert not place.known
    assert not place.inside
    assert place.village is place.nearest is place.neighbour is None
    assert "Pilih kelurahan dari daftar" in public.explain(place)


def test_a_point_is_told_its_kelurahan(government):
    testing.give_squares([MAWAR, KENANGA])
    place = public.find(*middle(1))
    assert (place.known, place.inside, place.village.code) == (True, True, KENANGA)
    assert place.village.above == ("Melati", "Kota Uji", "Provinsi Contoh")
    assert public.explain(place) == "Titik ini berada di Kelurahan Kenanga, Kecamatan Melati."


def test_a_point_outside_is_told_the_nearest_kelurahan_and_how_far(government):
    testing.give_squares([MAWAR, KENANGA])
    place = public.find(SOUTH + SIDE / 2, WEST - 0.02)
    assert (place.inside, place.nearest.code, place.neighbour) == (False, MAWAR, None)
    assert place.distance_km == pytest.approx(2.2, abs=0.02)
    assert public.explain(place) == (
        "Titik ini berada di luar Kota Uji. Wilayah kami yang terdekat: Kelurahan Mawar, 2,2 km dari titik ini."
    )


@pytest.mark.parametrize("code", ["33.11", "33.11.01", "33.11.01.2001"])
def test_a_point_in_a_neighbour_is_told_which_government_that_is(government, code):
    testing.give_squares([MAWAR])
    bring(feature(code, polygon(square(1))))
    place = public.find(*middle(1))
    assert place.neighbour.code == code
    assert place.neighbour_government.full_name == "Kabupaten Sukoharjo"
    assert "berada di Kabupaten Sukoharjo, di luar Kota Uji" in public.explain(place)


def test_the_smallest_neighbour_is_named(government):
    testing.give_squares([MAWAR])
    bring(feature("33.11", polygon(square(1))), feature("33.11.01.2001", polygon(square(1))))
    assert public.find(*middle(1)).neighbour.code == "33.11.01.2001"


def test_a_point_on_a_shared_edge_belongs_to_the_lower_code(government):
    testing.give_squares([KENANGA, MAWAR])
    edge = square(0)[1][0]
    assert code_at(SOUTH + SIDE / 2, edge) == MAWAR
    assert code_at(SOUTH, WEST) == KENANGA  # a corner of the government itself is inside


def test_a_hole_belongs_to_whoever_fills_it(government):
    south, west = SOUTH + 0.003, WEST + 0.003
    hole = [
        [west, south],
        [west + 0.004, south],
        [west + 0.004, south + 0.004],
        [west, south + 0.004],
        [west, south],
    ]
    bring(feature(MAWAR, polygon(square(0), hole)))
    place = public.find(*middle(0))
    assert (place.inside, place.nearest.code) == (False, MAWAR)
    assert place.distance_km == pytest.approx(0.22, abs=0.01)
    bring(feature(KENANGA, polygon(hole)))
    assert code_at(*middle(0)) == KENANGA
    assert code_at(SOUTH + 0.001, WEST + 0.001) == MAWAR


def test_an_area_of_several_parts_is_one_area(government):
    bring(feature(MAWAR, {"type": "MultiPolygon", "coordinates": [[square(0)], [square(2)]]}))
    assert code_at(*middle(0)) == code_at(*middle(2)) == MAWAR
    assert code_at(*middle(1)) is None


def test_a_sliver_between_two_kelurahan_belongs_to_the_nearest(government):
    shrunk = [[lon - 0.0001 if lon > WEST + SIDE / 2 else lon, lat] for lon, lat in square(0)]
    bring(feature(MAWAR, polygon(shrunk)), feature(KENANGA, polygon(square(1))))
    edge = square(1)[0][0]
    assert code_at(SOUTH + SIDE / 2, edge - 0.00002) == KENANGA
    assert code_at(SOUTH + SIDE / 2, edge - 0.00009) == MAWAR


def test_a_sliver_is_filled_even_when_the_whole_city_has_a_polygon_too(government):
    testing.give_squares([MAWAR])
    bring(feature("99.71", polygon(square(0, side=2 * SIDE))))
    assert code_at(SOUTH + SIDE / 2, square(1)[0][0] + 0.00005) == MAWAR
    far = public.find(*middle(1))
    assert (far.inside, far.village, far.area.code) == (True, None, "99.71")
    assert public.explain(far) == "Titik ini berada di Kota Uji, Provinsi Contoh."


def test_a_neighbour_is_not_swallowed_as_a_sliver(government):
    testing.give_squares([MAWAR])
    bring(feature("33.11", polygon(square(1))))
    assert not public.find(SOUTH + SIDE / 2, square(1)[0][0] + 0.00005).inside


@pytest.mark.parametrize("bad", [(float("nan"), 110.8), (-7.5, float("inf"))])
def test_a_coordinate_that_is_no_number_is_refused(government, bad):
    testing.give_squares([MAWAR])
    with pytest.raises(ValueError, match="bilangan"):
        public.find(*bad)


def test_impossible_but_finite_coordinates_are_outside(government):
    testing.give_squares([MAWAR])
    for point in ((0.0, 0.0), (-90.0, 180.0), (1e9, -1e9), (110.8, -7.6)):
        assert not public.find(*point).inside
        assert public.explain(public.find(*point))


def test_new_and_removed_boundaries_are_noticed(government):
    testing.give_squares([MAWAR])
    assert code_at(*middle(1)) is None
    testing.give_squares([MAWAR, KENANGA])
    assert code_at(*middle(1)) == KENANGA
    Boundary.objects.filter(pk=KENANGA).delete()
    places.atlas.forget()
    assert code_at(*middle(1)) is None


@pytest.mark.django_db(transaction=True)
def test_what_another_process_writes_changes_the_fingerprint(government):
    testing.give_squares([MAWAR])
    seen = {places.fingerprint()}
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE regions_region SET name = 'Mawar Baru' WHERE code = '99.71.01.1001'",
            "UPDATE regions_region SET served = false WHERE code = '99.71.01.1001'",
            "UPDATE regions_boundary SET geometry = geometry",
            "DELETE FROM regions_boundary",
        ):
            cursor.execute(statement)
            seen.add(places.fingerprint())
    assert len(seen) == 5


def test_lookups_ask_the_database_at_most_once(government, django_assert_max_num_queries):
    testing.give_squares([MAWAR, KENANGA])
    public.find(*middle(0))
    with django_assert_max_num_queries(0):
        for _ in range(100):
            public.find(*middle(0))


def _tiled() -> None:
    """A city of 144 bent quadrilaterals that share their corners."""
    codes = [f"99.71.{d:02d}.1{v:03d}" for d in range(1, 13) for v in range(1, 13)]
    Region.objects.bulk_create(
        [Region(code=f"99.71.{d:02d}", name=f"K{d}", level=3, parent_id="99.71") for d in range(3, 13)]
        + [Region(code=code, name=code, level=4, parent_id=code[:8])
           for code in codes if not Region.objects.filter(code=code).exists()]
    )  # fmt: skip

    def corner(x: int, y: int) -> list[float]:
        return [
            WEST + SIDE * (x + ((x * 7 + y * 13) % 5) / 12),
            SOUTH + SIDE * (y + ((x * 11 + y * 3) % 7) / 16),
        ]

    features = []
    for place, code in enumerate(codes):
        x, y = place % 12, place // 12
        ring = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1), corner(x, y)]
        features.append(feature(code, polygon(ring)))
    bring(*features)


points = st.lists(st.tuples(st.floats(-0.3, 12.9), st.floats(-0.3, 12.9)), min_size=50, max_size=100)


@given(points)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_every_point_agrees_with_trying_all_polygons(government, points):
    if not Boundary.objects.exists():
        _tiled()
    atlas = places.atlas.get()
    for x, y in points:
        lat, lon = SOUTH + SIDE * y, WEST + SIDE * x
        spot = shapely.Point(lon, lat)
        holding = [
            a.code for a, s in zip(atlas.served.areas, atlas.served.shapes, strict=True) if s.covers(spot)
        ]
        place = atlas.find(lat, lon)
        if holding:
            assert place.village.code == min(holding)
        else:
            distances = [s.distance(spot) for s in atlas.served.shapes]
            assert (
                place.distance_km is None or min(distances) * 108 < place.distance_km < min(distances) * 113
            )


def test_a_lookup_takes_less_than_a_tenth_of_a_millisecond(government):
    _tiled()
    spots = [(SOUTH + SIDE * (k * 37 % 120) / 10, WEST + SIDE * (k * 53 % 120) / 10) for k in range(500)]
    public.find(*spots[0])
    best = min(timeit.repeat(lambda: [public.find(*spot) for spot in spots], number=1, repeat=5))
    assert best / len(spots) < 100e-6
