"""Save and next: the case after this one in the queue the officer came from, fetched ahead, never counted early."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report

pytestmark = pytest.mark.usefixtures("still")
SignIn = Callable[..., Client]
AHEAD = {"HTTP_SEC_PURPOSE": "prefetch"}


@pytest.fixture
def three(government: Government, now: dt.datetime) -> list[Report]:
    """In the order of the queue: the oldest has the nearest limit."""
    return [a_report(now=now - dt.timedelta(days=days)) for days in (3, 2, 1)]


def page(report: Report) -> str:
    return reverse("desk:case", args=["reports", report.code]) + "?antrean=baru&category=lampu-jalan"


def act(report: Report, verb: str = "disposisi") -> str:
    return reverse("desk:act", args=["reports", report.code, verb]) + "?antrean=baru&category=lampu-jalan"


def test_it_leads_to_the_next_case_of_the_same_queue_and_filter(
    three: list[Report], koordinator: Any, government: Government, as_user: SignIn
) -> None:
    a_report(category="sampah", now=three[0].received_at)
    data = {"version": three[0].version, "office": government.works.pk, "lanjut": "1"}
    answer = as_user(koordinator).post(act(three[0]), data)
    assert answer["Location"] == page(three[1])


def test_after_the_last_case_it_leads_back_to_the_queue(
    three: list[Report], koordinator: Any, government: Government, as_user: SignIn
) -> None:
    data = {"version": three[2].version, "office": government.works.pk, "lanjut": "1"}
    answer = as_user(koordinator).post(act(three[2]), data)
    assert answer["Location"].startswith(reverse("desk:queue", args=["reports", "baru"]) + "?antrean=baru")


def test_a_refused_form_stays_where_it_is(three: list[Report], koordinator: Any, as_user: SignIn) -> None:
    answer = as_user(koordinator).post(act(three[0]), {"version": three[0].version, "lanjut": "1"})
    assert answer.status_code == 422


def test_the_next_case_is_named_for_fetching_ahead_letter_by_letter(
    three: list[Report], koordinator: Any, as_user: SignIn
) -> None:
    client = as_user(koordinator)
    for address in (page(three[0]), act(three[0])):
        answer = client.get(address)
        assert answer.context["next_url"] == page(three[1])
        assert 'type="speculationrules"' in answer.content.decode()
    assert 'type="speculationrules"' not in client.get(page(three[2])).content.decode()


def test_fetching_ahead_writes_nothing_and_spends_no_message(
    three: list[Report], koordinator: Any, government: Government, as_user: SignIn
) -> None:
    client = as_user(koordinator)
    client.post(act(three[0]), {"version": three[0].version, "office": government.works.pk})
    before = Entry.objects.count()
    ahead = client.get(page(three[1]), **AHEAD)
    assert "Laporan diteruskan." not in ahead.content.decode()
    assert Entry.objects.count() == before
    opened = ahead.context["opened_url"]
    assert opened.replace("&", "&amp;") in ahead.content.decode()
    assert "Laporan diteruskan." in client.get(opened).content.decode()


def test_a_page_fetched_ahead_says_when_the_case_changed_since(
    three: list[Report], koordinator: Any, as_user: SignIn
) -> None:
    client = as_user(koordinator)
    opened = client.get(page(three[1]), **AHEAD).context["opened_url"]
    assert "baru saja berubah" not in client.get(opened).content.decode()
    Report.objects.filter(pk=three[1].pk).update(version=99)
    assert "baru saja berubah" in client.get(opened).content.decode()


def test_a_case_that_is_handled_elsewhere_has_no_opened_page(
    government: Government, tono: Any, as_user: SignIn
) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=government.works)
    assert as_user(tono).get(reverse("desk:opened", args=["reports", report.code])).status_code == 404
