"""Who is on duty on a day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pendopo.base.organizations.models import ActingHead, Leave, Membership
from pendopo.base.organizations.public import away, escalation_chain, head_of, officers_of

DAY = dt.date(2026, 3, 9)
NEXT = DAY + dt.timedelta(days=1)


def leave(user, since=DAY, until=DAY):
    return Leave.objects.create(user=user, since=since, until=until)


def acting(user, office, since=DAY, until=None):
    return ActingHead.objects.create(user=user, organization=office, kind="PLH", since=since, until=until)


def test_leave_holds_from_its_first_to_its_last_day(sari):
    leave(sari, DAY, NEXT)
    days = [DAY + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [away(sari, day) for day in days] == [False, True, True, False]


def test_officers_on_leave_are_left_out(everyone, government):
    leave(everyone["sari"])
    assert officers_of(government.works, DAY) == [everyone["budi"]]
    assert officers_of(government.works, NEXT) == [everyone["budi"], everyone["sari"]]


def test_the_head_leads_when_present(ibu_ratna, government):
    assert head_of(government.works, DAY) == ibu_ratna


def test_nobody_leads_when_the_head_is_away_without_a_stand_in(ibu_ratna, government):
    leave(ibu_ratna)
    assert head_of(government.works, DAY) is None


def test_an_acting_head_leads_instead(everyone, government):
    leave(everyone["ibu_ratna"])
    acting(everyone["budi"], government.works, until=DAY)
    assert head_of(government.works, DAY) == everyone["budi"]
    assert head_of(government.works, NEXT) == everyone["ibu_ratna"]


def test_an_acting_head_who_is_away_too_does_not_lead(everyone, government):
    acting(everyone["budi"], government.works)
    leave(everyone["budi"])
    assert head_of(government.works, DAY) == everyone["ibu_ratna"]


def test_one_office_has_one_acting_head_at_a_time(everyone, government):
    acting(everyone["budi"], government.works)
    with pytest.raises(IntegrityError), transaction.atomic():
        acting(everyone["sari"], government.works, since=NEXT)


def test_the_chain_climbs_from_officers_to_the_secretary(everyone, government):
    chain = escalation_chain(government.works, DAY)
    assert chain == [
        ("OFFICER", [everyone["budi"], everyone["sari"]]),
        ("HEAD", [everyone["ibu_ratna"]]),
        ("COORDINATOR", [everyone["koordinator"]]),
        ("SECRETARY", [everyone["sekda"]]),
    ]


def test_the_chain_skips_who_is_away_and_takes_who_stands_in(everyone, government):
    for name in ("sari", "ibu_ratna", "sekda", "koordinator"):
        leave(everyone[name])
    acting(everyone["tono"], government.secretariat)
    assert [step.users for step in escalation_chain(government.works, DAY)] == [
        [everyone["budi"]],
        [],
        [],
        [everyone["tono"]],
    ]


def test_the_chain_costs_three_queries(everyone, government, django_assert_num_queries):
    with django_assert_num_queries(3):
        escalation_chain(government.works, DAY)


def test_an_ended_role_is_no_longer_on_duty(sari, government):
    Membership.objects.filter(user=sari).update(until=DAY)
    assert sari in officers_of(government.works, DAY)
    assert sari not in officers_of(government.works, NEXT)


def test_a_closed_account_is_not_on_duty(sari, government):
    sari.is_active = False
    sari.save()
    assert sari not in officers_of(government.works, DAY)
