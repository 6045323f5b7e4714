"""What stands about people, is given to them, and forgotten when its time is over."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.files import sealed
from pendopo.base.files.examine import IMAGES_AND_PDFS, examine
from pendopo.base.files.models import SealedFile
from pendopo.base.privacy import retention, seeds
from pendopo.base.privacy.testing import places_of
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erasure, Held, Subject
from pendopo.domains.information import receipts, sealing
from pendopo.domains.information.actions import drafts
from pendopo.domains.information.models import InformationRequest, RequestContact, RequestDraft
from pendopo.domains.information.testing import NIK, a_request, an_objection
from pendopo.domains.information.tests.asking import photo

RINA = Subject(emails=frozenset({"rina@contoh.example"}))
MARKS = ("Rina Marlina", "rina@contoh.example", "Jalan Melati 7", NIK)


@pytest.fixture
def ended(government: Any, own_folder: None, still: dt.datetime) -> InformationRequest:
    """A withdrawn request with a letter, and an open objection on another one."""
    request = a_request(proofs=[sealing.new_proof("KTP", NIK)], now=still)
    receipts.for_request(request.pk, now=still)
    return request


def _withdrawn(now: dt.datetime) -> InformationRequest:
    request = a_request(status="WITHDRAWN", now=now)
    receipts.for_request(request.pk, now=now)
    return request


def test_a_person_gets_everything(ended: InformationRequest, still: dt.datetime) -> None:
    an_objection(now=still + dt.timedelta(days=1))
    held = personal.holders.get("information").collect(RINA)  # type: ignore[union-attr]
    numbers = {row["nomor"] for row in held.rows}
    assert ended.registration in numbers
    assert held.files[0].read().startswith(b"%PDF")  # type: ignore[union-attr]
    [objection] = personal.holders.get("information.objections").collect(RINA).rows  # type: ignore[union-attr]
    assert objection["kontak"]["surel"] == "rina@contoh.example"
    nobody = Subject(emails=frozenset({"lain@contoh.example"}))
    assert list(personal.holders.get("information").collect(nobody).rows) == []  # type: ignore[union-attr]


def test_erasing_takes_ended_requests_and_spares_open_ones(
    government: Any, own_folder: None, still: dt.datetime
) -> None:
    over, running = _withdrawn(still), a_request(now=still)
    order = Erasure(RINA, words=True, held=Held(), now=still)
    holder = personal.holders.get("information")
    assert holder
    erased = holder.erase(order)
    assert (erased.done, erased.held) == (1, 1)
    assert holder.erase(order).done == 0
    over.refresh_from_db()
    assert over.registration == "0001/PPID/2026"
    assert RequestContact.objects.get(case=over).name == ""
    assert RequestContact.objects.get(case=running).name == "Rina Marlina"


def test_the_clock_forgets_by_rows_and_nothing_of_the_person_stays(
    government: Any, own_folder: None, still: dt.datetime
) -> None:
    seeds.load()
    file = sealed.seal(upload=examine(photo(), IMAGES_AND_PDFS), by=None, now=still, host=sealing.HOST)
    draft = RequestDraft.objects.create(created_at=still, updated_at=still, answers={"name": "Rina Marlina"})
    drafts.keep_number(draft=draft, kind="KTP", number=NIK)
    _withdrawn(still)
    objection = an_objection(now=still)
    for days, gone in ((6, False), (8, True)):
        retention.run(now=still + dt.timedelta(days=days))
        assert RequestDraft.objects.filter(answers__name="Rina Marlina").exists() is not gone
    retention.run(now=still + dt.timedelta(days=5 * 365 + 1))
    left = places_of(MARKS)
    # The open objection and its request keep their person; the withdrawn request has none left.
    kept = {place.partition(".")[0] for place in left}
    assert kept <= {"information_requestcontact", "information_objectioncontact", "notices_notice"}
    assert RequestContact.objects.exclude(name="").get().case_id == objection.request_id
    assert SealedFile.objects.filter(pk=file.pk).exists()


def test_proofs_that_nobody_judged_go_soon_after_the_case(
    government: Any, own_folder: None, koordinator: Any, still: dt.datetime
) -> None:
    seeds.load()
    request = a_request(proofs=[sealing.new_proof("KTP", NIK)], now=still)
    # Refused by the other half of the room: here only the end of the case matters.
    InformationRequest.objects.filter(pk=request.pk).update(
        status="REFUSED", decision="REFUSED", decided_at=still, closed_at=still
    )
    for days, left in ((13, 1), (15, 0)):
        retention.run(now=still + dt.timedelta(days=days))
        assert request.proofs.filter(destroyed_at=None).count() == left
    assert request.proofs.get().accepted is None
