"""What a list says about the time that is left: words, never only a colour."""

import datetime as dt

import pytest

from pendopo.base.cases.remaining import remaining
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Status
from pendopo.domains.reports.testing import a_report

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(0, "sisa 3 hari kerja", ""), (2, "sisa 1 hari kerja", "soon"), (3, "batas hari ini", "soon"),
     (4, "lewat 1 hari", "late"), (9, "lewat 6 hari", "late")],
)  # fmt: skip
def test_working_days_until_the_limit_and_days_after_it(
    days: int, words: str, tone: str, government: Government, now: dt.datetime
) -> None:
    left = remaining(a_report(now=now), now=now + days * DAY)
    assert (left.words, left.tone, left.more) == (words, tone, "verifikasi")


def test_a_weekend_does_not_count(government: Government, now: dt.datetime) -> None:
    friday = now + 4 * DAY
    assert remaining(a_report(now=friday), now=friday).words == "sisa 3 hari kerja"


def test_the_office_waits_when_the_reporter_must_act(government: Government, now: dt.datetime) -> None:
    asked = remaining(a_report(status=Status.AWAITING_INFO, office=government.works, now=now), now=now)
    assert (asked.words, asked.tone, asked.more) == ("dijeda", "paused", "pelapor: sisa 10 hari")
    answered = remaining(
        a_report(status=Status.ANSWERED, office=government.works, now=now), now=now + 11 * DAY
    )
    assert (answered.words, answered.tone) == ("pelapor: lewat 1 hari", "paused")


def test_an_ended_case_says_when(government: Government, now: dt.datetime) -> None:
    left = remaining(a_report(status=Status.ARCHIVED, now=now), now=now)
    assert (left.words, left.tone) == ("selesai 9 Mar 2026", "ended")


def test_a_list_of_cases_asks_nothing_for_a_row(
    government: Government, now: dt.datetime, django_assert_max_num_queries: object
) -> None:
    reports = [a_report(now=now) for _number in range(4)]
    remaining(reports[0], now=now)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        for report in reports:
            remaining(report, now=now)
