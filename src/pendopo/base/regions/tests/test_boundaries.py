"""Polygons are imported one by one; a broken one is refused by name and the others stay."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from pendopo.base.regions import boundaries, testing
from pendopo.base.regions.actions import import_boundaries
from pendopo.base.regions.boundaries import Refused, checked
from pendopo.base.regions.models import Boundary, Region
from pendopo.base.regions.testing import WHEN, feature, polygon, square

pytestmark = pytest.mark.django_db
MAWAR, KENANGA, CEMPAKA = "99.71.01.1001", "99.71.01.1002", "99.71.02.1001"


def bring(*features):
    return import_boundaries(features=list(features), source="uji", now=WHEN)


def one(code=MAWAR, geometry=None):
    return feature(code, geometry or polygon(square(0)))


def test_good_polygons_are_kept_with_their_middle(government):
    report = testing.give_squares([MAWAR, KENANGA])
    assert report.new == [MAWAR, KENANGA]
    assert (report.changed, report.unchanged, report.refused, report.neighbours) == ([], [], [], [])
    region = Region.objects.get(code=MAWAR)
    assert (region.latitude, region.longitude) == pytest.approx(testing.middle(0))
    kept = Boundary.objects.get(pk=MAWAR)
    assert (kept.source, kept.loaded_at) == ("kotak uji", WHEN)


def test_the_same_file_again_changes_nothing(government):
    testing.give_squares([MAWAR, KENANGA])
    before = list(Boundary.objects.values())
    assert testing.give_squares([MAWAR, KENANGA]).unchanged == [MAWAR, KENANGA]
    assert list(Boundary.objects.values()) == before
    assert testing.give_squares([KENANGA, MAWAR]).changed == [KENANGA, MAWAR]


def _utm():
    return polygon([[480000, 9162000], [481000, 9162000], [481000, 9163000], [480000, 9162000]])


def _bowtie():
    a, b, c, d, _ = square(0)
    return polygon([a, c, b, d, a])


BROKEN = {
    "crossing lines": (_bowtie(), "bersilangan dan tidak dapat diperbaiki.*dekat lintang"),
    "no ring": ({"type": "Polygon", "coordinates": []}, "geometri kosong"),
    "two points": (polygon(square(0)[:2]), "koordinatnya rusak"),
    "a line": ({"type": "LineString", "coordinates": square(0)}, "bentuknya LineString"),
    "a point": ({"type": "Point", "coordinates": [110.8, -7.5]}, "bentuknya Point"),
    "no type": ({"coordinates": [square(0)]}, "bentuknya None"),
    "words": (polygon([["a", "b"]] * 4), "koordinatnya rusak"),
    "numbers only": ({"type": "Polygon", "coordinates": 7}, "koordinatnya rusak"),
    "no coordinates": ({"type": "Polygon"}, "koordinatnya rusak"),
    "null coordinates": ({"type": "Polygon", "coordinates": None}, "koordinatnya rusak|kosong"),
    "swapped": (polygon([[lat, lon] for lon, lat in square(0)]), "lintang dan bujur tertukar"),
    "metres": (_utm(), "bukan derajat WGS84"),
    "elsewhere": (polygon([[lon - 100, lat] for lon, lat in square(0)]), "di luar Indonesia"),
    "not a number": (polygon([[float("nan"), -7.5], *square(0)[1:]]), "bukan bilangan|rusak"),
    "infinite": (polygon([[float("inf"), -7.5], *square(0)[1:]]), "bukan bilangan|rusak"),
    "flat": (
        polygon([[110.8, -7.5], [110.9, -7.5], [110.85, -7.5], [110.8, -7.5]]),
        "luasnya nol|bersilangan",
    ),
    "ragged": (polygon([[110.8, -7.5], [110.9], [110.85, -7.6], [110.8, -7.5]]), "koordinatnya rusak"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_polygon_is_refused_by_name_and_the_others_stay(government, name):
    geometry, reason = BROKEN[name]
    report = bring(one(MAWAR, geometry), one(KENANGA, polygon(square(1))))
    assert report.new == [KENANGA]
    assert [refusal.label for refusal in report.refused] == [f"{MAWAR} Mawar"]
    assert re.search(reason, report.refused[0].reason), report.refused[0].reason
    assert set(Boundary.objects.values_list("pk", flat=True)) == {KENANGA}


@pytest.mark.parametrize(
    ("odd", "label", "reason"),
    [
        (feature("99.71.09.1001", polygon(square(0))), "99.71.09.1001", "tidak ada di daftar resmi"),
        (feature("abc", polygon(square(0))), "wilayah ke-1 ('abc')", "bukan kode wilayah"),
        (feature(None, polygon(square(0))), "wilayah ke-1", "tidak ada"),
        (feature(MAWAR, None), MAWAR, "geometri kosong"),
        ({"type": "Feature", "geometry": polygon(square(0))}, "wilayah ke-1", "`kode` tidak ada"),
        ("kata", "wilayah ke-1", "`kode` tidak ada"),
        (None, "wilayah ke-1", "`kode` tidak ada"),
    ],
)
def test_a_feature_without_a_known_code_is_refused(government, odd, label, reason):
    report = bring(odd, one(KENANGA, polygon(square(1))))
    assert report.new == [KENANGA]
    assert report.refused[0].label == label
    assert reason in report.refused[0].reason


def test_the_second_of_two_equal_codes_is_refused(government):
    report = bring(one(MAWAR), one(MAWAR, polygon(square(3))))
    assert report.new == [MAWAR]
    assert "sudah ada di depan" in report.refused[0].reason
    assert Region.objects.get(code=MAWAR).longitude == pytest.approx(testing.middle(0)[1])


def test_a_slip_of_the_pen_is_mended(government):
    ring = square(0)
    spike = [*ring[:2], [ring[1][0] + 0.02, ring[1][1]], ring[1], *ring[2:]]  # out and back on one line
    assert bring(one(MAWAR, polygon(spike))).new == [MAWAR]
    assert checked(Boundary.objects.get(pk=MAWAR).geometry).area == pytest.approx(1e-4)


def test_holes_parts_and_heights_are_understood():
    hole = [[110.803, -7.597], [110.806, -7.597], [110.806, -7.594], [110.803, -7.597]]
    assert len(checked(polygon(square(0), hole)).interiors) == 1
    many = {"type": "MultiPolygon", "coordinates": [[square(0)], [square(2)]]}
    assert len(checked(many).geoms) == 2
    high = polygon([[lon, lat, 120.5] for lon, lat in square(0)])
    assert not checked(high).has_z
    with pytest.raises(Refused, match="bersilangan"):  # a part inside another one
        checked({"type": "MultiPolygon", "coordinates": [[square(0)], [square(0)]]})


def test_an_official_neighbour_gets_a_row_that_is_not_served(government):
    report = bring(feature("33.72.01.1001", polygon(square(5))))
    assert (report.new, report.neighbours) == (["33.72.01.1001"], ["33.72.01.1001"])
    assert list(Region.objects.under("33").values_list("code", "name", "served")) == [
        ("33", "Jawa Tengah", False),
        ("33.72", "Kota Surakarta", False),
        ("33.72.01", "Laweyan", False),
        ("33.72.01.1001", "Pajang", False),
    ]


def test_a_refused_neighbour_gets_no_row(government):
    bring(feature("33.72", _bowtie()))
    assert not Region.objects.filter(code="33.72").exists()


def test_without_a_government_nothing_is_imported(db):
    with pytest.raises(boundaries.BadFile, match="regions load"):
        bring(one())


def run(*files) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("regions", "boundaries", *map(str, files), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_names_what_it_refused_and_counts_the_rest(government, tmp_path):
    file = tmp_path / "batas kota.geojson"
    features = [one(MAWAR), one(KENANGA, _bowtie()), feature("33.72", polygon(square(4)))]
    file.write_text("\ufeff" + json.dumps({"type": "FeatureCollection", "features": features}))
    out, err = run(file)
    assert (
        out
        == "batas kota.geojson: 2 baru, 0 berubah, 0 tetap, 1 ditolak (di antaranya 1 wilayah tetangga).\n"
    )
    assert err.startswith(f"ditolak  {KENANGA} Kenanga: garis batasnya bersilangan")
    assert "0 baru, 0 berubah, 2 tetap, 1 ditolak" in run(file)[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "bukan JSON"),
        (b"{", "bukan JSON"),
        (b"[" * 100_000, "bukan JSON"),
        (b"\xff\xfe\x00", "bukan teks UTF-8"),
        (b"[]", "bukan GeoJSON"),
        (b'{"type": "Topology"}', "bukan GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "tidak ada satu pun"),
        (b'{"type": "FeatureCollection", "features": 3}', "tidak ada satu pun"),
        (b'{"type": "FeatureCollection", "features": [1]}', "tidak ada wilayah yang dapat dimuat"),
        (b'{"type": "Feature", "properties": {}}', "tidak ada wilayah yang dapat dimuat"),
    ],
)
def test_a_file_that_is_no_geojson_is_refused(government, tmp_path, content, reason):
    file = tmp_path / "berkas.geojson"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run(file)
    assert not Boundary.objects.exists()


def test_a_missing_file_and_a_folder_are_refused(government, tmp_path):
    with pytest.raises(CommandError, match="tidak ditemukan"):
        run(tmp_path / "tiada.geojson")
    with pytest.raises(CommandError, match="adalah folder"):
        run(tmp_path)
