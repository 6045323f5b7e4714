"""The public calendar and the administration's pages."""

import datetime as dt

import pytest
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.calendar import testing
from pendopo.base.calendar.models import Holiday, HolidayKind, WorkWeek

pytestmark = pytest.mark.django_db
YEAR = "calendar:year"


def history() -> list[Entry]:
    return list(Entry.objects.filter(verb__startswith="calendar.").order_by("pk"))


def page(client, **query):
    response = client.get(reverse(YEAR), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_year_lists_each_day_with_kind_status_and_basis(client):
    testing.fill_calendar()
    Holiday.objects.filter(date="2026-03-19").update(decree="SKB uji <3>")
    html = page(client, tahun="2026")
    assert reverse(YEAR) == "/kalender/"
    assert html.count("<time ") == 25
    for words in ("Kamis, 19 Maret 2026", "Hari Suci Nyepi", "cuti bersama", "libur nasional", "ditetapkan",
                  "SKB uji &lt;3&gt;", "menurut python-holidays", "Sabtu dan Minggu juga tidak"):  # fmt: skip
        assert words in html
    assert 'href="?tahun=2025"' in html
    assert "belum ditetapkan" not in html


def test_a_year_without_decree_says_that_dates_may_move(client):
    testing.fill_calendar()
    html = page(client, tahun="2029")
    assert "Cuti bersama 2029 belum ditetapkan" in html
    assert "perkiraan" in html


def test_a_year_without_rows_says_so(client):
    assert "Daftar hari libur 2050 belum ada" in page(client, tahun="2050")
    assert "Kalender kerja" in page(client)


def test_days_of_other_regions_stay_away(client, government):
    testing.closed_day(dt.date(2026, 3, 9), "Hari jadi kota", HolidayKind.LOCAL, "99.71")
    testing.closed_day(dt.date(2026, 3, 10), "Hari jadi Solo", HolidayKind.LOCAL, "33.72")
    html = page(client, tahun="2026")
    assert "Hari jadi kota" in html
    assert "Hari jadi Solo" not in html


@pytest.mark.parametrize(
    "typed", ["abc", "20", "99999", "1999", "2101", "-2026", "２０２６", "2026\x00", "²²²²"]
)
def test_a_senseless_year_is_not_found(client, typed):
    assert client.get(reverse(YEAR), {"tahun": typed}).status_code == 404


def test_the_page_is_only_read_and_costs_few_queries(client, django_assert_max_num_queries):
    testing.fill_calendar()
    page(client, tahun="2026")
    with django_assert_max_num_queries(3):
        page(client, tahun="2026")
    assert client.post(reverse(YEAR)).status_code == 405


@pytest.fixture
def office(as_user, koordinator):
    koordinator.is_staff = True
    koordinator.save()
    return as_user(koordinator)


def typed(**more):
    return {"date": "2026-11-25", "name": "Pilkada", "kind": "NATIONAL", "status": "FIXED", "scope": "",
            "decree": "Keppres uji", "source": "", "reason": "Pemungutan suara", **more}  # fmt: skip


def test_the_administration_adds_changes_and_revokes_through_the_actions(office):
    assert office.post(reverse("admin:calendar_holiday_add"), typed()).status_code == 302
    holiday = Holiday.objects.get()
    change = reverse("admin:calendar_holiday_change", args=[holiday.pk])
    assert "Pilkada" in office.get(change).content.decode()
    assert office.post(change, typed(name="Pilkada serentak")).status_code == 302
    assert office.post(change, typed(status="REVOKED")).status_code == 302
    holiday.refresh_from_db()
    assert (holiday.name, holiday.status) == ("Pilkada serentak", "REVOKED")
    assert [entry.verb for entry in history()] == [
        "calendar.holiday_added", "calendar.holiday_changed", "calendar.holiday_revoked"
    ]  # fmt: skip
    assert office.post(change, typed()).status_code == 200  # shown again with the reason
    assert Holiday.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"reason": " \u200b "}, {"name": "x" * 200}, {"name": "a\x00b"}, {"date": "kapan-kapan"},
     {"date": "0001-01-01"}, {"date": ""}, {"kind": "LOCAL"}, {"scope": "x"}, {"status": "REVOKED"}, {"kind": "'--"},
     {"status": "LAIN"}],
)  # fmt: skip
def test_a_wrong_form_is_shown_again_and_nothing_is_written(office, wrong):
    response = office.post(reverse("admin:calendar_holiday_add"), typed(**wrong))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Holiday.objects.exists()
    assert not history()


def test_a_day_twice_is_refused_by_the_form(office):
    office.post(reverse("admin:calendar_holiday_add"), typed())
    response = office.post(reverse("admin:calendar_holiday_add"), typed())
    assert "sudah ada untuk jenis dan wilayah" in response.content.decode()
    other = testing.closed_day(dt.date(2026, 11, 26))
    change = reverse("admin:calendar_holiday_change", args=[other.pk])
    assert "sudah ada untuk jenis dan wilayah" in office.post(change, typed()).content.decode()
    assert Holiday.objects.in_force().count() == 2


def test_a_work_week_is_added_and_never_edited(office):
    testing.fill_calendar()
    response = office.post(
        reverse("admin:calendar_workweek_add"),
        {"weekdays": ["1", "2", "3", "4", "5", "6"], "scope": "99.71", "joint_leave_is_closed": "on",
         "source": "Perwali uji", "valid_from": "2026-06-01", "reason": "enam hari"},
    )  # fmt: skip
    assert response.status_code == 302
    week = WorkWeek.objects.get(scope="99.71")
    assert week.weekdays == [1, 2, 3, 4, 5, 6]
    assert office.post(reverse("admin:calendar_workweek_change", args=[week.pk]), {}).status_code == 403
    assert office.post(reverse("admin:calendar_workweek_delete", args=[week.pk])).status_code == 403
    bad = {"weekdays": ["9"], "source": "x", "valid_from": "2027-01-01", "reason": "x"}
    assert office.post(reverse("admin:calendar_workweek_add"), bad).status_code == 200


@pytest.mark.parametrize("who", ["sari", "ibu_ratna", "tono", "pengamat", "sekda", "lurah_officer"])
def test_other_staff_do_not_get_in(as_user, everyone, who):
    person = everyone[who]
    person.is_staff = True
    person.save()
    client = as_user(person)
    kept = testing.closed_day(dt.date(2026, 11, 26))
    for url in (reverse("admin:calendar_holiday_changelist"), reverse("admin:calendar_holiday_add"),
                reverse("admin:calendar_holiday_change", args=[kept.pk]),
                reverse("admin:calendar_workweek_changelist")):  # fmt: skip
        assert client.get(url).status_code == 403
        assert client.post(url, typed()).status_code == 403
    assert Holiday.objects.count() == 1


def test_lists_open_for_those_who_may(office):
    testing.fill_calendar()
    for name in ("holiday", "workweek"):
        assert office.get(reverse(f"admin:calendar_{name}_changelist")).status_code == 200
    assert office.get(reverse("admin:calendar_holiday_changelist"), {"q": "Nyepi"}).status_code == 200
