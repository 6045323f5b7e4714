"""Seeding again brings news of the library and never touches what a person did."""

import datetime as dt

import pytest

from pendopo.base import registries
from pendopo.base.calendar import actions, seeds
from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.calendar.models import Holiday, HolidayStatus, WorkWeek

pytestmark = pytest.mark.django_db
NYEPI = dt.date(2026, 3, 19)


@pytest.fixture
def told(monkeypatch):
    facts = []
    monkeypatch.setattr("pendopo.kernel.events.publish", facts.append)
    return facts


def rows():
    return list(Holiday.objects.order_by("pk").values())


def test_a_second_load_changes_nothing_and_tells_nothing(told):
    seeds.load()
    before = rows()
    seeds.load()
    assert rows() == before
    assert WorkWeek.objects.count() == 2
    assert told == []


def test_the_seed_is_registered():
    seed = registries.seeds.get("calendar")
    assert seed is not None
    assert seed.load is seeds.load


def test_a_new_library_moves_untouched_rows_and_tells_it(told):
    seeds.load()
    Holiday.objects.filter(date=NYEPI).update(date=dt.date(2026, 3, 17))
    seeds.load()
    assert Holiday.objects.filter(date=NYEPI).exists()
    assert not Holiday.objects.filter(date=dt.date(2026, 3, 17)).exists()
    assert told == [CalendarChanged("2026-03-17", "2026-03-19", "")]


def test_an_estimate_becomes_fixed_when_the_library_knows_the_decree(told):
    seeds.load()
    Holiday.objects.filter(date=NYEPI).update(status=HolidayStatus.ESTIMATED, name="Nyepi")
    seeds.load()
    row = Holiday.objects.get(date=NYEPI)
    assert (row.status, row.name) == ("FIXED", "Hari Suci Nyepi")
    assert told == []


def test_what_a_person_did_stays(koordinator, now, told):
    seeds.load()
    common = {"by": koordinator, "now": now, "reason": "SKB uji"}
    nyepi = Holiday.objects.get(date=NYEPI)
    actions.change_holiday(holiday=nyepi.pk, date=dt.date(2026, 3, 20), kind="NATIONAL", **common)
    labour = Holiday.objects.get(date=dt.date(2026, 5, 1))
    actions.revoke_holiday(holiday=labour.pk, **common)
    independence = Holiday.objects.get(date=dt.date(2026, 8, 17))
    actions.change_holiday(holiday=independence.pk, name="Hari Merdeka", decree="Keppres uji", **common)
    added = actions.add_holiday(date=dt.date(2026, 11, 30), name="Pemilihan", kind="NATIONAL", **common)
    before = rows()
    seeds.load()
    assert rows() == before
    assert Holiday.objects.in_force().filter(date=NYEPI).count() == 0
    assert Holiday.objects.get(pk=added.pk).name == "Pemilihan"
