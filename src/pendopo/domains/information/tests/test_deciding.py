"""The written notice: whole as the law wants it, decided once, by PPID alone."""

import datetime as dt
import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from pendopo.base.audit.models import Entry
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.actions import store
from pendopo.base.files.examine import Examined
from pendopo.base.files.models import File, FileKind
from pendopo.base.letters.models import Letter
from pendopo.base.notices.models import Notice
from pendopo.domains.information.actions import checking, completing, deciding, delivering, ending, handing
from pendopo.domains.information.actions.grounding import Blackened, Draft, Upload
from pendopo.domains.information.models import (
    ConsequenceTest,
    Decision,
    InformationRequest,
    RequestClock,
    RequestStatus,
    TestStatus,
)
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import a_fixed_test, full, not_held, partial, refused
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def letters_of(case: InformationRequest) -> list[str]:
    return list(
        Letter.objects.about("information.request", case.pk).order_by("pk").values_list("kind", flat=True)
    )


@pytest.fixture
def case(everyone: Any, now: dt.datetime) -> InformationRequest:
    return a_request(now=now)


class TestGranting:
    def test_it_writes_the_notice_stops_the_clock_and_opens_the_next(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        later = now + dt.timedelta(days=8)  # Tuesday 17 March: six working days
        row = deciding.decide(request_id=case.pk, draft=full(cost=Decimal(5000), payment="Tunai di kas daerah"),
                              by=koordinator, now=later)  # fmt: skip
        case.refresh_from_db()
        assert (case.status, case.decision, case.decided_in_time, case.answer_days) == (
            "GRANTED",
            "FULL",
            True,
            6,
        )
        assert (row.held, row.cost, row.in_time, row.sequence) == (True, 5000, True, 1)
        running = dict(
            RequestClock.objects.filter(case=case, stopped_at=None).values_list("step", "started_on")
        )
        assert running == {"deliver": dt.date(2026, 3, 17), "objection": dt.date(2026, 3, 17)}
        assert letters_of(case)[-1] == "information.full"
        line = Entry.objects.about(case).get(verb="information.decided")
        assert line.public and "Rina" not in str(line.facts)
        assert Notice.objects.filter(event="information.decided").exists()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"material": "  "}, "material"),
            ({"form": ""}, "form"),
            ({"send_way": "DOVE"}, "send_way"),
            ({"send_way": "ONLINE"}, "uploads"),
            ({"cost": Decimal(100)}, "payment"),
            ({"cost": Decimal("-1")}, "cost"),
            ({"items": [10**6]}, "items"),
            ({"task_files": [10**6]}, "task_files"),
        ],
    )
    def test_what_the_law_asks_and_the_draft_lacks_leaves_no_trace(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime, change: dict[str, Any], field: str
    ) -> None:
        entries, version = Entry.objects.count(), case.version
        with pytest.raises(Refused) as no:
            deciding.decide(request_id=case.pk, draft=full(**change), by=koordinator, now=now)
        assert no.value.field == field
        case.refresh_from_db()
        assert (case.status, case.version, Entry.objects.count()) == ("REGISTERED", version, entries)
        assert not Decision.objects.exists()


