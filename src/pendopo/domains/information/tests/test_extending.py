"""One extension at most, before the first limit, and the dates of the law's table."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.cases import clocks, sweep
from pendopo.base.letters.models import Letter
from pendopo.base.notices.models import Notice
from pendopo.domains.information.actions import extending, objections
from pendopo.domains.information.models import Extension, InformationRequest, ObjectionClock, RequestClock
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import objection_on
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
WHY = "Data sedang dikumpulkan dari dua perangkat daerah."


@pytest.fixture(autouse=True)
def calendar(db: None) -> None:
    """The decrees of 2025 and 2026, as shipped."""
    fill_calendar()


def morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), ZoneInfo("Asia/Jakarta"))


def extend(case: InformationRequest, by: Any, now: dt.datetime, days: int = 7, **more: Any) -> Extension:
    values = {"reason_kind": "NOT_DOCUMENTED", "reason": WHY, **more}
    return extending.extend(request_id=case.pk, days=days, by=by, now=now, **values)


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (dt.date(2026, 3, 9), dt.date(2026, 3, 30), dt.date(2026, 4, 9)),
        (dt.date(2026, 3, 13), dt.date(2026, 4, 6), dt.date(2026, 4, 15)),
        (dt.date(2025, 3, 21), dt.date(2025, 4, 15), dt.date(2025, 4, 25)),
        (dt.date(2025, 12, 15), dt.date(2025, 12, 31), dt.date(2026, 1, 12)),
    ],
)
def test_the_dates_of_the_table(
    everyone: Any, koordinator: Any, received: dt.date, due: dt.date, extended: dt.date
) -> None:
    now = morning(received)
    case = a_request(now=now)
    assert RequestClock.objects.get(case=case).due_on == due
    row = extend(case, koordinator, now)
    assert (row.due_before, row.due_after) == (due, extended)
    clock = RequestClock.objects.get(case=case)
    assert (clock.amount, clock.extended_days, clock.due_on) == (17, 7, extended)


def test_the_whole_silent_chain_from_the_second_of_february(everyone: Any, koordinator: Any) -> None:
    case = a_request(now=morning(dt.date(2026, 2, 2)))
    assert RequestClock.objects.get(case=case).due_on == dt.date(2026, 2, 18)
    extend(case, koordinator, morning(dt.date(2026, 2, 18)))
    assert RequestClock.objects.get(case=case).due_on == dt.date(2026, 2, 27)
    last = clocks.days_after(dt.date(2026, 2, 27), 30, "WORKING_DAYS")
    assert last == dt.date(2026, 4, 20)
    objection = objection_on(case, "c", now=morning(last))
    reply = ObjectionClock.objects.get(case=objection)
    assert reply.due_on == dt.date(2026, 6, 9)
    after = morning(dt.date(2026, 6, 10))
    assert objections.note_silence(objection_id=objection.pk, today=after.date(), now=after)
    right = ObjectionClock.objects.get(case=objection, step="dispute")
    assert (right.started_on, right.due_on) == (dt.date(2026, 6, 9), dt.date(2026, 6, 30))


def test_it_is_written_down_told_and_put_into_a_letter(
    everyone: Any, koordinator: Any, now: dt.datetime
) -> None:
    case = a_request(now=now)
    extend(case, koordinator, now)
    case.refresh_from_db()
    assert (case.extended, case.status, case.due_at) == (True, "IN_PROGRESS", case.due_at)
    letter = Letter.objects.get(kind="information.extension")
    assert letter.context["batas_baru"] == "Kamis, 9 April 2026" and letter.context["alasan"] == WHY
    assert Notice.objects.filter(event="information.extended").exists()


def test_asked_twice_or_too_late_or_too_long_is_a_sentence(
    everyone: Any, koordinator: Any, now: dt.datetime
) -> None:
    case = a_request(now=now)
    for days, more, field in (
        (8, {}, "days"), (0, {}, "days"), (7, {"reason_kind": "LAZY"}, "reason_kind"), (7, {"reason": "ya"}, "reason"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            extend(case, koordinator, now, days, **more)
        assert no.value.field == field
    case.refresh_from_db()
    assert (case.status, case.extended) == ("REGISTERED", False)
    extend(case, koordinator, now)
    with pytest.raises(Refused, match="satu kali"):
        extend(case, koordinator, now)
    late = a_request(now=now)
    with pytest.raises(Refused, match="sudah lewat"):
        extend(late, koordinator, morning(dt.date(2026, 3, 31)))
    assert Extension.objects.count() == 1


def test_people_of_units_do_not_extend(everyone: Any, now: dt.datetime) -> None:
    case = a_request(now=now)
    for name in ("sari", "ibu_ratna", "tono", "warga", "pengamat", "administrator", "sekda"):
        with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
            extend(case, everyone[name], now)


def test_a_threshold_that_was_warned_about_is_not_warned_about_again(
    everyone: Any, koordinator: Any, now: dt.datetime
) -> None:
    case = a_request(now=now)
    day7 = morning(clocks.days_after(now.date(), 7, "WORKING_DAYS"))
    sweep.warn_all(now=day7)
    assert RequestClock.objects.get(case=case).warned_percent == 70
    extend(case, koordinator, day7)
    clock = RequestClock.objects.get(case=case)
    assert (
        clock.warned_percent == 0 and clock.next_look_on > day7.date()
    )  # 7 of 17 days: below the first half
