"""What citizens do reaches who has to act: a few people, once, without a word of what was asked or by whom."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.domains.information import offices, public, sealing, telling_desk
from pendopo.domains.information.actions import (
    checking,
    completing,
    delivering,
    ending,
    identity,
    objecting,
    tasks,
)
from pendopo.domains.information.actions.tasks import Part
from pendopo.domains.information.models import RequestClock
from pendopo.domains.information.testing import NIK, a_request, an_objection
from pendopo.kernel import events
from pendopo.kernel.errors import Refused

pytestmark = pytest.mark.django_db
REACTIONS = {
    public.RequestReceived: public.request_received,
    public.RequestCompleted: public.request_completed,
    public.RequesterWrote: public.requester_wrote,
    public.RequestWithdrawn: public.request_withdrawn,
    public.ObjectionFiled: public.objection_filed,
    public.ObjectionWithdrawn: public.objection_withdrawn,
}


@pytest.fixture
def hears(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reactions run at once and twice, as a job that was killed half-way would."""

    def publish(fact: Any) -> None:
        for _ in range(2):
            REACTIONS[type(fact)](**vars(fact))

    monkeypatch.setattr(events, "publish", publish)


def inbox(event: str) -> set[str]:
    """Who found the message in the inbox; each once."""
    rows = Notice.objects.filter(event=event, channel="INAPP").select_related("recipient")
    names = [row.recipient.name for row in rows if row.recipient]
    assert len(names) == len(set(names))
    for row in rows:
        assert not any(
            word in f"{row.subject} {row.body}" for word in ("Rina", "Marlina", "pemeliharaan", "rina@")
        )
    return set(names)


@pytest.fixture
def officer(everyone: Any) -> User:
    """Works at PPID Utama, under the koordinator."""
    person = User.objects.create_user("petugas-ppid@uji.example", name="Petugas PPID")
    since = dt.date(2020, 1, 1)
    Membership.objects.create(user=person, organization=offices.main_office(), role=Role.OFFICER, since=since)
    return person


def test_a_request_reaches_ppid_utama_until_somebody_holds_it(
    hears: None, officer: User, koordinator: User, still: dt.datetime
) -> None:
    mine = a_request(now=still)
    assert inbox("information.arrived") == {officer.name, koordinator.name}
    row = Notice.objects.filter(event="information.arrived", channel="INAPP").first()
    assert row is not None and row.link == f"/meja/information/kasus/{mine.code}/"
    checking.take(request_id=mine.pk, by=officer, now=still)
    completing.ask_to_complete(request_id=mine.pk, missing="Tahun berapa?", by=officer, now=still)
    completing.complete(request_id=mine.pk, body="Tahun 2025.", holding=[mine.pk], by=None, now=still)
    assert inbox("information.completed_desk") == {officer.name}
    completing.ask_to_complete(request_id=mine.pk, missing="Dinas apa?", by=officer, now=still)
    completing.complete(request_id=mine.pk, body="Dinas PU.", holding=[mine.pk], by=None, now=still)
    assert Notice.objects.filter(event="information.completed_desk", channel="INAPP").count() == 2
    completing.write(request_id=mine.pk, body="Boleh bertahap?", holding=[mine.pk], by=None, now=still)
    assert inbox("information.wrote_desk") == {officer.name}
    ending.withdraw(request_id=mine.pk, holding=[mine.pk], by=None, now=still)
    assert inbox("information.withdrawn_desk") == {officer.name}


def test_a_large_office_is_not_told_as_a_whole(hears: None, everyone: Any, still: dt.datetime) -> None:
    office, since = offices.main_office(), dt.date(2020, 1, 1)
    for number in range(telling_desk.MOST_TOLD + 3):
        person = User.objects.create_user(f"p{number:02d}@uji.example", name=f"Aa Petugas {number:02d}")
        Membership.objects.create(user=person, organization=office, role=Role.OFFICER, since=since)
    a_request(now=still)
    told = inbox("information.arrived")
    assert len(told) == telling_desk.MOST_TOLD
    assert everyone["koordinator"].name in told  # who leads the work comes first


def test_an_objection_reaches_atasan_ppid_and_who_prepares_it(
    hears: None, officer: User, koordinator: User, sekda: User, still: dt.datetime
) -> None:
    filed = an_objection(now=still)
    assert inbox("objections.arrived") == {sekda.name, koordinator.name, officer.name}
    objecting.withdraw(objection_id=filed.pk, holding=[filed.pk], by=None, now=still)
    assert inbox("objections.withdrawn_desk") == {sekda.name}


