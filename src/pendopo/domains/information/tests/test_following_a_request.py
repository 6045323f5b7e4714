"""The own page: proof, completing, words, withdrawal, lapse; and nobody else's eyes."""

import datetime as dt
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.files.models import SealedFile
from pendopo.base.notices.models import Notice
from pendopo.domains.information import sealing, telling
from pendopo.domains.information.actions import completing, ending
from pendopo.domains.information.events import RequestWithdrawn
from pendopo.domains.information.models import InformationRequest, RequestStatus
from pendopo.domains.information.testing import NIK, a_request, prepare
from pendopo.kernel import events
from pendopo.kernel.errors import NotAllowed
from pendopo.kernel.states import RefusedTransition

WHO = {"contact": "rina@contoh.example"}


@pytest.fixture
def mine(government: Any, own_folder: None, still: Any) -> InformationRequest:
    fill_calendar()
    prepare()
    return a_request(now=still)


def _proved(case: Any, **who: str) -> Client:
    client = Client()
    client.post("/ppid/lacak/", {"code": case.code, **(who or WHO)})
    return client


def test_code_and_contact_or_the_link_open_it_and_nothing_else(
    mine: InformationRequest, everyone: dict[str, Any], as_user: Any
) -> None:
    page = f"/ppid/permohonan/{mine.code}/"
    for person in everyone.values():  # staff have their desk; this page is the requester's
        answer = as_user(person).get(page)
        assert answer.url == f"/ppid/lacak/?kode={mine.code}"
    unknown = Client().get("/ppid/permohonan/PPID-0000-0000/")
    assert unknown.url == "/ppid/lacak/?kode=PPID-0000-0000"  # the same as for one that exists
    wrong = [
        Client().post("/ppid/lacak/", {"code": code, "contact": contact}).content.decode()
        for code, contact in (
            (mine.code, "lain@contoh.example"),
            ("PPID-0000-0000", WHO["contact"]),
            (mine.code, ""),
        )
    ]
    assert all("tidak cocok" in page for page in wrong[:2])
    assert "Tulis surel atau nomor telepon" in wrong[2]
    for client in (_proved(mine), _proved(mine, contact="0812 3456 7890")):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "noindex" in shown.content.decode()
        assert "Kami menjawab tertulis paling lambat" in shown.content.decode()
        assert "30 Maret 2026" in shown.content.decode()
    token = telling.follow_link(mine).rsplit("/", 2)[1]
    linked = Client()
    assert linked.get(f"/ppid/lacak/buka/{token}/").url == page
    assert linked.get(page).status_code == 200
    for forged in (token[:-3] + "abc", signing.dumps(["information", mine.pk], salt="other"), "x"):
        assert Client().get(f"/ppid/lacak/buka/{forged}/").status_code == 404
    linked.post("/ppid/lacak/lupakan/")
    assert linked.get(page).status_code == 302


def test_trying_codes_is_limited(mine: InformationRequest) -> None:
    client = Client()
    wrong = {"code": mine.code, "contact": "lain@contoh.example"}
    answers = [client.post("/ppid/lacak/", wrong).status_code for _ in range(9)]
    assert answers == [422] * 8 + [429]
    assert client.post("/ppid/lacak/", {"code": mine.code, **WHO}).status_code == 429


