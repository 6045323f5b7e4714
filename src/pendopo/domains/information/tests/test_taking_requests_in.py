"""A request arrives: number without gaps, one for each form, day 0 as it was, the person told."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from pendopo.base.audit.models import Entry
from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.cases import clocks
from pendopo.base.notices.models import Notice
from pendopo.base.organizations import testing as organizations
from pendopo.domains.information import sealing
from pendopo.domains.information.actions import intake
from pendopo.domains.information.models import InformationRequest, ProofKind, RequestDraft
from pendopo.domains.information.testing import NIK, a_request, prepare
from pendopo.kernel.errors import NotAllowed, Refused

NEW = intake.NewRequest(
    details="Anggaran pemeliharaan jalan 2025", purpose="Penelitian", name="Rina Marlina",
    address="Jalan Melati 7", email="rina@contoh.example",
)  # fmt: skip


@pytest.fixture
def ready(government: Any) -> Any:
    fill_calendar()
    prepare()
    return government


def _draft(now: dt.datetime) -> RequestDraft:
    return RequestDraft.objects.create(created_at=now, updated_at=now, answers={"name": "Rina Marlina"})


def test_a_request_has_number_clock_contact_history_and_notice(ready: Any, now: dt.datetime) -> None:
    draft = _draft(now)
    request = intake.receive(draft=draft, new=NEW, by=None, now=now)
    assert (request.registration, request.number, request.year) == ("0001/PPID/2026", 1, 2026)
    assert request.office == ready.intake
    assert request.body.parent_id is None
    [clock] = clocks.running_clocks(request)
    # Monday 9 March 2026: the joint leave around Idulfitri moves ten working days to 30 March.
    assert (clock.step, clock.started_on, clock.due_on) == (
        "answer",
        dt.date(2026, 3, 9),
        dt.date(2026, 3, 30),
    )
    assert clock.alarm_on <= clock.due_on
    assert request.contact.name == "Rina Marlina"
    entry = Entry.objects.get(verb="information.received")
    assert entry.public
    assert "Rina" not in str(entry.facts)
    notice = Notice.objects.get(event="information.received")
    assert "0001/PPID/2026" in notice.body
    assert "jalan" not in notice.body.lower()  # what was asked never travels
    draft.refresh_from_db()
    assert (draft.request, draft.answers) == (request, {})


def test_the_same_draft_makes_one_request(ready: Any, now: dt.datetime) -> None:
    draft = _draft(now)
    first = intake.receive(draft=draft, new=NEW, by=None, now=now)
    again = intake.receive(draft=draft, new=NEW, by=None, now=now)
    assert first == again
    assert (
        InformationRequest.objects.count() == Notice.objects.filter(event="information.received").count() == 1
    )


def test_years_and_rollbacks_leave_no_gap(ready: Any, now: dt.datetime) -> None:
    december = now.replace(year=2025, month=12, day=31, hour=23)
    numbers = [a_request(now=moment).registration for moment in (december, now, now)]
    assert numbers == ["0001/PPID/2025", "0001/PPID/2026", "0002/PPID/2026"]
    with transaction.atomic():
        a_request(now=now)
        transaction.set_rollback(True)
    assert a_request(now=now).registration == "0003/PPID/2026"


def test_staff_write_down_what_came_by_letter(
    ready: Any, koordinator: Any, sari: Any, now: dt.datetime
) -> None:
    key, came = uuid.uuid4(), now - dt.timedelta(days=3)
    letter = {"new": NEW, "received_at": came, "key": key, "now": now}
    with pytest.raises(NotAllowed):
        intake.enter(by=sari, **letter)
    assert not InformationRequest.objects.exists()
    request = intake.enter(by=koordinator, **letter)
    assert intake.enter(by=koordinator, **letter) == request  # the button was pressed twice
    assert request.received_at == came
    assert request.clocks.get().started_on == dt.date(2026, 3, 6)
    for wrong in (now + dt.timedelta(hours=1), now - dt.timedelta(days=400)):
        with pytest.raises(Refused) as no:
            intake.enter(new=NEW, by=koordinator, received_at=wrong, now=now)
        assert no.value.field == "received_at"
    assert InformationRequest.objects.count() == 1


def test_what_was_shown_at_the_counter_is_not_kept(ready: Any, koordinator: Any, now: dt.datetime) -> None:
    new = intake.NewRequest(**{**vars(NEW), "proofs": (sealing.new_proof(ProofKind.KTP, NIK),)})
    request = intake.enter(new=new, by=koordinator, received_at=now, shown=True, now=now)
    proof = request.proofs.get()
    assert (proof.accepted, proof.sealed_number, proof.sealed_file) == (True, None, None)
    assert proof.number_hash == sealing.hash_of(NIK)
    assert NIK not in proof.number_hash


@pytest.fixture
def fifty(transactional_db: None) -> Iterator[None]:
    organizations.build_government()
    prepare()
    yield
    connection.close()


def test_fifty_posts_at_once_leave_no_gap_and_no_double(fifty: None, now: dt.datetime) -> None:
    """Ten people press the button twice, thirty once: forty requests."""
    posts = [_draft(now) for _ in range(10)] * 2 + [_draft(now) for _ in range(30)]
    barrier, failed = threading.Barrier(len(posts)), []

    def send(draft: RequestDraft) -> None:
        try:
            barrier.wait()
            intake.receive(draft=draft, new=NEW, by=None, now=now)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(draft,)) for draft in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(InformationRequest.objects.values_list("number", flat=True)) == list(range(1, 41))
