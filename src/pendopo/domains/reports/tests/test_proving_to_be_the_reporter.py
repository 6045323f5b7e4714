"""Code plus contact, or a signed link, opens the reporter's page; nothing else does, and nothing tells more."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from pendopo.domains.reports import proof
from pendopo.domains.reports.telling import FOLLOW_SALT, UNFOLLOW_SALT
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.holding import holder_of
from pendopo.kernel import clock

WRONG = "Nomor laporan dan kontak ini tidak cocok. Periksa keduanya, lalu coba lagi."


def tried(client: Client, code: str, contact: str, **more: Any) -> Any:
    return client.post("/lacak/", {"code": code, "contact": contact}, **more)


@pytest.mark.parametrize(
    "contact", ["rina@contoh.example", " RINA@Contoh.Example ", "081234567890", "+62 812-3456-7890"]
)
def test_code_and_contact_open_the_report(contact: str, city: Any) -> None:
    report = a_report(secret=True)
    client = Client()
    typed = report.code.lower().replace("-", " ")
    assert tried(client, typed, contact)["Location"] == f"/lacak/{report.code}/"
    assert report.text in client.get(f"/lacak/{report.code}/").content.decode()


def test_unknown_code_and_wrong_contact_get_the_same_answer(city: Any) -> None:
    report = a_report()
    answers = []
    for code, contact in ((report.code, "orang@lain.example"), ("LAP-0000-0000", "orang@lain.example")):
        response = tried(Client(), code, contact)
        assert response.status_code == 422
        words = re.sub(r'(value|nonce|content)="[^"]*"', "", response.content.decode())
        answers.append(words)
    assert answers[0] == answers[1]
    assert WRONG in answers[0]


@pytest.mark.parametrize("contact", ["", "x", "@", "+62"])
def test_a_report_without_contact_cannot_be_opened_by_an_empty_one(contact: str, city: Any) -> None:
    report = a_report(email="", phone="")
    client = Client()
    tried(client, report.code, contact)
    assert client.get(f"/lacak/{report.code}/").status_code == 302


def test_guessing_stops_after_a_few_tries_with_a_time(city: Any, still: dt.datetime) -> None:
    report = a_report()
    client = Client()
    for number in range(proof.TRIES_PER_CODE):
        assert tried(client, report.code, f"tebak{number}@contoh.example").status_code == 422
    response = tried(client, report.code, "rina@contoh.example")
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "coba lagi dalam 15 menit" in response.content.decode()


def test_guessing_locks_nobody_else_out(city: Any, still: dt.datetime) -> None:
    report = a_report()
    for number in range(proof.TRIES_PER_CODE + 3):
        tried(Client(), report.code, f"tebak{number}@contoh.example")
    owner = tried(Client(), report.code, "rina@contoh.example", REMOTE_ADDR="203.0.113.9")
    assert owner.status_code == 302


def test_one_network_cannot_try_every_code(city: Any, still: dt.datetime) -> None:
    for number in range(proof.TRIES_PER_NETWORK):
        tried(Client(), f"LAP-0000-{number:04d}", "a@contoh.example")
    assert tried(Client(), "LAP-9999-9999", "a@contoh.example").status_code == 429


def test_the_proof_ends_after_thirty_days(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    report = a_report()
    client = holder_of(report)
    assert client.get(f"/lacak/{report.code}/").status_code == 200
    later = clock.now() + proof.KEPT + dt.timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(f"/lacak/{report.code}/").status_code == 302


def test_a_shared_phone_can_forget(city: Any) -> None:
    report = a_report()
    client = holder_of(report)
    client.post("/lacak/lupakan/")
    assert client.get(f"/lacak/{report.code}/").status_code == 302


def test_the_proof_of_one_report_opens_no_other(city: Any) -> None:
    mine, other = a_report(), a_report(secret=True)
    client = holder_of(mine)
    assert client.get(f"/lacak/{other.code}/").status_code == 302
    assert client.get(f"/laporan/{other.slug}/").status_code == 404
    assert other.code not in client.get("/lacak/").content.decode()
    assert mine.code in client.get("/lacak/").content.decode()


@pytest.mark.parametrize("salt", [UNFOLLOW_SALT, "x"])
def test_a_link_for_something_else_proves_nothing(salt: str, city: Any) -> None:
    report = a_report()
    assert Client().get(f"/lacak/buka/{signing.dumps(report.pk, salt=salt)}/").status_code == 404
    assert Client().get(f"/lacak/buka/{signing.dumps('1', salt=FOLLOW_SALT)}/").status_code == 404


def test_staff_do_not_see_the_reporters_page(city: Any, sari: Any, koordinator: Any, as_user: Any) -> None:
    report = a_report(office=city.works, status="IN_PROGRESS")
    for person in (sari, koordinator):
        assert as_user(person).get(f"/lacak/{report.code}/").status_code == 302


def test_an_account_needs_no_further_proof(city: Any, warga: Any, tono: Any, as_user: Any) -> None:
    report = a_report(reporter=warga, secret=True)
    assert as_user(warga).get(f"/lacak/{report.code}/").status_code == 200
    assert as_user(tono).get(f"/lacak/{report.code}/").status_code == 302
