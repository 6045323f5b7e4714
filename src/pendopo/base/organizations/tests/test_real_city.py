"""A real city from the official list."""

from pendopo.base.organizations.models import Identity, Kind, Organization
from pendopo.base.regions.actions import load_government


def test_surakarta_starts_with_59_territorial_offices(db):
    load_government(code="33.72")
    territorial = Organization.objects.filter(kind__in=[Kind.DISTRICT, Kind.VILLAGE])
    assert territorial.filter(kind=Kind.DISTRICT).count() == 5
    assert territorial.filter(kind=Kind.VILLAGE).count() == 54
    assert Identity.objects.get().display_name == "Kota Surakarta"
