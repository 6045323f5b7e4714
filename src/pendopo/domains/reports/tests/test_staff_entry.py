"""Writing a report down "atas nama": who may, once for one form, nothing typed lost."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.models import Report
from pendopo.domains.reports.once import once
from pendopo.domains.reports.testing import prepare

WORKING = {"sari", "budi", "ibu_ratna", "tono", "koordinator", "sekda", "lurah_officer"}


@pytest.fixture
def url(government: Government) -> str:
    prepare()
    return reverse("reports:enter")


def form(**changes: Any) -> dict[str, Any]:
    return {
        "once": uuid.uuid4(), "channel": "PHONE", "category": "lampu-jalan", "text": "Lampu jalan mati tiga malam.",
        "region": "99.71.01.1001", "address": "Depan masjid", "name": "Rina", "phone": "0812 3456 7890",
        "anonymous": "on", **changes,
    }  # fmt: skip


def test_only_who_works_in_an_office_writes_reports_down(
    url: str, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    for name, person in everyone.items():
        client = as_user(person)
        expected = 302 if name == "anon" else 200 if name in WORKING else 404
        assert client.get(url).status_code == expected, name
        if expected == 404:
            assert client.post(url, form()).status_code == 404, name
            assert client.get(reverse("reports:entered", args=["LAP-7K2M-Q9XA"])).status_code == 404
    assert not Report.objects.exists()


def test_the_report_is_kept_with_channel_contact_and_writer(
    url: str, sari: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    answer = client.post(url, form())
    report = Report.objects.get()
    assert answer["Location"] == reverse("reports:entered", args=[report.code])
    assert (report.channel, report.entered_by, report.contact.phone) == ("PHONE", sari, "+6281234567890")
    assert Entry.objects.about(report).filter(verb="reports.entered", actor=sari).exists()
    assert report.code in client.get(answer["Location"]).content.decode()


def test_sent_twice_it_makes_one_report(url: str, sari: Any, as_user: Callable[..., Client]) -> None:
    data, client = form(), as_user(sari)
    first, second = client.post(url, data), client.post(url, data)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_a_click_while_the_first_is_at_work_makes_nothing() -> None:
    def at_work() -> str:
        assert once("x", lambda: "zweite") == ""
        return "LAP-1"

    assert once("x", at_work) == "LAP-1"
    assert once("x", lambda: "LAP-2") == "LAP-1"


def test_a_failed_try_may_be_repeated() -> None:
    def fail() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once("y", fail)
    assert once("y", lambda: "LAP-3") == "LAP-3"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "WEB"}, "channel"), ({"channel": "\x00"}, "channel"), ({"category": "x"}, "category"),
        ({"category": "\x00"}, "category"), ({"text": "mati"}, "text"), ({"text": "x" * 5001}, "text"),
        ({"text": "\x00\u202e"}, "text"), ({"region": "33.72"}, "region"), ({"region": "\x00"}, "region"),
        ({"phone": "satu dua"}, "phone"), ({"email": "rina@"}, "email"), ({"once": "x"}, "once"),
        ({"name": "x" * 121}, "name"), ({"photos": SimpleUploadedFile("a.jpg", b"PK\x03\x04zip")}, "photos"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_the_rest_is_kept(
    changes: dict[str, Any], field: str, url: str, sari: Any, as_user: Callable[..., Client]
) -> None:
    answer = as_user(sari).post(url, form(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Depan masjid" in answer.content.decode()
    assert not Report.objects.exists()


def test_words_and_names_are_escaped_and_cleaned(
    url: str, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    client.post(url, form(text="<script>alert(1)</script> lampu\x00 mati \u202egnp.exe", address="<b>x</b>"))
    report = Report.objects.get()
    assert "\u202e" not in report.text and "\x00" not in report.text
    shown = client.get(reverse("desk:case", args=["reports", report.code])).content.decode()
    assert "<script>alert(1)" not in shown and "<b>x</b>" not in shown
