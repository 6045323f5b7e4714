"""A closed day is added, changed and revoked by the right people, with a reason, a trace and a fact."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from pendopo.base.audit import verbs as known
from pendopo.base.audit.models import Entry
from pendopo.base.calendar import actions, public, testing
from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.calendar.models import Holiday, HolidayKind, HolidayStatus, WorkWeek
from pendopo.base.calendar.policy import may_change_calendar

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 25)  # a Wednesday
ALLOWED = {"koordinator", "administrator"}


@pytest.fixture
def told(monkeypatch):
    facts = []
    monkeypatch.setattr("pendopo.kernel.events.publish", facts.append)
    return facts


def add(by, now, **more):
    values = {"date": DAY, "name": "Pemungutan suara", "kind": "NATIONAL", "reason": "Keppres uji", **more}
    return actions.add_holiday(by=by, now=now, **values)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_only_koordinator_and_administrator_may(everyone):
    for name, person in everyone.items():
        assert may_change_calendar(person) == (name in ALLOWED), name


def test_an_added_day_is_closed_at_once_with_trace_and_fact(koordinator, now, told):
    assert public.working_calendar().is_working(DAY)
    holiday = add(koordinator, now, decree="Keppres 10/2026", name="  Pemungutan\u202e   suara ")
    assert not public.working_calendar().is_working(DAY)
    assert (holiday.name, holiday.status, holiday.entered_by) == ("Pemungutan suara", "FIXED", koordinator)
    assert told == [CalendarChanged("2026-11-25", "2026-11-25", "")]
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.subject_id) == ("calendar.holiday_added", koordinator, holiday.pk)
    assert entry.facts["reason"] == "Keppres uji"
    assert entry.facts["day"] == "2026-11-25"


def test_a_local_day_closes_only_its_region(administrator, now, told):
    add(administrator, now, kind=HolidayKind.LOCAL, scope="99.71")
    assert public.working_calendar("33.72").is_working(DAY)
    assert not public.working_calendar("99.71").is_working(DAY)
    assert told == [CalendarChanged("2026-11-25", "2026-11-25", "99.71")]


@pytest.mark.parametrize(
    "who", ["sari", "ibu_ratna", "tono", "pengamat", "lurah_officer", "sekda", "warga", "anon"]
)
def test_others_are_refused_and_leave_no_trace(everyone, now, told, who):
    person = everyone[who]
    kept = testing.closed_day(DAY)
    with pytest.raises(PermissionDenied, match="administrator atau koordinator"):
        add(person, now, date=DAY + dt.timedelta(days=1))
    with pytest.raises(PermissionDenied):
        actions.change_holiday(by=person, holiday=kept.pk, name="Lain", reason="x", now=now)
    with pytest.raises(PermissionDenied):
        actions.revoke_holiday(by=person, holiday=kept.pk, reason="x", now=now)
    with pytest.raises(PermissionDenied):
        actions.set_work_week(by=person, weekdays=[1], valid_from=DAY, source="x", reason="x", now=now)
    assert list(Holiday.objects.values_list("name", "status")) == [("Hari libur uji", "FIXED")]
    assert (verbs(), told, WorkWeek.objects.count()) == ([], [], 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "\u200b"}, "reason"),
        ({"name": ""}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"kind": "PESTA"}, "kind"),
        ({"status": "MUNGKIN"}, "status"),
        ({"status": "REVOKED"}, "status"),
        ({"scope": "solo"}, "scope"),
        ({"scope": "33.72.01"}, "scope"),
        ({"kind": "LOCAL"}, "__all__"),
        ({"date": dt.date(1999, 12, 31)}, "__all__"),
    ],
)
def test_a_wrong_value_is_refused_and_leaves_no_trace(koordinator, now, told, wrong, field):
    with pytest.raises(ValidationError) as refused:
        add(koordinator, now, **wrong)
    assert field in refused.value.message_dict
    assert not Holiday.objects.exists()
    assert (verbs(), told) == ([], [])


def test_the_same_day_cannot_be_declared_twice(koordinator, now, told):
    add(koordinator, now)
    with pytest.raises(ValidationError, match="sudah ada untuk jenis dan wilayah"):
        add(koordinator, now)
    add(koordinator, now, kind="LOCAL", scope="99.71")
    assert len(told) == 2


def test_the_database_refuses_what_slips_past_the_forms(db):
    for wrong in ({"status": "X"}, {"kind": "LOCAL"}, {"date": dt.date(1990, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(
                **{"date": DAY, "name": "x", "kind": "NATIONAL", "status": "FIXED", **wrong}
            )
    for wrong in ({"weekdays": []}, {"weekdays": [8]}, {"valid_to": DAY - dt.timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkWeek.objects.create(**{"weekdays": [1], "source": "x", "valid_from": DAY, **wrong})


def test_a_corrected_name_and_decree_keep_the_row(koordinator, now, told):
    holiday = testing.closed_day(DAY)
    changed = actions.change_holiday(
        by=koordinator, holiday=holiday.pk, name="Pilkada", decree="Keppres 11/2026", reason="ralat", now=now
    )
    assert changed.pk == holiday.pk
    assert (changed.name, changed.decree, changed.date) == ("Pilkada", "Keppres 11/2026", DAY)
    assert told == [CalendarChanged("2026-11-25", "2026-11-25", "")]
    assert Entry.objects.get().facts["old_name"] == "Hari libur uji"


def test_a_moved_day_revokes_the_old_row_and_tells_both_days(koordinator, now, told):
    holiday = testing.closed_day(DAY)
    later = DAY + dt.timedelta(days=2)
    changed = actions.change_holiday(
        by=koordinator, holiday=holiday.pk, date=later, reason="SKB baru", now=now
    )
    holiday.refresh_from_db()
    assert (holiday.status, changed.status, changed.name) == ("REVOKED", "FIXED", "Hari libur uji")
    calendar = public.working_calendar()
    assert calendar.is_working(DAY) and not calendar.is_working(later)
    assert told == [CalendarChanged("2026-11-25", "2026-11-27", "")]
    assert verbs() == ["calendar.holiday_changed"]


def test_a_day_given_to_one_region_is_told_to_both_scopes(koordinator, now, told):
    holiday = testing.closed_day(DAY)
    actions.change_holiday(by=koordinator, holiday=holiday.pk, scope="33", kind="LOCAL", reason="x", now=now)
    assert [fact.scope for fact in told] == ["33", ""]


def test_an_estimate_becomes_fixed_but_not_the_other_way(koordinator, now, told):
    holiday = add(koordinator, now, status=HolidayStatus.ESTIMATED)
    common = {"by": koordinator, "holiday": holiday.pk, "reason": "SKB", "now": now}
    assert actions.change_holiday(status="FIXED", **common).status == "FIXED"
    with pytest.raises(ValidationError, match="tidak bisa kembali"):
        actions.change_holiday(status="ESTIMATED", **common)
    with pytest.raises(ValidationError, match="tombol cabut"):
        actions.change_holiday(status="REVOKED", **common)


def test_a_revoked_day_is_worked_again_and_stays_revoked(koordinator, now, told):
    holiday = add(koordinator, now)
    actions.revoke_holiday(by=koordinator, holiday=holiday.pk, reason="putusan", now=now)
    assert public.working_calendar().is_working(DAY)
    assert verbs() == ["calendar.holiday_added", "calendar.holiday_revoked"]
    assert len(told) == 2
    for act in (
        lambda: actions.revoke_holiday(by=koordinator, holiday=holiday.pk, reason="lagi", now=now),
        lambda: actions.change_holiday(by=koordinator, holiday=holiday.pk, name="y", reason="lagi", now=now),
    ):
        with pytest.raises(ValidationError, match="sudah dicabut"):
            act()
    assert len(told) == 2
    add(koordinator, now)  # declared again beside the revoked row
    assert not public.working_calendar().is_working(DAY)


def test_a_day_that_is_not_there_is_not_found(koordinator, now):
    with pytest.raises(Holiday.DoesNotExist):
        actions.revoke_holiday(by=koordinator, holiday=987654, reason="x", now=now)


def test_a_new_work_week_ends_the_one_before(koordinator, now, told):
    testing.fill_calendar()
    week = actions.set_work_week(
        by=koordinator, weekdays=[6, 1, 2, 3, 4, 5, 5], valid_from=dt.date(2026, 6, 1), source="Perpres uji",
        reason="enam hari", now=now,
    )  # fmt: skip
    assert week.weekdays == [1, 2, 3, 4, 5, 6]
    calendar = public.working_calendar()
    assert calendar.is_working(dt.date(2026, 6, 6)) and not calendar.is_working(dt.date(2026, 5, 30))
    ends = list(WorkWeek.objects.order_by("valid_from").values_list("valid_to", flat=True))
    assert ends == [dt.date(2023, 4, 11), dt.date(2026, 5, 31), None]
    assert told[-1] == CalendarChanged("2026-06-01", "2100-12-31", "")
    assert verbs() == ["calendar.week_set"]


def test_a_work_week_put_between_two_ends_before_the_next(koordinator, now, told):
    testing.fill_calendar()
    week = actions.set_work_week(
        by=koordinator,
        weekdays=[1, 2, 3, 4],
        valid_from=dt.date(2022, 1, 3),
        source="uji",
        reason="x",
        now=now,
    )
    assert week.valid_to == dt.date(2023, 4, 11)
    assert told[-1] == CalendarChanged("2022-01-03", "2023-04-11", "")


@pytest.mark.parametrize(
    "wrong", [{"weekdays": []}, {"weekdays": [0]}, {"weekdays": [8]}, {"source": ""}, {"scope": "x"},
              {"valid_from": dt.date(2023, 4, 12)}, {"reason": ""}]
)  # fmt: skip
def test_a_wrong_work_week_is_refused(koordinator, now, told, wrong):
    testing.fill_calendar()
    values = {"weekdays": [1], "valid_from": DAY, "source": "uji", "reason": "x", **wrong}
    with pytest.raises(ValidationError):
        actions.set_work_week(by=koordinator, now=now, **values)
    assert WorkWeek.objects.count() == 2
    assert told == []


def test_the_sentences_of_history_read_well(koordinator, now, told):
    holiday = add(koordinator, now)
    actions.change_holiday(
        by=koordinator, holiday=holiday.pk, date=DAY - dt.timedelta(days=1), reason="SKB", now=now
    )
    entry = Entry.objects.order_by("pk").last()
    sentence = known.tell(known.get(entry.verb).staff, {**entry.facts, "actor": "Wahyu"})
    assert sentence == (
        "Wahyu mengubah libur nasional 25 November 2026 (Pemungutan suara) menjadi 24 November 2026"
        " (Pemungutan suara, ditetapkan): SKB"
    )


def test_nobody_signed_in_may_not(now):
    assert not may_change_calendar(AnonymousUser())
