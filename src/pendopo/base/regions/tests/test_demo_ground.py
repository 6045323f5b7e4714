"""The ground of the demo city has no holes, no overlaps, no double names."""

import datetime as dt

import pytest
import shapely
from django.db import connection

from pendopo.base.regions import demo, public
from pendopo.base.regions.demo import CITY_CODE, geography
from pendopo.base.regions.demo_shapes import shapes
from pendopo.base.regions.models import Boundary, Level, Region
from pendopo.base.registries.demo import SEED, City

NOW = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def ground() -> demo.Geography:
    return geography(SEED)


def test_the_city_has_thirty_kecamatan_and_151_kelurahan(ground):
    assert len(ground.districts) == 30
    assert len(ground.villages) == 151
    assert len(ground.neighbours) == 5
    names = [area.name for area in (*ground.districts, *ground.villages, *ground.neighbours)]
    assert len(set(names)) == len(names)


def test_kelurahan_fill_the_city_without_gap_or_overlap(ground):
    shapes_ = [village.polygon for village in ground.villages]
    assert all(shape.is_valid for shape in shapes_)
    joined = shapely.union_all(shapes_)
    total = sum(shape.area for shape in shapes_)
    assert joined.geom_type == "Polygon"
    assert not joined.interiors
    assert total == pytest.approx(joined.area, rel=1e-6)
    assert sum(village.area_km2 for village in ground.villages) == pytest.approx(170, rel=0.02)


def test_a_kecamatan_is_one_piece_made_of_its_kelurahan(ground):
    for district in ground.districts:
        parts = [v.polygon for v in ground.villages if v.district == district.code]
        assert 3 <= len(parts) <= 8
        assert district.polygon.geom_type == "Polygon"
        assert sum(p.area for p in parts) == pytest.approx(district.polygon.area, rel=1e-6)


def test_a_point_just_outside_the_city_lies_in_a_neighbour(ground):
    line = ground.city.polygon.buffer(0.003).exterior
    for share in range(20):
        point = line.interpolate(share / 20, normalized=True)
        assert any(area.polygon.contains(point) for area in ground.neighbours)


def test_the_river_runs_through_the_city_and_touches_riverside_kelurahan(ground):
    wet = [village for village in ground.villages if village.riverside]
    assert 15 <= len(wet) <= 60
    assert ground.river.geom_type == "LineString"


def test_streets_and_points_near_them_lie_inside_their_kelurahan(ground):
    rng = City(now=NOW).rng("test")
    for village in ground.villages[::10]:
        assert len({street.name for street in village.streets}) == len(village.streets) >= 9
        for street in village.streets:
            latitude, longitude = village.point_near(street, rng)
            assert shapely.contains_xy(village.polygon, longitude, latitude)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_another_seed_draws_another_whole_city(seed):
    drawn = shapes(City(now=NOW, seed=int(seed)).rng("x"), villages=151, districts=30, neighbours=5)
    assert len(drawn.villages) == 151
    assert len(set(drawn.groups)) == 30


@pytest.mark.django_db
def test_a_point_of_a_street_finds_its_kelurahan_and_one_outside_its_neighbour(ground):
    demo.build(City(now=NOW))
    village = ground.villages[70]
    street = village.streets[0]
    found = public.find(street.latitude, street.longitude)
    assert found.village is not None
    assert found.village.code == village.code
    outside = ground.neighbours[0].polygon.representative_point()
    there = public.find(outside.y, outside.x)
    assert not there.inside
    assert there.neighbour is not None
    assert there.neighbour.name == ground.neighbours[0].name


@pytest.mark.django_db
def test_building_twice_adds_nothing_and_an_interrupted_build_is_completed():
    first = City(now=NOW)
    demo.build(first)
    assert Region.objects.filter(level=Level.VILLAGE, served=True).count() == 151
    assert Region.objects.filter(code__startswith="99.", level=Level.REGENCY, served=False).count() == 5
    assert Boundary.objects.count() == 151 + 30 + 1 + 5
    again = City(now=NOW)
    demo.build(again)
    assert not again.made
    Boundary.objects.filter(region__code__startswith=f"{CITY_CODE}.01.").delete()
    repaired = City(now=NOW)
    demo.build(repaired)
    assert set(repaired.made) == {"batas wilayah"}
    assert Boundary.objects.count() == 187
    connection.check_constraints()
