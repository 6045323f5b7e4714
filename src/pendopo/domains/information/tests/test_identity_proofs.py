"""Who may open a proof of identity, what a look leaves behind, and what is left after the verdict."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.files import sealed
from pendopo.base.files.examine import IMAGES_AND_PDFS, examine
from pendopo.base.files.models import SealedFile
from pendopo.base.files.seal_keys import KeyUnknown
from pendopo.domains.information import sealing
from pendopo.domains.information.actions import completing, identity
from pendopo.domains.information.models import InformationRequest
from pendopo.domains.information.testing import NIK, a_request
from pendopo.domains.information.tests.asking import photo
from pendopo.kernel.errors import NotAllowed, Refused

WHY = "memeriksa identitas pemohon"


@pytest.fixture
def asked(government: Any, own_folder: None, still: Any) -> InformationRequest:
    """A request with a sealed photo and number."""
    file = sealed.seal(upload=examine(photo(), IMAGES_AND_PDFS), by=None, now=still, host=sealing.HOST)
    return a_request(proofs=[sealing.new_proof("KTP", NIK, file.pk)], now=still)


def test_only_ppid_utama_reaches_it_and_every_look_says_why(
    asked: InformationRequest, everyone: dict[str, Any], as_user: Any
) -> None:
    proof = asked.proofs.get()
    address = f"/meja/ppid/identitas/{proof.pk}/"
    for name, person in everyone.items():
        client = as_user(person)
        for answer in (
            client.get(address),
            client.post(address, {"purpose": WHY}),
            client.post(f"{address}putusan/"),
        ):
            if name == "koordinator":
                assert answer.status_code in (200, 422)
            else:
                assert answer.status_code in (302, 404), name
                assert NIK not in answer.content.decode()
    assert Entry.objects.filter(verb="information.identity_viewed").count() == 1
    client = as_user(everyone["koordinator"])
    assert NIK not in client.get(address).content.decode()  # nothing before the purpose is written down
    assert client.post(address, {"purpose": ""}).status_code == 422
    shown = client.post(address, {"purpose": WHY})
    assert NIK in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    link = shown.context["url"]
    assert client.get(link).content.startswith(b"\xff\xd8")
    looks = Entry.objects.filter(verb="information.identity_viewed")
    assert {look.facts["purpose"] for look in looks} == {WHY}
    assert looks.count() == 3  # two pages, one file
    for person in ("pengamat", "sari", "administrator", "anon", "warga"):
        assert as_user(everyone[person]).get(link).status_code == 404
    assert looks.count() == 3


def test_accepting_leaves_only_the_verdict(asked: InformationRequest, koordinator: Any, now: Any) -> None:
    proof = asked.proofs.get()
    key = SealedFile.objects.get(pk=proof.sealed_file).key
    _proof, _digits, link = identity.look(proof_id=proof.pk, purpose=WHY, by=koordinator, now=now)
    identity.judge(proof_id=proof.pk, accept=True, reason="", by=koordinator, now=now)
    proof.refresh_from_db()
    row = SealedFile.objects.get(host=sealing.HOST)
    assert (proof.accepted, proof.sealed_number, proof.sealed_file) == (True, None, None)
    assert proof.number_hash == sealing.hash_of(NIK)
    assert (bytes(row.wrapped_key), row.destroyed_at) == (b"", now)
    sealed.remove_object(row.pk)
    assert not default_storage.exists(key)
    assert Client().get(link).status_code == 404
    with pytest.raises(Refused):
        identity.look(proof_id=proof.pk, purpose=WHY, by=koordinator, now=now)
    with pytest.raises(Refused):
        identity.judge(proof_id=proof.pk, accept=False, reason="kabur fotonya", by=koordinator, now=now)


def test_refusing_asks_for_another_and_stops_the_clock(
    asked: InformationRequest, koordinator: Any, sari: Any, now: Any
) -> None:
    proof = asked.proofs.get()
    with pytest.raises(NotAllowed):
        identity.judge(proof_id=proof.pk, accept=True, reason="", by=sari, now=now)
    with pytest.raises(Refused):
        identity.judge(proof_id=proof.pk, accept=False, reason="", by=koordinator, now=now)
    proof.refresh_from_db()
    assert proof.judged_at is None
    identity.judge(proof_id=proof.pk, accept=False, reason="foto terlalu gelap", by=koordinator, now=now)
    asked.refresh_from_db()
    assert (asked.status, asked.paused, asked.due_step) == ("INCOMPLETE", True, "complete")
    assert "foto terlalu gelap" in asked.messages.get().body
    assert NIK not in asked.messages.get().body
    completing.complete(
        request_id=asked.pk,
        body="",
        file=examine(photo(), IMAGES_AND_PDFS),
        holding=[asked.pk],
        by=None,
        now=now,
    )
    asked.refresh_from_db()
    assert (asked.status, asked.paused, asked.due_step) == ("REGISTERED", False, "answer")
    assert asked.proofs.filter(destroyed_at=None).count() == 1


def test_the_same_number_is_recognised_without_being_told(
    asked: InformationRequest, koordinator: Any, as_user: Any, still: Any
) -> None:
    other = a_request(proofs=[sealing.new_proof("KTP", NIK)], name="Orang Lain", now=still)
    page = as_user(koordinator).get(f"/meja/ppid/identitas/{other.proofs.get().pk}/").content.decode()
    assert "1 permohonan lain" in page
    assert NIK not in page


def test_numbers_cannot_be_swapped_between_rows(asked: InformationRequest, still: Any) -> None:
    mine, other = asked.proofs.get(), sealing.new_proof("KTP", "9971010101900002")
    mine.sealed_number = other.sealed_number
    with pytest.raises(KeyUnknown):
        sealing.number_of(mine)
