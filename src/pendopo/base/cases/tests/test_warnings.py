"""Warnings at 50, 80, 100 and 150 % climb from the officer to the sekda, once each; a secret stays inside."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.cases.sweep import warn_all
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report

DAY = dt.timedelta(days=1)


def told() -> dict[str, set[str]]:
    """Event to the names of the people it went to."""
    found: dict[str, set[str]] = {}
    for event, name in Notice.objects.filter(event__startswith="cases.").values_list(
        "event", "recipient__name"
    ):
        found.setdefault(event, set()).add(name.split()[0])
    return found


@pytest.fixture
def report(government: Government, everyone: dict[str, Any], now: dt.datetime) -> Report:
    """Five working days from Monday 9 March: 50 % on the 12th, 80 % on the 13th, late on the 17th."""
    return a_report(status=Status.ASSIGNED, office=government.works, now=now)


def test_nobody_is_warned_before_half_of_the_time(report: Report, now: dt.datetime) -> None:
    assert warn_all(now=now + 2 * DAY) == 0
    assert told() == {}


def test_the_officers_then_the_head_then_koordinator_then_sekda(report: Report, now: dt.datetime) -> None:
    steps = [
        (3, {"cases.soon": {"Sari", "Budi"}}),
        (4, {"cases.soon": {"Sari", "Budi", "Ratna"}}),
        (8, {"cases.soon": {"Sari", "Budi", "Ratna"}, "cases.late": {"Sari", "Budi", "Ratna", "Wahyu"}}),
        (14, {"cases.late": {"Sari", "Budi", "Ratna", "Wahyu", "Hadi"}}),
    ]
    for days, expected in steps:
        warn_all(now=now + days * DAY)
        assert told() == {**told(), **expected}, days
    assert warn_all(now=now + 14 * DAY) == 0  # a second look warns nobody again


def test_thresholds_slept_through_are_told_as_one(report: Report, now: dt.datetime) -> None:
    warn_all(now=now + 8 * DAY)
    assert told() == {"cases.late": {"Sari", "Budi", "Ratna", "Wahyu"}}


def test_who_took_the_report_is_warned_alone(report: Report, sari: Any, now: dt.datetime) -> None:
    Report.objects.filter(pk=report.pk).update(handler=sari)
    warn_all(now=now + 3 * DAY)
    assert told() == {"cases.soon": {"Sari"}}


def test_a_secret_report_never_leaves_its_office(report: Report, now: dt.datetime) -> None:
    Report.objects.filter(pk=report.pk).update(secret=True)
    for days in (3, 4, 8, 30):
        warn_all(now=now + days * DAY)
    assert set.union(*told().values()) == {"Sari", "Budi", "Ratna"}


def test_at_the_intake_office_the_koordinator_is_warned(
    government: Government, everyone: dict[str, Any], now: dt.datetime
) -> None:
    a_report(now=now)
    a_report(now=now, secret=True)
    warn_all(now=now + 2 * DAY)
    assert told() == {"cases.soon": {"Wahyu"}}
    assert Notice.objects.filter(event="cases.soon", channel="INAPP").count() == 2


def test_nobody_is_late_while_the_reporter_has_to_act(
    government: Government, everyone: dict[str, Any], now: dt.datetime
) -> None:
    a_report(status=Status.AWAITING_INFO, office=government.works, now=now)
    a_report(status=Status.ANSWERED, office=government.works, now=now)
    assert warn_all(now=now + 9 * DAY) == 0
    assert told() == {}
