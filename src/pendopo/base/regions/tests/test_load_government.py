"""`pendopo regions load` sets up a real government once, and says plainly why it will not."""

import io

import pytest
from django.core.management import CommandError, call_command

from pendopo.base import registries
from pendopo.base.regions import actions, public, testing
from pendopo.base.regions.models import Level, Region
from pendopo.base.registries import GovernmentSetup, Registry, Seed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def other_rooms(monkeypatch):
    """Only regions here: what other rooms build is theirs to test."""
    monkeypatch.setattr(registries, "government_setup", Registry("government_setup"))
    monkeypatch.setattr(registries, "seeds", Registry("seeds"))


def load(code: str) -> str:
    out = io.StringIO()
    call_command("regions", "load", code, stdout=out)
    return out.getvalue()


def levels() -> list[int]:
    served = list(Region.objects.served().values_list("level", flat=True))
    return [served.count(level) for level in Level.values]


def test_a_city_gets_its_kecamatan_and_kelurahan():
    assert "Kota Surakarta siap: 1 kabupaten/kota, 5 kecamatan, 54 kelurahan/desa" in load("33.72")
    assert levels() == [0, 1, 5, 54]
    village = Region.objects.get(code="33.72.01.1001")
    assert (village.name, village.kind_label, village.full_name) == (
        "Pajang",
        "Kelurahan",
        "Kelurahan Pajang",
    )
    assert (village.parent.full_name, village.parent.parent.full_name) == (
        "Kecamatan Laweyan",
        "Kota Surakarta",
    )
    assert not Region.objects.get(code="33").served
    assert public.government().code == public.government_code() == "33.72"


def test_a_province_gets_everything_below_it():
    load("61")
    assert levels() == [1, 14, 174, 2145]
    assert public.government_code() == "61"


def test_loading_again_changes_nothing():
    load("33.72")
    before = list(Region.objects.values())
    assert "semua sudah ada" in load("3372")
    assert list(Region.objects.values()) == before


def test_loading_again_keeps_places_and_mends_names():
    load("33.72")
    Region.objects.filter(code="33.72.01.1001").update(name="Salah", latitude=-7.5, longitude=110.8)
    load("33.72")
    village = Region.objects.get(code="33.72.01.1001")
    assert (village.name, village.latitude) == ("Pajang", -7.5)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("33.99", "tidak ada di daftar resmi"),
        ("33.72.01", "33.72.01 adalah Kecamatan Laweyan.*maksudnya 33.72"),
        ("33.72.01.1001", "Kelurahan Pajang"),
        ("Solo", "bukan kode wilayah"),
        ("\x00'; --", "bukan kode wilayah"),
    ],
)
def test_a_wrong_code_is_refused_and_leaves_no_trace(code, reason):
    with pytest.raises(CommandError, match=reason):
        load(code)
    assert not Region.objects.exists()


@pytest.mark.parametrize("second", ["34.71", "33", "33.11"])
def test_a_second_government_is_refused(second):
    load("33.72")
    with pytest.raises(CommandError, match="sudah berisi Kota Surakarta"):
        load(second)
    assert levels() == [0, 1, 5, 54]


def test_a_city_inside_a_loaded_province_is_refused():
    load("61")
    with pytest.raises(CommandError, match="sudah berisi Provinsi Kalimantan Barat"):
        load("61.71")


def test_other_rooms_build_on_the_regions_and_then_the_seeds_run():
    calls = []
    registries.government_setup.register(
        GovernmentSetup("kantor", "Kantor", lambda code: calls.append((code, Region.objects.count())))
    )
    registries.seeds.register(Seed("benih", "Benih", lambda: calls.append("benih")))
    load("33.72")
    assert calls == [("33.72", 61), "benih"]


def test_a_room_that_fails_leaves_no_half_government():
    def fail(_code: str) -> None:
        raise RuntimeError("kantor gagal")

    registries.government_setup.register(GovernmentSetup("kantor", "Kantor", fail))
    with pytest.raises(RuntimeError):
        actions.load_government(code="33.72")
    assert not Region.objects.exists()


def test_the_form_offers_villages_by_kecamatan():
    load("33.72")
    groups = Region.objects.villages().served().grouped_choices()
    assert [name for name, _villages in groups] == [
        "Banjarsari", "Jebres", "Laweyan", "Pasar Kliwon", "Serengan"
    ]  # fmt: skip
    assert sum(len(villages) for _name, villages in groups) == 54
    assert groups[2][1][0] == ("33.72.01.1003", "Bumi")


def test_villages_are_found_by_their_own_name_or_their_kecamatan():
    load("33.72")
    villages = Region.objects.villages().served()
    assert [r.name for r in villages.matching("pajang")] == ["Pajang"]
    assert len(villages.matching("laweyan")) == 11
    assert villages.matching("laweyan")[0].name == "Laweyan"
    assert [r.name for r in villages.matching("pajang laweyan")] == ["Pajang"]
    for nothing in ("", "  ", "\x00", "%", "x" * 500, "' OR 1=1"):
        assert not villages.matching(nothing).exists()


def test_everybody_may_see_areas():
    load("33.72")
    assert Region.objects.visible_to(None).count() == 61
    assert Region.objects.under("33.72.01").count() == 12
    assert Region.objects.districts().count() == 5


def test_search_names_the_code_and_where_it_lies():
    out = io.StringIO()
    call_command("regions", "search", "laweyan", stdout=out)
    assert "33.72.01       Kecamatan Laweyan, Kota Surakarta, Jawa Tengah" in out.getvalue()
    with pytest.raises(CommandError, match="Tidak ada wilayah bernama"):
        call_command("regions", "search", "zzzzzz")


def test_before_set_up_there_is_no_government():
    assert public.government() is None
    assert public.government_code() == ""


def test_a_demo_city_counts_as_a_government(government):
    assert public.government_code() == "99.71"
    with pytest.raises(actions.RefusedLoad, match="sudah berisi Kota Uji"):
        actions.load_government(code="33.72")
    testing.give_squares(["99.71.01.1001"])
