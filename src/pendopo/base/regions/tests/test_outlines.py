"""The map gets light outlines, once, and again only when they changed."""

import gzip
import json

import pytest
import shapely
from django.urls import reverse

from pendopo.base.regions import public, testing
from pendopo.base.regions.actions import import_boundaries
from pendopo.base.regions.models import Region
from pendopo.base.regions.testing import WHEN, feature, polygon

pytestmark = pytest.mark.django_db
MAWAR, KENANGA = "99.71.01.1001", "99.71.01.1002"


def test_outlines_carry_code_and_name(government):
    testing.give_squares([MAWAR, KENANGA, "33.11"])
    content = public.outlines_geojson()
    assert [f["properties"] for f in content["features"]] == [
        {"kode": MAWAR, "nama": "Kelurahan Mawar"},
        {"kode": KENANGA, "nama": "Kelurahan Kenanga"},
    ]


@pytest.mark.parametrize(("asked", "code", "name"), [("kecamatan", "99.71.01", "Kecamatan Melati"),
                                                     ("kota", "99.71", "Kota Uji")])  # fmt: skip
def test_a_level_without_polygons_is_drawn_from_the_level_below(government, client, asked, code, name):
    testing.give_squares([MAWAR, KENANGA])
    features = json.loads(client.get(reverse("regions:outlines"), {"tingkat": asked}).content)["features"]
    assert [f["properties"] for f in features] == [{"kode": code, "nama": name}]
    shape = shapely.from_geojson(json.dumps(features[0]["geometry"]))
    assert shape.area == pytest.approx(2 * testing.SIDE**2, rel=0.01)


def test_an_empty_map_is_an_empty_collection(government, client):
    assert json.loads(client.get(reverse("regions:outlines")).content) == {
        "type": "FeatureCollection",
        "features": [],
    }


def test_the_address_is_stable_and_packed_and_cached(government, client):
    testing.give_squares([MAWAR])
    assert reverse("regions:outlines") == "/wilayah/garis.json"
    plain = client.get("/wilayah/garis.json")
    packed = client.get("/wilayah/garis.json", headers={"accept-encoding": "gzip, br"})
    assert plain["Content-Type"] == "application/geo+json"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert "public" in plain["Cache-Control"]
    again = client.get("/wilayah/garis.json", headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    testing.give_squares([KENANGA, MAWAR])
    assert client.get("/wilayah/garis.json", headers={"if-none-match": plain["ETag"]}).status_code == 200


@pytest.mark.parametrize("asked", ["", "desa", "4", "\x00", "kelurahan'--"])
def test_an_unknown_level_is_not_found(government, client, asked):
    assert client.get(reverse("regions:outlines"), {"tingkat": asked}).status_code == 404


def test_only_reading_is_allowed(client):
    assert client.post(reverse("regions:outlines")).status_code == 405


def test_a_second_request_costs_no_query(government, client, django_assert_num_queries):
    testing.give_squares([MAWAR])
    client.get(reverse("regions:outlines"))
    with django_assert_num_queries(0):
        client.get(reverse("regions:outlines"))


def test_151_ragged_kelurahan_stay_below_60_kb_packed(government):
    """As many corners as real kelurahan have when simplified to 5 m: about 40 each."""
    codes = [f"99.71.{place // 10 + 10:02d}.1{place % 10 + 1:03d}" for place in range(151)]
    Region.objects.bulk_create(
        [Region(code=code, name=code, level=3, parent_id="99.71") for code in sorted({c[:8] for c in codes})]
        + [Region(code=code, name=f"Nama {code}", level=4, parent_id=code[:8]) for code in codes]
    )
    step = testing.SIDE / 10

    def wobble(x: int, y: int) -> list[float]:
        seed = (x * 2654435761 + y * 40503) % 1000 / 1000
        return [testing.WEST + step * (x + seed / 2), testing.SOUTH + step * (y + (seed * 7 % 1) / 2)]

    features = []
    for place, code in enumerate(codes):
        x, y = place % 13 * 10, place // 13 * 10
        ring = [wobble(x + k, y) for k in range(10)] + [wobble(x + 10, y + k) for k in range(10)]
        ring += [wobble(x + 10 - k, y + 10) for k in range(10)] + [wobble(x, y + 10 - k) for k in range(10)]
        features.append(feature(code, polygon([*ring, ring[0]])))
    assert not import_boundaries(features=features, source="uji", now=WHEN).refused
    packed = gzip.compress(json.dumps(public.outlines_geojson(), separators=(",", ":")).encode())
    assert len(packed) <= 60_000