class TestWithholding:
    def test_a_refusal_needs_a_fixed_test_in_force(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        drafted = a_fixed_test(now=now, status=TestStatus.DRAFT)
        over = a_fixed_test(now=now, expires_on=dt.date(2026, 3, 8))
        for tests in ([], [drafted.pk], [over.pk], [10**9]):
            with pytest.raises(Refused) as no:
                deciding.decide(request_id=case.pk, draft=refused(over, tests=tests), by=koordinator, now=now)
            assert no.value.field == "tests"
        good = a_fixed_test(now=now)
        row = deciding.decide(request_id=case.pk, draft=refused(good), by=koordinator, now=now)
        ground = row.grounds.get()
        assert (ground.ground.letter, ground.law, ground.test, ground.expires_on) == (
            "h", "UU 14/2008 Pasal 17 huruf h", good, dt.date(2030, 12, 31),
        )  # fmt: skip
        case.refresh_from_db()
        assert (case.status, case.closed_at is not None) == ("REFUSED", True)
        assert letters_of(case)[-1] == "information.refused"
        words = str(Letter.objects.get(kind="information.refused").context)
        assert "Rina Marlina" in words and "Jalan Melati 7" in words and "huruf h" in words

    def test_a_partial_answer_lists_what_was_blackened_under_a_letter_of_its_tests(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        test = a_fixed_test(now=now)
        for bad in ([], [Blackened("Daftar", "a", "Rahasia")], [Blackened("Daftar", "h", "  ")]):
            with pytest.raises(Refused) as no:
                deciding.decide(
                    request_id=case.pk, draft=partial(test, blackened=bad), by=koordinator, now=now
                )
            assert no.value.field == "blackened"
        row = deciding.decide(request_id=case.pk, draft=partial(test), by=koordinator, now=now)
        part = row.redacted_parts.get()
        assert (part.page, part.letter) == (2, "h")
        assert letters_of(case)[-1] == "information.partial"

    def test_a_permanent_ground_has_no_end(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        test = a_fixed_test(now=now, expires_on=None)
        row = deciding.decide(request_id=case.pk, draft=refused(test), by=koordinator, now=now)
        assert row.grounds.get().expires_on is None


class TestNotHeld:
    def test_it_is_sent_on_with_a_letter_to_the_other_body(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused) as no:
            deciding.decide(request_id=case.pk, draft=not_held(forward=True), by=koordinator, now=now)
        assert no.value.field == "other_body"
        draft = not_held(forward=True, other_body="Dinas Jalan Provinsi Contoh")
        row = deciding.decide(request_id=case.pk, draft=draft, by=koordinator, now=now)
        assert (row.held, row.other_body_told) == (False, True)
        assert letters_of(case)[-2:] == ["information.not_held", "information.forward"]
        sent = Letter.objects.get(kind="information.forward")
        assert sent.addressee == "Dinas Jalan Provinsi Contoh"
        assert Entry.objects.about(case).filter(verb="information.forwarded", public=True).exists()


class TestWhoAndWhen:
    def test_only_ppid_decides(self, case: InformationRequest, everyone: Any, now: dt.datetime) -> None:
        for name, person in everyone.items():
            if name == "koordinator":
                continue
            with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
                deciding.decide(request_id=case.pk, draft=full(), by=person, now=now)
        assert not Decision.objects.exists()

    def test_the_second_of_two_gets_a_sentence(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        deciding.decide(request_id=case.pk, draft=full(), by=koordinator, now=now)
        with pytest.raises(Refused, match="sudah diputus"):
            deciding.decide(request_id=case.pk, draft=not_held(), by=koordinator, now=now)
        assert Decision.objects.count() == 1

    def test_a_request_that_waits_for_its_requester_is_not_decided(
        self, everyone: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        waiting = a_request(status=RequestStatus.INCOMPLETE, now=now)
        with pytest.raises(Refused, match="dilengkapi"):
            deciding.decide(request_id=waiting.pk, draft=full(), by=koordinator, now=now)

    def test_a_late_notice_says_so(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        late = now + dt.timedelta(days=40)
        row = deciding.decide(request_id=case.pk, draft=full(), by=koordinator, now=late)
        case.refresh_from_db()
        assert (row.in_time, case.decided_in_time) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_write_one_notice(everyone: Any, koordinator: Any, now: dt.datetime) -> None:
    case = a_request(now=now)
    said: list[str] = []

    def decide(draft: Draft) -> None:
        try:
            deciding.decide(request_id=case.pk, draft=draft, by=koordinator, now=now)
            said.append("done")
        except Refused as no:
            said.append(str(no))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[draft]) for draft in (full(), not_held())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Decision.objects.count() == 1
    assert sorted(words == "done" for words in said) == [False, True]


class TestHandingOver:
    def test_a_pick_up_needs_a_note_and_ends_the_request(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        deciding.decide(request_id=case.pk, draft=full(), by=koordinator, now=now)
        with pytest.raises(Refused):
            delivering.deliver(request_id=case.pk, note="", by=koordinator, now=now)
        delivering.deliver(request_id=case.pk, note="Diambil pemohon.", by=koordinator, now=now)
        case.refresh_from_db()
        assert (case.status, case.delivered_at) == ("DELIVERED", now)
        clock = RequestClock.objects.get(case=case, step="deliver")
        assert (clock.in_time, clock.stopped_at) == (True, now)
        assert letters_of(case)[-1] == "information.handover"

    def test_no_file_goes_out_that_was_not_looked_through(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        def stored(words: bytes) -> File:
            upload = SimpleUploadedFile("data.csv", words, content_type="text/csv")
            return store(upload=upload, by=koordinator, now=now, allowed=frozenset({FileKind.CSV}))

        def draft(*files: File) -> Draft:
            uploads = [Upload(file, "Anggaran 2025") for file in files]
            return full(send_way="ONLINE", form="SOFT", uploads=uploads)

        file, other = stored(b"tahun,anggaran\n2025,100\n"), stored(b"tahun,anggaran\n2025,200\n")
        looked = handing.looked_through(draft(file), case)
        for unchecked in (draft(file), replace(looked, uploads=[Upload(other, "Anggaran 2025")])):
            with pytest.raises(Refused, match="belum diperiksa") as no:
                deciding.decide(request_id=case.pk, draft=unchecked, by=koordinator, now=now)
            assert no.value.field == "uploads"
        assert not Decision.objects.exists()
        row = deciding.decide(request_id=case.pk, draft=looked, by=koordinator, now=now)
        given = row.files.get()
        assert (given.title, given.file, given.verdict["ok"]) == ("Anggaran 2025", file, True)

    def test_a_file_with_something_hidden_is_refused_by_name(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        whole = Examined(
            FileKind.XLSX, "rekap.xlsx", "application/vnd.ms-excel", b"PK\x03\x04 bukan berkas utuh"
        )
        file = store(upload=whole, by=koordinator, now=now, allowed=frozenset({FileKind.XLSX}))
        with pytest.raises(Refused, match=r"rekap\.xlsx.*belum boleh diserahkan") as no:
            handing.looked_through(full(uploads=[Upload(file, "Rekap")]), case)
        assert no.value.field == "uploads"

    def test_withdrawn_on_the_requesters_word(
        self, case: InformationRequest, koordinator: Any, sari: Any, now: dt.datetime
    ) -> None:
        with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
            ending.close_on_word(request_id=case.pk, reason="Pemohon menelepon.", by=sari, now=now)
        ending.close_on_word(request_id=case.pk, reason="Pemohon menelepon.", by=koordinator, now=now)
        case.refresh_from_db()
        assert (
            case.status == "WITHDRAWN"
            and not RequestClock.objects.filter(case=case, stopped_at=None).exists()
        )

    def test_override_is_remembered_and_never_skips_the_notice(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused):
            delivering.override(
                request_id=case.pk, status="REFUSED", reason="Salah tekan tombol.", by=koordinator, now=now
            )
        delivering.override(
            request_id=case.pk, status="LAPSED", reason="Salah tekan tombol.", by=koordinator, now=now
        )
        delivering.override(
            request_id=case.pk, status="REGISTERED", reason="Dikembalikan lagi.", by=koordinator, now=now
        )
        before = case.clocks.get(step="answer").started_on  # type: ignore[attr-defined]
        case.refresh_from_db()
        assert case.status == "REGISTERED" and case.due_step == "answer"
        assert before == clock.local_date(case.received_at)  # the law's days did not begin anew
        assert Entry.objects.about(case).filter(verb="information.overridden").count() == 2
        assert case.messages.filter(kind=MessageKind.NOTE).count() == 2  # type: ignore[attr-defined]

    def test_set_by_hand_to_wait_the_time_goes_on_when_it_is_completed(
        self, case: InformationRequest, koordinator: Any, now: dt.datetime
    ) -> None:
        delivering.override(
            request_id=case.pk, status="INCOMPLETE", reason="Surat kuasa menyusul.", by=koordinator, now=now
        )
        case.refresh_from_db()
        assert case.due_step == "complete"
        completing.complete(
            request_id=case.pk, body="Ini surat kuasanya.", holding=[case.pk], by=None, now=now
        )
        case.refresh_from_db()
        running = case.clocks.get(stopped_at=None)  # type: ignore[attr-defined]
        assert (running.step, running.paused, case.due_step) == ("answer", False, "answer")
        assert running.started_on == clock.local_date(case.received_at)


def test_every_status_of_the_desk_is_reached(everyone: Any, now: dt.datetime) -> None:
    for status in RequestStatus:
        if status in {"LAPSED", "WITHDRAWN", "INCOMPLETE"}:
            continue
        assert a_request(status=status, now=now).status == status
    assert ConsequenceTest.objects.count() == 1
    checked = a_request(status="IN_PROGRESS", now=now)
    with pytest.raises(NotAllowed):
        checking.begin(request_id=checked.pk, by=everyone["koordinator"], now=now)