def test_completing_pauses_and_goes_on(mine: InformationRequest, koordinator: Any, now: dt.datetime) -> None:
    asked_at = now + dt.timedelta(days=1)
    completing.ask_to_complete(request_id=mine.pk, missing="Tahun berapa?", by=koordinator, now=asked_at)
    with pytest.raises(NotAllowed):
        completing.ask_to_complete(request_id=mine.pk, missing="Lagi?", by=koordinator, now=asked_at)
    client = _proved(mine)
    page = client.get(f"/ppid/permohonan/{mine.code}/").content.decode()
    assert "Tahun berapa?" in page
    assert "Lengkapi paling lambat" in page
    empty = client.post(f"/ppid/permohonan/{mine.code}/lengkapi/", {"body": " "})
    assert empty.status_code == 422
    assert "Tulis jawaban Anda, atau kirim bukti" in empty.content.decode()
    done = client.post(f"/ppid/permohonan/{mine.code}/lengkapi/", {"body": "Tahun 2025."}, follow=True)
    assert "kami proses lagi" in done.content.decode()
    mine.refresh_from_db()
    assert (mine.status, mine.due_step) == (RequestStatus.REGISTERED, "answer")
    again = client.post(f"/ppid/permohonan/{mine.code}/lengkapi/", {"body": "Tahun 2025."})
    assert again.status_code == 302  # pressed twice: nothing changed
    late = client.post(f"/ppid/permohonan/{mine.code}/lengkapi/", {"body": "Atau 2024?"})
    assert late.status_code == 422
    assert mine.messages.filter(kind="REPLY").count() == 1
    told = Notice.objects.filter(event__in=("information.incomplete", "information.completed"))
    assert told.count() == 2
    assert {one.language for one in told} == {"id"}


def test_what_is_never_completed_lapses_and_leaves_no_proof(
    government: Any, own_folder: None, koordinator: Any, now: dt.datetime
) -> None:
    request = a_request(status="INCOMPLETE", proofs=[sealing.new_proof("KTP", NIK)], now=now)
    limit = request.clocks.get(step="complete").due_on
    moment = dt.datetime.combine(limit, dt.time(23, 59), now.tzinfo)
    assert ending.lapse_all(now=moment) == 0
    late = moment + dt.timedelta(minutes=2)
    assert ending.lapse_all(now=late) == 1
    assert ending.lapse_all(now=late) == 0
    request.refresh_from_db()
    assert (request.status, request.due_at) == (RequestStatus.LAPSED, None)
    assert not request.clocks.filter(stopped_at=None).exists()
    proof = request.proofs.get()
    assert (proof.sealed_number, proof.accepted) == (None, None)
    assert Notice.objects.filter(event="information.lapsed").count() == 1
    with pytest.raises(NotAllowed):
        completing.complete(request_id=request.pk, body="Terlambat.", holding=[request.pk], by=None, now=late)


def test_withdrawing_ends_it_once(
    mine: InformationRequest, monkeypatch: pytest.MonkeyPatch, warga: Any, as_user: Any
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(events, "publish", told.append)
    address = f"/ppid/permohonan/{mine.code}/cabut/"
    assert as_user(warga).post(address).status_code == 404
    client = _proved(mine)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302  # pressed twice
    assert told == [RequestWithdrawn(mine.pk)]
    assert client.post(f"/ppid/permohonan/{mine.code}/pesan/", {"body": "Halo"}).status_code == 422
    mine.refresh_from_db()
    with pytest.raises(RefusedTransition):
        mine.move_to(RequestStatus.REGISTERED, now=mine.updated_at)
    assert not SealedFile.objects.filter(destroyed_at=None).exists()


def test_words_go_both_ways_and_a_double_click_is_one(mine: InformationRequest) -> None:
    client = _proved(mine)
    for _ in range(2):
        client.post(f"/ppid/permohonan/{mine.code}/pesan/", {"body": "Boleh dikirim bertahap?"})
    assert mine.messages.count() == 1
    page = client.get(f"/ppid/permohonan/{mine.code}/").content.decode()
    assert page.count("Boleh dikirim bertahap?") == 1


def test_an_account_needs_no_code(government: Any, warga: Any, as_user: Any, still: Any) -> None:
    request = a_request(reporter=warga, now=still)
    client = as_user(warga)
    assert request.code in client.get("/ppid/lacak/").content.decode()
    assert client.get(f"/ppid/permohonan/{request.code}/").status_code == 200
    assert Notice.objects.filter(recipient=warga, event="information.received").exists()


def test_the_page_asks_few_questions(mine: InformationRequest, django_assert_max_num_queries: Any) -> None:
    client = _proved(mine)
    with django_assert_max_num_queries(22):
        client.get(f"/ppid/permohonan/{mine.code}/")
