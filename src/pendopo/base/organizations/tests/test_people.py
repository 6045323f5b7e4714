"""The shared people stand where their names say."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pendopo.base.organizations import testing
from pendopo.base.organizations.models import Kind, Organization
from pendopo.base.organizations.roles import roles_of


def test_each_person_holds_the_role_of_the_name(everyone, government):
    assert roles_of(everyone["sari"]).has(government.works.pk, "OFFICER")
    assert roles_of(everyone["ibu_ratna"]).has(government.works.pk, "HEAD")
    assert roles_of(everyone["koordinator"]).coordinates
    assert roles_of(everyone["administrator"]).administers
    assert roles_of(everyone["pengamat"]).sees_all
    assert not roles_of(everyone["tono"]).sees_all
    assert not roles_of(everyone["warga"]).is_staff
    assert not roles_of(everyone["anon"]).is_staff


def test_the_whole_cast_costs_eight_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        testing.build_people(testing.build_government())


def test_roles_cost_one_query(sari, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert roles_of(sari, on=dt.date(2026, 3, 9)).is_staff


def test_as_user_is_signed_in(as_user, sari):
    client = as_user(sari)
    assert client.session["_auth_user_id"] == str(sari.pk)


def test_a_new_office_gets_its_path(government):
    bidang = Organization.objects.create(
        slug="bidang-jalan", name="Bidang Jalan", kind=Kind.AGENCY, parent=government.works
    )
    assert bidang.path == f"{government.root.pk}.{government.works.pk}.{bidang.pk}."


def test_a_moved_office_takes_its_subtree_along(government):
    district, villages = government.district, government.villages
    district.parent = government.works
    district.save()
    villages[0].refresh_from_db()
    assert villages[0].path == f"{government.works.path}{district.pk}.{villages[0].pk}."


def test_an_office_cannot_hang_below_itself(government):
    district = government.district
    district.parent = government.villages[0]
    with pytest.raises(ValidationError, match="dirinya sendiri"):
        district.save()
    district.refresh_from_db()
    assert district.parent_id == government.root.pk


def test_there_is_one_root(government):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(slug="dua", name="Dua", kind=Kind.AGENCY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(slug="tiga", name="Tiga", kind=Kind.GOVERNMENT)
