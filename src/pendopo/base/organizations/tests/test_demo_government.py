"""The demo government is complete: every office has people, every role has somebody."""

import datetime as dt

import pytest

from pendopo.base.accounts.models import User
from pendopo.base.organizations import demo
from pendopo.base.organizations.demo_staff import HEAD_AWAY, OFFICER_AWAY, VACANT, sign_ins
from pendopo.base.organizations.models import (
    ActingHead,
    Identity,
    Kind,
    Leave,
    Membership,
    Organization,
    Role,
)
from pendopo.base.organizations.roles import roles_of
from pendopo.base.regions import demo as ground
from pendopo.base.registries.demo import City

NOW = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def city(db: None) -> City:
    city = City(now=NOW)
    ground.build(city)
    demo.build(city)
    return city


def test_every_office_hangs_on_the_tree_and_serves_an_area(city):
    offices = Organization.objects.all()
    root = offices.get(kind=Kind.GOVERNMENT)
    assert offices.filter(kind=Kind.AGENCY).count() == 35
    assert offices.filter(kind=Kind.DISTRICT).count() == 30
    assert offices.filter(kind=Kind.VILLAGE).count() == 151
    assert offices.under(root).count() == offices.count() == 218
    assert offices.filter(is_intake=True).get().slug == "diskominfo"
    assert not offices.filter(service_areas__isnull=True).exists()
    for office in offices.filter(kind=Kind.VILLAGE).select_related("parent", "region")[:20]:
        assert office.parent.kind == Kind.DISTRICT
        assert office.parent.region_id == office.region.parent_id
    assert Identity.objects.get().display_name == "Kota Sukamaju"


def test_every_office_has_an_officer_and_every_role_somebody(city):
    current = Membership.objects.current(on=TODAY)
    working = current.filter(role=Role.OFFICER).values("organization")
    below = Organization.objects.exclude(kind__in=(Kind.GOVERNMENT, Kind.SECRETARIAT))
    assert not below.exclude(pk__in=working).exists()
    assert set(current.values_list("role", flat=True)) == set(Role.values)
    assert current.filter(role=Role.COORDINATOR).count() == 3
    assert not User.objects.filter(is_demo=False).exists()
    assert not any(user.has_usable_password() for user in User.objects.all()[:50])


def test_the_sign_in_list_names_accounts_with_the_role_they_promise(city):
    for row in sign_ins():
        user = User.objects.get(email=row.email)
        roles = roles_of(user)
        assert roles.is_staff == (row.role != "Warga")
        assert (user.name, user.demo_note) == (row.name, row.role)
    assert roles_of(User.objects.get(email="koordinator@sukamaju.example")).coordinates
    assert roles_of(User.objects.get(email="administrator@sukamaju.example")).administers


def test_one_seat_is_empty_one_head_is_away_and_one_officer_is_on_leave(city):
    acting = ActingHead.objects.current(on=TODAY)
    assert set(acting.values_list("organization__slug", "kind")) == {(VACANT, "PLT"), (HEAD_AWAY, "PLH")}
    heads = Membership.objects.current(on=TODAY).filter(role=Role.HEAD)
    assert not heads.filter(organization__slug=VACANT).exists()
    away = Leave.objects.filter(since__lte=TODAY, until__gte=TODAY)
    members = Membership.objects.filter(user__in=away.values("user"))
    offices = set(members.values_list("organization__slug", flat=True))
    assert offices == {HEAD_AWAY, OFFICER_AWAY}


def test_building_twice_changes_nothing_and_a_lost_row_comes_back(city):
    again = City(now=NOW + dt.timedelta(days=2))
    demo.build(again)
    assert not again.made
    Membership.objects.filter(organization__slug="dpu").delete()
    repaired = City(now=NOW)
    demo.build(repaired)
    assert set(repaired.made) == {"keanggotaan"}
