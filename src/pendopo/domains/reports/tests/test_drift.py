"""Month by month the koordinator sees whether suggestions still fit; nobody else does."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import drift
from pendopo.domains.reports.models import Handover, Report, Status, Suggestion
from pendopo.domains.reports.testing import a_report

PAGES = ("reports:drift", "reports:drift-table")


def suggested(report: Report, office: Any, **changes: Any) -> None:
    Suggestion.objects.filter(case=report).delete()
    values = {"rank": 1, "origin": "TEXT", "reason": "x", "score": 0.8, "unknown_words": 0.5, **changes}
    Suggestion.objects.create(case=report, office=office, **values)


def test_only_the_koordinator_finds_the_pages(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    for name, person in everyone.items():
        expected = {"anon": 302, "koordinator": 200}.get(name, 404)
        for page in PAGES:
            assert as_user(person).get(reverse(page)).status_code == expected, (name, page)


def test_a_month_counts_what_happened_in_it(government: Government, now: dt.datetime) -> None:
    right = a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    wrong = a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    secret = a_report(status=Status.IN_PROGRESS, office=government.works, secret=True, now=now)
    suggested(right, government.works)
    suggested(wrong, government.environment, score=0.6, unknown_words=0.1)
    suggested(secret, government.environment)
    Handover.objects.filter(case=right).update(automatic=True, origin="TEXT")
    Handover.objects.filter(case=wrong).update(origin="PERSON", automatic=False)
    month = drift.months(now=now)[-1]
    assert (month.reports, month.handed, month.automatic, month.by_hand, month.suggested) == (2, 2, 1, 1, 0)
    assert (month.right, month.judged, month.few) == (1, 2, True)
    assert month.certainty == pytest.approx(0.7)
    assert month.unknown == pytest.approx(0.3)
    Handover.objects.filter(case=right).update(returned_at=now)
    month = drift.months(now=now)[-1]
    assert (month.returned, month.right) == (1, 0)


def test_a_new_mix_of_categories_shows(government: Government) -> None:
    assert drift.shift(Counter(a=8, b=2), Counter(a=4, b=1)) == 0
    assert drift.shift(Counter(a=1), Counter(b=1)) == 1
    assert drift.shift(Counter(a=3, b=1), Counter(a=1, b=1)) == pytest.approx(0.25)
    assert drift.shift(Counter(), Counter(a=1)) is None


def test_twelve_months_end_with_this_one(government: Government, now: dt.datetime) -> None:
    months = drift.months(now=dt.datetime(2026, 2, 28, 20, tzinfo=dt.UTC))  # already March in Jakarta
    assert (len(months), months[0].first, months[-1].first) == (12, dt.date(2025, 4, 1), dt.date(2026, 3, 1))


def test_the_page_asks_the_same_queries_however_much_there_is(
    government: Government, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(3):
        a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    with django_assert_num_queries(4):
        drift.months(now=now)


def test_page_and_file_tell_the_same(
    government: Government, koordinator: Any, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch,
    now: dt.datetime,
) -> None:  # fmt: skip
    monkeypatch.setattr("pendopo.kernel.clock.now", lambda: now)
    report = a_report(status=Status.IN_PROGRESS, office=government.works, now=now)
    suggested(report, government.works)
    client = as_user(koordinator)
    words = client.get(reverse("reports:drift")).content.decode()
    assert "masih sedikit" in words
    assert "1 dari 1" in words
    response = client.get(reverse("reports:drift-table"))
    assert response["Content-Type"].startswith("text/csv")
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[-1].startswith("2026-")
    assert ",1,1," in lines[-1]
