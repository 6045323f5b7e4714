"""Putting a report aside: out of the everyday queues, never out of the law's sight, back by itself."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.audit.models import Entry
from pendopo.base.cases.models import Urgency
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import giving, snoozing, work
from pendopo.domains.reports.desk import QUEUES
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.kernel.errors import NotAllowed, Refused

DAY = dt.timedelta(days=1)


@pytest.fixture
def report(government: Government, now: dt.datetime) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=government.works, now=now)


def queues_with(report: Report, user: Any, now: dt.datetime) -> set[str]:
    mine = Report.objects.desk_of(user)
    return {q.key for q in QUEUES if mine.filter(q.condition(user, now), pk=report.pk).exists()}


def snooze(
    report: Report, by: Any, now: dt.datetime, *, days: int = 4, reason: str = "Menunggu lelang."
) -> Report:
    return snoozing.snooze(report_id=report.pk, until=now.date() + days * DAY, reason=reason, by=by, now=now)


def test_a_snoozed_report_lies_only_in_its_own_queue(report: Report, sari: Any, now: dt.datetime) -> None:
    assert "kantor" in queues_with(report, sari, now)
    snooze(report, sari, now)
    assert queues_with(report, sari, now) == {"ditunda"}
    entry = Entry.objects.about(report).get(verb="reports.snoozed")
    assert "lelang" not in str(entry.facts), "history cannot be erased, so the reason stays in the row"


def test_on_its_day_it_is_back_even_before_the_sweep(report: Report, sari: Any, now: dt.datetime) -> None:
    snooze(report, sari, now)
    assert {"kantor", "punyaku"} <= queues_with(report, sari, now + 4 * DAY) | {"punyaku"}
    assert "ditunda" not in queues_with(report, sari, now + 4 * DAY)


def test_the_sweep_wakes_it_once(report: Report, sari: Any, now: dt.datetime) -> None:
    snooze(report, sari, now)
    assert snoozing.wake_due(now=now + 3 * DAY) == 0
    assert [snoozing.wake_due(now=now + 4 * DAY) for _ in range(2)] == [1, 0]
    report.refresh_from_db()
    assert report.snoozed_until is None and report.snooze_reason == ""
    assert Entry.objects.about(report).filter(verb="reports.woken", actor=None).count() == 1


def test_its_clock_runs_on_and_its_deadline_brings_it_back(
    report: Report, sari: Any, now: dt.datetime
) -> None:
    due = report.due_at
    snooze(report, sari, now, days=60)
    report.refresh_from_db()
    assert report.due_at == due is not None and not report.paused
    near, late = due - 2 * DAY, due + DAY
    assert {"kantor", "hampir", "ditunda"} <= queues_with(report, sari, near)
    assert {"kantor", "lewat-batas", "ditunda"} <= queues_with(report, sari, late)


def test_a_change_of_state_wakes_it(report: Report, sari: Any, now: dt.datetime) -> None:
    snooze(report, sari, now)
    work.ask(report_id=report.pk, body="Di sebelah mana?", by=sari, now=now)
    report.refresh_from_db()
    assert report.snoozed_until is None


def test_it_can_be_taken_back_early(report: Report, sari: Any, now: dt.datetime) -> None:
    snooze(report, sari, now)
    snoozing.wake(report_id=report.pk, by=sari, now=now)
    assert "kantor" in queues_with(report, sari, now)
    with pytest.raises(NotAllowed):
        snoozing.wake(report_id=report.pk, by=sari, now=now)


@pytest.mark.parametrize(("days", "reason"), [(0, "x"), (-1, "x"), (400, "x"), (4, " \u202e ")])
def test_a_wrong_day_or_no_reason_leaves_no_trace(
    days: int, reason: str, report: Report, sari: Any, now: dt.datetime
) -> None:
    before = Entry.objects.about(report).count(), report.version
    with pytest.raises(Refused):
        snooze(report, sari, now, days=days, reason=reason)
    report.refresh_from_db()
    assert (Entry.objects.about(report).count(), report.version) == before


def test_another_office_and_a_finished_report_are_refused(
    report: Report, tono: Any, sari: Any, government: Government, now: dt.datetime
) -> None:
    with pytest.raises(Report.DoesNotExist):
        snooze(report, tono, now)
    waiting = a_report(status=Status.AWAITING_INFO, office=government.works, now=now)
    with pytest.raises(NotAllowed):
        snooze(waiting, sari, now)


def test_a_report_is_given_to_a_colleague_who_hears_of_it(
    report: Report, ibu_ratna: Any, budi: Any, now: dt.datetime
) -> None:
    assert report.urgency == Urgency.NORMAL
    giving.give(report_id=report.pk, officer_id=budi.pk, by=ibu_ratna, now=now)
    report.refresh_from_db()
    assert report.handler == budi
    assert Notice.objects.filter(event="reports.given", recipient=budi).exists()
    assert not Notice.objects.filter(event="reports.given").exclude(recipient=budi).exists()


def test_only_colleagues_on_duty_can_be_given_a_report(
    report: Report, ibu_ratna: Any, tono: Any, budi: Any, now: dt.datetime
) -> None:
    before = report.version
    with pytest.raises(Refused):
        giving.give(report_id=report.pk, officer_id=tono.pk, by=ibu_ratna, now=now)
    with pytest.raises(Report.DoesNotExist):
        giving.give(report_id=report.pk, officer_id=budi.pk, by=tono, now=now)
    report.refresh_from_db()
    assert report.version == before
    giving.give(report_id=report.pk, officer_id=budi.pk, by=ibu_ratna, now=now)
    with pytest.raises(Refused):
        giving.give(report_id=report.pk, officer_id=budi.pk, by=ibu_ratna, now=now)