def test_closed_on_a_word_says_who_did_it_and_ends_everything(
    own_folder: None, koordinator: User, still: dt.datetime
) -> None:
    mine = a_request(proofs=[sealing.new_proof("KTP", NIK)], now=still)
    unit = Organization.objects.get(slug="dpu")
    asked = Part(unit.pk, "Rekapitulasi anggaran jalan tahun 2025.")
    (task,) = tasks.split(request_id=mine.pk, parts=[asked], by=koordinator, now=still)
    ending.close_on_word(request_id=mine.pk, reason="Pemohon menelepon pagi ini.", by=koordinator, now=still)
    told = Notice.objects.get(event="information.closed_on_word", channel="EMAIL")
    assert "Petugas PPID menutup permohonan" in told.body and "Bila Anda tidak mencabutnya" in told.body
    assert not Notice.objects.filter(event="information.withdrawn").exists()
    task.refresh_from_db()
    assert task.status == "CANCELLED"
    assert mine.proofs.get().sealed_number is None
    assert not RequestClock.objects.filter(case=mine, stopped_at=None).exists()
    client = Client()
    client.post("/ppid/lacak/", {"code": mine.code, "contact": "rina@contoh.example"})
    page = client.get(f"/ppid/permohonan/{mine.code}/").content.decode()
    assert "Permohonan ini sudah dicabut" in page and "Anda mencabut" not in page
    assert "Permohonan dicabut atas permintaan pemohon." in page


def test_a_citizen_who_reads_english_leaves_the_units_their_language(
    koordinator: User, still: dt.datetime
) -> None:
    mine = a_request(language="en", now=still)
    asked = Part(Organization.objects.get(slug="dpu").pk, "Rekapitulasi anggaran jalan tahun 2025.")
    (task,) = tasks.split(request_id=mine.pk, parts=[asked], by=koordinator, now=still)
    with override("en"):
        ending.withdraw(request_id=mine.pk, holding=[mine.pk], by=None, now=still)
    task.refresh_from_db()
    assert task.end_reason == "Permohonannya sudah diputus atau diakhiri."


def test_set_by_hand_to_an_end_destroys_the_proofs_too(
    own_folder: None, koordinator: User, still: dt.datetime
) -> None:
    mine = a_request(proofs=[sealing.new_proof("KTP", NIK)], now=still)
    delivering.override(
        request_id=mine.pk,
        status="WITHDRAWN",
        reason="Dicabut lewat surat bermeterai.",
        by=koordinator,
        now=still,
    )
    assert mine.proofs.get().sealed_number is None
    assert Entry.objects.about(mine).filter(verb="information.identity_destroyed").count() == 1


def test_a_second_refused_proof_is_told_like_the_first(
    own_folder: None, koordinator: User, still: dt.datetime
) -> None:
    new = [sealing.new_proof("KTP", NIK), sealing.new_proof("DEED")]
    mine = a_request(proofs=new, language="en", now=still)
    first, second = mine.proofs.all()
    identity.judge(proof_id=first.pk, accept=False, reason="foto terlalu gelap", by=koordinator, now=still)
    later = still + dt.timedelta(minutes=5)
    identity.judge(proof_id=second.pk, accept=False, reason="halaman kurang", by=koordinator, now=later)
    mine.refresh_from_db()
    assert (mine.status, mine.messages.count()) == ("INCOMPLETE", 2)
    assert RequestClock.objects.filter(case=mine, step="complete").count() == 1
    assert Notice.objects.filter(event="information.incomplete", body__contains="halaman kurang").exists()


def test_ppid_writes_to_the_requester_who_may_answer(
    koordinator: User, as_user: Any, still: dt.datetime
) -> None:
    mine = a_request(now=still)
    desk = as_user(koordinator)
    address = f"/meja/information/kasus/{mine.code}/tulis/"
    short = desk.post(address, {"version": mine.version, "body": "Ya"})
    assert short.status_code == 422
    sent = {"version": mine.version, "body": "Ya, berkasnya kami kirim bertahap."}
    assert [desk.post(address, sent).status_code for _ in range(2)] == [302, 409]
    client = Client()
    client.post("/ppid/lacak/", {"code": mine.code, "contact": "rina@contoh.example"})
    page = client.get(f"/ppid/permohonan/{mine.code}/").content.decode()
    assert page.count("berkasnya kami kirim bertahap") == 1
    assert Notice.objects.filter(event="information.wrote").count() == 1
    ending.withdraw(request_id=mine.pk, holding=[mine.pk], by=None, now=still)
    assert "tulis/" not in desk.get(f"/meja/information/kasus/{mine.code}/").content.decode()


def test_no_reason_tells_a_unit_who_asks(koordinator: User, ibu_ratna: User, still: dt.datetime) -> None:
    mine = a_request(now=still)
    asked = Part(Organization.objects.get(slug="dpu").pk, "Rekapitulasi anggaran jalan tahun 2025.")
    (task,) = tasks.split(request_id=mine.pk, parts=[asked], by=koordinator, now=still)
    named = "Rina Marlina sudah tidak perlu."
    with pytest.raises(Refused) as no:
        tasks.cancel(task_id=task.pk, reason=named, by=koordinator, now=still)
    assert no.value.field == "reason"
    tasks.answer(task_id=task.pk, result="Datanya ada.", held=True, by=ibu_ratna, now=still)
    with pytest.raises(Refused):
        tasks.ask_again(task_id=task.pk, reason=named, by=koordinator, now=still)
    task.refresh_from_db()
    assert task.status == "DONE" and not task.notes.exists()
