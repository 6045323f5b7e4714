"""The page "Surat masuk": who sees which mail, what may become of it, and what a secret keeps to itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.mailroom import personal
from pendopo.base.mailroom.models import Mail, Reason
from pendopo.base.mailroom.models import Status as MailStatus
from pendopo.base.notices.models import Notice
from pendopo.base.privacy import seeds
from pendopo.base.registries.personal import Erasure, Held, Subject
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.mails import RINA, answer_address, arrives, opened

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
NOBODY = ("sari", "budi", "ibu_ratna", "tono", "pengamat", "administrator", "sekda", "lurah_officer", "warga")


@pytest.fixture(autouse=True)
def _mail_comes_in(settings: Any, city: Any, still: dt.datetime) -> None:
    opened(settings)


@pytest.fixture
def waiting(now: dt.datetime, everyone: Any) -> Mail:
    return arrives(now, proof="")


def test_only_the_koordinator_finds_the_page(waiting: Mail, everyone: Any, as_user: SignIn) -> None:
    for name in NOBODY:
        client = as_user(everyone[name])
        assert client.get("/meja/surat/").status_code == 404, name
        for answer in (client.get(f"/meja/surat/{waiting.pk}/"), client.post(f"/meja/surat/{waiting.pk}/")):
            assert answer.status_code == 404, name
    assert Client().get("/meja/surat/").status_code == 302
    koordinator = as_user(everyone["koordinator"])
    page = koordinator.get("/meja/surat/")
    assert "Lampu mati" in page.content.decode()
    assert RINA not in page.content.decode()
    assert "r…@contoh.example" in page.content.decode()


def test_opening_a_mail_is_history_and_shows_plain_text(
    now: dt.datetime, everyone: Any, as_user: SignIn
) -> None:
    mail = arrives(now, proof="", text=None, html="<p>Lampu <b>padam</b></p><img src=https://jahat.example/x>",
                   subject="<script>alert(1)</script>")  # fmt: skip
    page = as_user(everyone["koordinator"]).get(f"/meja/surat/{mail.pk}/").content.decode()
    assert "Lampu padam" in page
    assert "jahat.example" not in page
    assert "<script>alert" not in page
    assert RINA in page
    assert Entry.objects.filter(verb="mailroom.opened", subject_id=mail.pk).count() == 1


def test_the_list_asks_few_questions(
    now: dt.datetime, everyone: Any, as_user: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        arrives(now, proof="", number=number, sender=f"a{number}@contoh.example")
    client = as_user(everyone["koordinator"])
    client.get("/meja/surat/")
    with django_assert_max_num_queries(16):
        client.get("/meja/surat/")


def test_a_waiting_mail_becomes_a_report(waiting: Mail, everyone: Any, as_user: SignIn) -> None:
    client = as_user(everyone["koordinator"])
    assert client.post(f"/meja/surat/{waiting.pk}/", {"act": "make"}).status_code == 302
    report = Report.objects.get()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.about_id, waiting.done_by) == (
        MailStatus.HANDLED, report.pk, everyone["koordinator"],
    )  # fmt: skip
    assert report.code in client.get(f"/meja/surat/{waiting.pk}/").content.decode()
    assert client.post(f"/meja/surat/{waiting.pk}/", {"act": "make"}).status_code == 422  # a second click
    assert Report.objects.count() == 1


def test_a_waiting_mail_becomes_an_answer(
    waiting: Mail, city: Any, everyone: Any, as_user: SignIn, now: dt.datetime
) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, now=now)
    client = as_user(everyone["koordinator"])
    wrong = client.post(f"/meja/surat/{waiting.pk}/", {"act": "add", "code": "LAP-0000-0000"})
    assert wrong.status_code == 422
    assert "tidak ada di meja Anda" in wrong.content.decode()
    assert 'value="LAP-0000-0000"' in wrong.content.decode()
    client.post(f"/meja/surat/{waiting.pk}/", {"act": "add", "code": report.code.lower()})
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS
    assert Entry.objects.filter(verb="reports.mail_added", subject_id=report.pk).exists()


def test_an_ended_report_takes_no_more_words(
    waiting: Mail, city: Any, everyone: Any, as_user: SignIn, now: dt.datetime
) -> None:
    report = a_report(status=Status.ARCHIVED, now=now)
    answer = as_user(everyone["koordinator"]).post(
        f"/meja/surat/{waiting.pk}/", {"act": "add", "code": report.code}
    )
    assert answer.status_code == 422
    waiting.refresh_from_db()
    assert waiting.status == MailStatus.HELD
    assert not report.messages.filter(body__contains="Lampu jalan").exists()


@pytest.mark.parametrize(
    "typed",
    [{}, {"act": "x"}, {"act": "discard", "why": ""}, {"act": "discard", "why": "\x00\x00"}, {"act": "add"},
     {"act": "add", "code": "x" * 900}, {"act": "discard", "why": "a" * 900}, {"act": "again"}],
)  # fmt: skip
def test_odd_input_is_refused_with_words(
    typed: dict[str, str], waiting: Mail, everyone: Any, as_user: SignIn
) -> None:
    answer = as_user(everyone["koordinator"]).post(f"/meja/surat/{waiting.pk}/", typed)
    assert answer.status_code in {404, 422}
    waiting.refresh_from_db()
    assert waiting.status == MailStatus.HELD


def test_a_mail_that_asks_for_secrecy_is_for_the_intake_office(
    now: dt.datetime, everyone: Any, as_user: SignIn
) -> None:
    mail = arrives(now, proof="", subject="RAHASIA: pungli di loket")
    assert [name for name in everyone if Mail.objects.visible_to(everyone[name]).exists()] == ["koordinator"]
    as_user(everyone["koordinator"]).post(f"/meja/surat/{mail.pk}/", {"act": "make"})
    assert Report.objects.get().secret


def test_a_mail_about_a_secret_report_is_seen_in_its_office_only(
    city: Any, now: dt.datetime, everyone: Any, as_user: SignIn
) -> None:
    secret = a_report(status=Status.AWAITING_INFO, office=city.works, secret=True, email=RINA, now=now)
    to = answer_address("reports.question", secret.pk)
    mail = arrives(now, recipient=to, sender="lain@contoh.example", subject="Re: tanya")
    assert (mail.reason, mail.about_id) == (Reason.OTHER_SENDER, secret.pk)
    seen = {name for name in everyone if Mail.objects.visible_to(everyone[name]).exists()}
    assert "sari" in seen
    assert not seen & {
        "koordinator",
        "tono",
        "administrator",
        "pengamat",
        "sekda",
        "lurah_officer",
        "warga",
        "anon",
    }
    told = Notice.objects.filter(event="reports.mail_waits")
    assert told.exists()
    assert all(f"/meja/surat/{mail.pk}/" in notice.body for notice in told)
    koordinator = as_user(everyone["koordinator"])
    assert koordinator.get(f"/meja/surat/{mail.pk}/").status_code == 404
    assert "Re: tanya" not in koordinator.get("/meja/surat/").content.decode()
    sari = as_user(everyone["sari"])
    assert sari.post(f"/meja/surat/{mail.pk}/", {"act": "add", "code": secret.code}).status_code == 302
    secret.refresh_from_db()
    assert secret.status == Status.IN_PROGRESS


def test_an_answer_to_a_secret_report_stays_secret_after_it_was_handled(
    city: Any, now: dt.datetime, everyone: Any
) -> None:
    secret = a_report(status=Status.AWAITING_INFO, office=city.works, secret=True, email=RINA, now=now)
    mail = arrives(now, recipient=answer_address("reports.question", secret.pk), subject="Re: tanya")
    assert mail.status == MailStatus.HANDLED
    assert not Mail.objects.visible_to(everyone["koordinator"]).exists()
    assert not Entry.objects.visible_to(everyone["koordinator"]).filter(verb__startswith="mailroom.").exists()


def test_mails_are_part_of_what_a_person_may_ask_for(waiting: Mail, now: dt.datetime) -> None:
    rina = Subject(emails=frozenset({RINA}))
    (row,) = personal.collect(rina).rows
    assert (row["dari"], row["perihal"]) == (RINA, "Lampu mati")
    held = Held(emails=frozenset({RINA}))
    assert personal.erase(Erasure(rina, True, held, now)).held == 1
    assert personal.erase(Erasure(rina, True, Held(), now)).done == 1
    assert not Mail.objects.exists()


def test_the_clock_forgets_mails(now: dt.datetime, everyone: Any) -> None:
    seeds.load()
    done, ignored = arrives(now), arrives(now, number=2, headers={"Precedence": "bulk"})
    later = now + dt.timedelta(days=1)
    assert list(personal._done(later)) == [done]
    assert personal._forget(pk=done.pk, now=later)
    assert not personal._forget(pk=done.pk, now=later)
    done.refresh_from_db()
    assert (done.sender, done.subject, done.status) == ("", "", MailStatus.HANDLED)
    assert list(personal._ignored(later)) == [ignored]
    assert personal._delete(pk=ignored.pk, now=later)
