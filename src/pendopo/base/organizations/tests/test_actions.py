"""Changing who works where: who may, what is refused, what history keeps, what is told."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pendopo.base.accounts.models import User
from pendopo.base.audit import verbs
from pendopo.base.audit.models import Entry
from pendopo.base.organizations import actions, events
from pendopo.base.organizations.models import ActingHead, Kind, Leave, Membership, Organization, Role
from pendopo.base.organizations.roles import roles_of
from pendopo.base.organizations.verbs import SENTENCES

DAY = dt.date(2026, 3, 9)


@pytest.fixture
def told(monkeypatch):
    """The facts that were told."""
    facts = []
    monkeypatch.setattr(actions, "publish", facts.append)
    return facts


def appoint(actor, user, office, now, role=Role.OFFICER, since=DAY, until=None):
    return actions.appoint(
        actor=actor, user=user, organization=office, role=role, since=since, until=until, now=now
    )


def test_an_administrator_appoints(administrator, warga, government, now, told):
    membership = appoint(administrator, warga, government.works, now)
    assert roles_of(warga, on=DAY).has(government.works.pk, "OFFICER")
    assert told == [events.PersonAppointed(warga.pk, government.works.pk, "OFFICER")]
    entry = Entry.objects.get()
    assert (entry.verb, entry.organization_id, entry.at) == (
        "organizations.appointed",
        government.works.pk,
        now,
    )
    assert entry.facts == {"person": "Rina Marlina", "role": "petugas", "since": "2026-03-09"}
    assert membership.until is None


@pytest.mark.parametrize("name", ["sari", "ibu_ratna", "koordinator", "pengamat", "sekda", "warga", "anon"])
def test_nobody_else_changes_anything(everyone, government, now, told, name):
    actor, sari = everyone[name], everyone["sari"]
    membership = Membership.objects.get(user=sari)
    attempts = [
        lambda: appoint(actor, everyone["tono"], government.works, now),
        lambda: actions.end_membership(actor=actor, membership=membership, on=DAY, now=now),
        lambda: actions.set_acting_head(
            actor=actor, organization=government.works, user=sari, kind="PLT", since=DAY, now=now
        ),
        lambda: actions.record_leave(actor=actor, user=sari, since=DAY, until=DAY, now=now),
        lambda: actions.close_office(actor=actor, organization=government.works, now=now),
        lambda: actions.save_office(actor=actor, organization=government.works, now=now),
        lambda: actions.deactivate_person(actor=actor, user=sari, now=now),
        lambda: actions.reactivate_person(actor=actor, user=sari, now=now),
        lambda: actions.remove_second_factor(actor=actor, user=sari, now=now),
        lambda: actions.open_account(actor=actor, email="a@b.example", name="A", now=now),
        lambda: actions.save_identity(actor=actor, identity=government.root.identity, now=now),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Entry.objects.exists()
    assert not told
    assert Membership.objects.get(user=sari).until is None


def test_the_same_role_twice_is_refused_without_a_trace(administrator, sari, government, now, told):
    with pytest.raises(ValidationError, match="sudah memegang"):
        appoint(administrator, sari, government.works, now)
    assert not Entry.objects.exists()
    assert not told


def test_an_end_before_the_start_is_refused(administrator, warga, government, now):
    with pytest.raises(ValidationError, match="sebelum tanggal mulai"):
        appoint(administrator, warga, government.works, now, until=DAY - dt.timedelta(days=1))


def test_a_closed_office_gets_nobody(administrator, warga, government, now):
    actions.close_office(actor=administrator, organization=government.works, now=now)
    with pytest.raises(ValidationError, match="ditutup"):
        appoint(administrator, warga, government.works, now)


def test_an_unknown_role_is_refused(administrator, warga, government, now):
    with pytest.raises(ValidationError, match="Peran"):
        appoint(administrator, warga, government.works, now, role="RAJA")


def test_a_role_ends_after_its_last_day(administrator, sari, government, now, told):
    membership = Membership.objects.get(user=sari)
    actions.end_membership(actor=administrator, membership=membership, on=DAY, now=now)
    assert roles_of(sari, on=DAY).is_staff
    assert not roles_of(sari, on=DAY + dt.timedelta(days=1)).is_staff
    assert told == [events.MembershipEnded(sari.pk, government.works.pk, "OFFICER", "2026-03-09")]


def test_a_role_that_has_ended_cannot_end_again(administrator, sari, now):
    membership = Membership.objects.get(user=sari)
    actions.end_membership(actor=administrator, membership=membership, on=DAY, now=now)
    with pytest.raises(ValidationError, match="sudah berakhir"):
        later = DAY + dt.timedelta(days=9)
        actions.end_membership(actor=administrator, membership=membership, on=later, now=now)


def test_the_last_administrator_stays(administrator, government, now, told):
    membership = Membership.objects.get(role=Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="administrator terakhir"):
        actions.end_membership(actor=administrator, membership=membership, on=DAY, now=now)
    with pytest.raises(ValidationError, match="administrator terakhir"):
        actions.deactivate_person(actor=administrator, user=administrator, now=now)
    assert User.objects.get(pk=administrator.pk).is_active
    assert not Entry.objects.exists()


def test_an_administrator_with_a_successor_may_go(administrator, sekda, government, now):
    appoint(administrator, sekda, government.root, now, role=Role.ADMINISTRATOR)
    sekda.refresh_from_db()
    assert sekda.is_staff
    actions.deactivate_person(actor=sekda, user=administrator, now=now)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_a_successor_for_some_weeks_is_not_enough(administrator, sekda, government, now):
    until = DAY + dt.timedelta(days=20)
    appoint(administrator, sekda, government.root, now, role=Role.ADMINISTRATOR, until=until)
    with pytest.raises(ValidationError, match="administrator terakhir"):
        actions.deactivate_person(actor=administrator, user=administrator, now=now)


def test_an_acting_head_holds_the_role_of_head(administrator, budi, government, now, told):
    actions.set_acting_head(
        actor=administrator, organization=government.works, user=budi, kind="PLT", since=DAY, now=now,
        decree="800/12/2026",
    )  # fmt: skip
    assert roles_of(budi, on=DAY).has(government.works.pk, "HEAD")
    assert told == [events.ActingHeadSet(budi.pk, government.works.pk, "2026-03-09", None)]
    with pytest.raises(ValidationError, match="pejabat pengganti"):
        actions.set_acting_head(
            actor=administrator, organization=government.works, user=budi, kind="PLH", since=DAY, now=now
        )
    assert ActingHead.objects.count() == 1


def test_leave_is_recorded_without_its_reason(administrator, sari, now, told):
    actions.record_leave(actor=administrator, user=sari, since=DAY, until=DAY, note="operasi", now=now)
    assert Leave.objects.get().note == "operasi"
    assert "operasi" not in str(Entry.objects.get().facts)
    assert told == [events.LeaveRecorded(sari.pk, "2026-03-09", "2026-03-09")]


def test_closing_an_office_ends_its_roles(administrator, everyone, government, now, told):
    actions.close_office(actor=administrator, organization=government.works, now=now)
    assert not Organization.objects.get(pk=government.works.pk).active
    assert set(government.works.memberships.values_list("until", flat=True)) == {DAY}
    assert events.OfficeClosed(government.works.pk) in told


def test_some_offices_stay_open(administrator, government, now):
    for office in (government.root, government.intake, government.district):
        with pytest.raises(ValidationError):
            actions.close_office(actor=administrator, organization=office, now=now)
    assert not Entry.objects.exists()


def test_an_office_is_opened_and_moved(administrator, government, now):
    office = Organization(slug="upt", name="UPT Jalan", kind=Kind.AGENCY, parent=government.works)
    actions.save_office(actor=administrator, organization=office, now=now)
    assert office.path.startswith(government.works.path)
    office.parent = government.environment
    actions.save_office(actor=administrator, organization=office, now=now)
    assert office.path.startswith(government.environment.path)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "organizations.office_opened",
        "organizations.office_changed",
    ]


def test_a_second_intake_office_is_refused(administrator, government, now):
    government.works.is_intake = True
    with pytest.raises(ValidationError, match="hanya boleh ada satu"):
        actions.save_office(actor=administrator, organization=government.works, now=now)


def test_an_account_is_opened_without_a_password(administrator, now):
    user = actions.open_account(actor=administrator, email="Baru@Uji.example", name=" Baru ", now=now)
    assert (user.email, user.name, user.has_usable_password()) == ("baru@uji.example", "Baru", False)
    with pytest.raises(ValidationError, match="sudah punya akun"):
        actions.open_account(actor=administrator, email="baru@uji.example", name="B", now=now)


def test_every_verb_of_the_room_has_its_sentence(db):
    assert all(verbs.find(verb) for verb in SENTENCES)
