"""A neighbour follows a public report by e-mail after a confirmation, and stops with one button."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from pendopo.base.notices.models import Notice
from pendopo.domains.reports.actions import closing
from pendopo.domains.reports.models import Report, ReportFollower, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.views.neighbours import LETTERS_PER_ADDRESS

ADDRESS = "tetangga@contoh.example"


def link_in(notice: Notice) -> str:
    found = re.search(r"https?://[^/]+(/laporan/\w+/[^\s]+/)", notice.body)
    assert found
    return found.group(1)


def ask(report: Report, client: Client | None = None) -> Any:
    return (client or Client()).post(f"/laporan/{report.slug}/ikuti/", {"email": ADDRESS})


def test_asking_sends_a_link_and_nothing_more(city: Any) -> None:
    report = a_report()
    assert ask(report).status_code == 302
    [letter] = Notice.objects.filter(event="reports.confirm_following")
    assert letter.address == ADDRESS
    assert report.text not in letter.body and report.code not in letter.body
    assert ReportFollower.objects.get().confirmed_at is None


def test_the_link_confirms_only_by_its_button(city: Any) -> None:
    ask(a_report())
    link = link_in(Notice.objects.get(event="reports.confirm_following"))
    assert Client().get(link).status_code == 200
    assert ReportFollower.objects.get().confirmed_at is None
    assert Client().post(link).status_code == 302
    assert ReportFollower.objects.get().confirmed_at is not None


def test_news_reach_confirmed_followers_who_can_stop(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    ask(report)
    Client().post(link_in(Notice.objects.get(event="reports.confirm_following")))
    closing.confirm(report_id=report.pk, holding=[report.pk], by=None, stars=None, comment="", now=now)
    [news] = Notice.objects.filter(event="reports.update")
    [stop] = re.findall(r"/laporan/berhenti/[^\s]+/", news.body)
    assert Client().get(stop).status_code == 200
    assert ReportFollower.objects.exists()
    assert Client().post(stop).status_code == 200
    assert not ReportFollower.objects.exists()
    assert Client().post(stop).status_code == 200  # stopping twice is fine


def test_asking_twice_says_the_same_and_sends_once(city: Any) -> None:
    report = a_report()
    first, second = ask(report), ask(report)
    assert first["Location"] == second["Location"]
    assert Notice.objects.filter(event="reports.confirm_following").count() == 1


def test_nobodys_mailbox_is_filled_from_here(city: Any) -> None:
    for _ in range(LETTERS_PER_ADDRESS):
        ask(a_report())
    response = ask(a_report())
    assert response.status_code == 429
    assert ADDRESS in response.content.decode()


@pytest.mark.parametrize("email", ["", "bukan surel", "a@", "a\x00@b", "x" * 300 + "@contoh.example"])
def test_a_wrong_address_is_refused_beside_the_field(email: str, city: Any) -> None:
    report = a_report()
    response = Client().post(f"/laporan/{report.slug}/ikuti/", {"email": email})
    assert response.status_code == 422
    assert response.context["form"].errors["email"]


def test_an_account_follows_without_a_letter(city: Any, warga: Any, as_user: Any) -> None:
    assert as_user(warga).post(f"/laporan/{a_report().slug}/ikuti/").status_code == 302
    assert ReportFollower.objects.get().user == warga
    assert not Notice.objects.filter(event="reports.confirm_following").exists()


def test_a_report_that_became_secret_tells_nobody(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.ANSWERED, office=city.works)
    ask(report)
    link = link_in(Notice.objects.get(event="reports.confirm_following"))
    Client().post(link)
    Report.objects.filter(pk=report.pk).update(secret=True)
    closing.confirm(report_id=report.pk, holding=[report.pk], by=None, stars=None, comment="", now=now)
    assert not Notice.objects.filter(event="reports.update").exists()
    assert Client().post(link).status_code == 404
