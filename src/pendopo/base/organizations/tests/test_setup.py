"""The offices a real government starts with."""

import pytest

from pendopo.base import registries
from pendopo.base.organizations import setup
from pendopo.base.organizations.models import Identity, Kind, Organization, ServiceArea
from pendopo.base.organizations.public import offices_for_regions
from pendopo.base.regions.models import Level, Region


def regions(root="33.72", name="Surakarta", districts=5, villages=54, kind="1"):
    """`villages` spread over `districts`, every village name used twice when there are enough."""
    rows = [Region(code=root[:2], name="Jawa Tengah", level=Level.PROVINCE, served=False)]
    rows.append(Region(code=root, name=name, level=Level.REGENCY, parent_id=root[:2]))
    for d in range(1, districts + 1):
        district = f"{root}.{d:02}"
        rows.append(Region(code=district, name=f"Kecamatan {d}", level=Level.DISTRICT, parent_id=root))
        for v in range(villages // districts + (1 if d <= villages % districts else 0)):
            code = f"{district}.{kind}{v + 1:03}"
            rows.append(Region(code=code, name=f"Sukamaju {v}", level=Level.VILLAGE, parent_id=district))
    Region.objects.bulk_create(rows)


def test_a_city_of_5_districts_and_54_villages_gets_59_territorial_offices(db):
    regions()
    setup.build("33.72")
    territorial = Organization.objects.filter(kind__in=[Kind.DISTRICT, Kind.VILLAGE])
    assert territorial.count() == 59
    assert ServiceArea.objects.count() == 59
    codes = list(Region.objects.filter(level__gte=Level.DISTRICT).values_list("code", flat=True))
    assert len(offices_for_regions(codes)) == 59
    assert all(office.region_id == code for code, office in offices_for_regions(codes).items())


def test_running_it_again_changes_nothing(db):
    regions()
    setup.build("33.72")
    before = list(Organization.objects.order_by("pk").values())
    setup.build("33.72")
    assert list(Organization.objects.order_by("pk").values()) == before


def test_every_path_is_right(db):
    regions()
    setup.build("33.72")
    for office in Organization.objects.select_related("parent"):
        assert office.path == f"{office.parent.path if office.parent else ''}{office.pk}."
    village = Organization.objects.filter(kind=Kind.VILLAGE).select_related("parent").first()
    assert village.parent.kind == Kind.DISTRICT


def test_the_government_has_its_name_secretariat_and_intake(db):
    regions()
    setup.build("33.72")
    assert Organization.objects.get(kind=Kind.GOVERNMENT).name == "Pemerintah Kota Surakarta"
    assert Identity.objects.get().display_name == "Kota Surakarta"
    assert Organization.objects.get(kind=Kind.SECRETARIAT).slug == "setda"
    assert Organization.objects.get(is_intake=True).slug == "diskominfo"


def test_every_agency_says_what_it_does(db):
    regions()
    setup.build("33.72")
    agencies = Organization.objects.filter(kind=Kind.AGENCY)
    assert agencies.count() >= 28
    assert all(len(agency.duties) > 30 for agency in agencies)


def test_what_an_administrator_changed_stays(db):
    regions()
    setup.build("33.72")
    Organization.objects.filter(slug="dpupr").update(name="Dinas Bina Marga", active=False)
    Organization.objects.filter(is_intake=True).update(slug="kominfo-baru")
    setup.build("33.72")
    assert Organization.objects.get(slug="dpupr").name == "Dinas Bina Marga"
    assert not Organization.objects.filter(slug="diskominfo").exists()


@pytest.mark.parametrize(
    ("root", "name", "kind", "government", "village"),
    [
        ("33.09", "Boyolali", "2", "Kabupaten Boyolali", "Desa Sukamaju 0"),
        ("33.72", "Kota Surakarta", "1", "Kota Surakarta", "Kelurahan Sukamaju 0"),
    ],
)
def test_names_follow_the_kind_of_area(db, root, name, kind, government, village):
    regions(root, name, 1, 1, kind)
    setup.build(root)
    assert Identity.objects.get().display_name == government
    assert Organization.objects.get(kind=Kind.VILLAGE).name == village


def test_a_province_gets_no_territorial_offices(db):
    regions()
    setup.build("33")
    assert Identity.objects.get().display_name == "Provinsi Jawa Tengah"
    assert not Organization.objects.filter(kind__in=[Kind.DISTRICT, Kind.VILLAGE]).exists()


def test_a_big_regency_is_set_up_with_few_statements(db, django_assert_max_num_queries):
    regions("33.01", "Cilacap", 24, 284, "2")
    with django_assert_max_num_queries(30):
        setup.build("33.01")


def test_the_set_up_runs_when_regions_are_loaded(db):
    entry = registries.government_setup.get("organizations")
    assert entry is not None
    assert entry.build is setup.build
