"""Which office serves a place."""

from pendopo.base.organizations.models import ServiceArea
from pendopo.base.organizations.public import office_for_region, offices_for_regions


def test_a_village_with_an_office_goes_there(government):
    assert office_for_region("99.71.01.1001") == government.villages[0]


def test_a_village_without_an_office_goes_to_its_district(government):
    ServiceArea.objects.filter(organization=government.villages[1]).delete()
    assert office_for_region("99.71.01.1002") == government.district


def test_a_closed_office_serves_nobody(government):
    village = government.villages[0]
    village.active = False
    village.save()
    assert office_for_region("99.71.01.1001") == government.district


def test_a_place_nobody_serves_has_no_office(government):
    assert office_for_region("99.71.02.1001") is None
    assert office_for_region("") is None
    assert office_for_region("tidak ada") is None


def test_an_agency_with_an_area_is_not_its_territorial_office(government):
    ServiceArea.objects.create(organization=government.works, region_id="99.71.02.1001")
    assert office_for_region("99.71.02.1001") is None


def test_many_places_cost_one_query(government, django_assert_num_queries):
    codes = ["99.71.01.1001", "99.71.01.1002", "99.71.01", "99.71.02.1001"]
    with django_assert_num_queries(1):
        found = offices_for_regions(codes)
    assert found == {
        "99.71.01.1001": government.villages[0],
        "99.71.01.1002": government.villages[1],
        "99.71.01": government.district,
    }
