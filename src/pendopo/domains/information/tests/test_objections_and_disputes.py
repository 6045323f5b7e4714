"""Atasan PPID answers; silence opens the way; a dispute goes to its end."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.audit.models import Entry
from pendopo.base.cases.models import MessageKind
from pendopo.base.letters.models import Letter
from pendopo.base.notices.models import Notice
from pendopo.domains.information.actions import disputes, objections
from pendopo.domains.information.actions.disputes import Papers
from pendopo.domains.information.models import (
    Dispute,
    DisputeClock,
    InformationRequest,
    Objection,
    ObjectionClock,
)
from pendopo.domains.information.testing import a_request
from pendopo.domains.information.testing_desk import a_fixed_test, full, objection_on, partial
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition

pytestmark = pytest.mark.django_db
BODY = "Setelah kami periksa, informasi itu memang dikecualikan."


@pytest.fixture
def refused_one(everyone: Any, now: dt.datetime) -> InformationRequest:
    return a_request(status="REFUSED", now=now)


@pytest.fixture
def objection(refused_one: InformationRequest, now: dt.datetime) -> Objection:
    return objection_on(refused_one, "a", now=now)


def answer(
    objection: Objection, by: Any, now: dt.datetime, outcome: str = "UPHELD", **more: Any
) -> Objection:
    values = {"body": BODY, "post": "Sekretaris Daerah", **more}
    return objections.answer(objection_id=objection.pk, outcome=outcome, by=by, now=now, **values)


class TestAnswering:
    def test_upheld_needs_reasons_and_opens_the_way_to_the_commission(
        self, objection: Objection, sekda: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused) as no:
            answer(objection, sekda, now, body="Tidak.")
        assert no.value.field == "body"
        answer(objection, sekda, now)
        objection.refresh_from_db()
        assert (objection.status, objection.outcome, objection.answered_in_time) == (
            "ANSWERED",
            "UPHELD",
            True,
        )
        assert (objection.answered_by_name, objection.answered_by_post) == (
            "Hadi Sutrisno",
            "Sekretaris Daerah",
        )
        right = ObjectionClock.objects.get(case=objection, stopped_at=None)
        assert (right.step, right.started_on, right.amount) == ("dispute", now.date(), 14)
        letter = Letter.objects.get(kind="information.objection_answer")
        assert letter.context["tanggapan"] == BODY and letter.office == objection.office
        assert objection.messages.get(kind=MessageKind.ANSWER).body == BODY  # type: ignore[attr-defined]
        assert Notice.objects.filter(event="objections.answered").exists()

    def test_changed_writes_a_new_notice_by_the_same_rules(
        self, objection: Objection, refused_one: InformationRequest, sekda: Any, now: dt.datetime
    ) -> None:
        for draft in (None, full(material="")):
            with pytest.raises(Refused):
                answer(objection, sekda, now, "CHANGED", draft=draft)
        objection.refresh_from_db()
        assert objection.status == "REGISTERED"
        answer(objection, sekda, now, "CHANGED", draft=partial(a_fixed_test(now=now)))
        refused_one.refresh_from_db()
        newest = refused_one.decisions.first()  # type: ignore[attr-defined]
        assert (refused_one.status, refused_one.decision) == ("GRANTED", "PARTIAL")
        assert (newest.sequence, newest.objection, newest.in_time) == (2, objection, None)
        assert (
            refused_one.decided_in_time is True
        )  # the first notice was in time, the second changes nothing of it

    def test_a_refusal_is_not_settled_but_silence_is(
        self, objection: Objection, everyone: Any, sekda: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused, match="Pasal 35"):
            answer(objection, sekda, now, "SETTLED")
        late = now + dt.timedelta(days=30)
        silent = objection_on(a_request(now=now), "c", now=late)
        answer(silent, sekda, late, "SETTLED")
        assert Objection.objects.get(pk=silent.pk).outcome == "SETTLED"

    def test_ppid_prepares_and_only_atasan_answers(
        self, objection: Objection, everyone: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        objections.review(objection_id=objection.pk, body="Berkas lengkap.", by=koordinator, now=now)
        objections.ask_explanation(
            objection_id=objection.pk, body="Mengapa seluruhnya ditutup?", by=koordinator, now=now
        )
        assert Notice.objects.filter(event="objections.explain", recipient=koordinator).exists()
        for name in everyone:
            if name == "sekda":
                continue
            with pytest.raises((NotAllowed, Objection.DoesNotExist)):
                answer(objection, everyone[name], now)
        objection.refresh_from_db()
        assert (objection.status, objection.answer) == ("REVIEWED", "")

    def test_the_answer_of_the_person_is_kept_for_the_register(
        self, objection: Objection, sekda: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        answer(objection, sekda, now)
        objections.write_response(objection_id=objection.pk, response="Menerima.", by=koordinator, now=now)
        assert Objection.objects.get(pk=objection.pk).requester_response == "Menerima."

    def test_silence_past_the_limit_opens_the_way_once(
        self, objection: Objection, sekda: Any, now: dt.datetime
    ) -> None:
        reply = ObjectionClock.objects.get(case=objection)
        early = now + dt.timedelta(days=1)
        assert not objections.note_silence(objection_id=objection.pk, today=early.date(), now=early)
        after = now + dt.timedelta(days=90)
        assert objections.note_silence(objection_id=objection.pk, today=after.date(), now=after)
        assert not objections.note_silence(objection_id=objection.pk, today=after.date(), now=after)
        right = ObjectionClock.objects.get(case=objection, step="dispute")
        assert right.started_on == reply.due_on
        assert Entry.objects.about(objection).get(verb="objections.silent").public
        answer(objection, sekda, after)
        objection.refresh_from_db()
        assert (objection.status, objection.answered_in_time) == ("ANSWERED", False)


class TestDisputes:
    def test_outside_its_time_only_despite_the_warning(
        self, objection: Objection, sekda: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        with pytest.raises(Refused, match="belum terbuka") as no:
            disputes.register(objection_id=objection.pk, filed_on=now.date(), by=koordinator, now=now)
        assert no.value.field == "despite"
        answer(objection, sekda, now)
        far = now + dt.timedelta(days=60)
        with pytest.raises(Refused, match="14 hari kerja"):
            disputes.register(objection_id=objection.pk, filed_on=far.date(), by=koordinator, now=far)
        row = disputes.register(
            objection_id=objection.pk, filed_on=far.date(), despite=True, by=koordinator, now=far
        )
        assert "14 hari kerja" in row.messages.get().body  # type: ignore[attr-defined]
        with pytest.raises(Refused, match="sudah dicatat"):
            disputes.register(
                objection_id=objection.pk, filed_on=far.date(), despite=True, by=koordinator, now=far
            )

    def test_the_whole_chain_to_a_ruling_that_opens(
        self,
        objection: Objection,
        refused_one: InformationRequest,
        sekda: Any,
        koordinator: Any,
        now: dt.datetime,
    ) -> None:
        answer(objection, sekda, now)
        row = disputes.register(
            objection_id=objection.pk, filed_on=now.date(), ki_number="01/KI/2026", by=koordinator, now=now
        )
        assert clocks_of(row) == {"begin"}

        def go(to: str, **papers: Any) -> None:
            disputes.advance(dispute_id=row.pk, to=to, papers=Papers(**papers), by=koordinator, now=now)

        with pytest.raises(RefusedTransition):
            go("ADJUDICATION")
        go("PRELIMINARY")
        assert clocks_of(row) == {"finish"}
        with pytest.raises(Refused, match="tidak dimediasi"):
            go("MEDIATION")
        go("ADJUDICATION")
        for papers in ({}, {"ruling": "Mengabulkan."}, {"ruling": "Mengabulkan.", "result": "REQUESTER"}):
            with pytest.raises(Refused):
                go("RULED", **papers)
        go(
            "RULED",
            ruling="Mengabulkan permohonan.",
            result="REQUESTER",
            ruled_on=now.date(),
            orders="Buka anggaran.",
        )
        assert clocks_of(row) == {"court"}
        go("COURT", court_number="5/G/KI/2026")
        disputes.court_ruled(
            dispute_id=row.pk, papers=Papers(words="Menguatkan putusan."), by=koordinator, now=now
        )
        assert clocks_of(row) == {"cassation"}
        go("FINAL")
        assert clocks_of(row) == {"execute"}
        with pytest.raises(Refused, match="memerintahkan"):
            disputes.execute(dispute_id=row.pk, executed_note="Sudah selesai semua.", by=koordinator, now=now)
        disputes.execute(
            dispute_id=row.pk, executed_note="Berkas diserahkan.", draft=full(), by=koordinator, now=now
        )
        row.refresh_from_db()
        refused_one.refresh_from_db()
        assert (row.status, row.closed_at, clocks_of(row)) == ("EXECUTED", now, set())
        assert (refused_one.status, refused_one.decision) == ("GRANTED", "FULL")

    def test_mediation_of_other_grounds_ends_in_an_agreement(
        self, everyone: Any, sekda: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        late = now + dt.timedelta(days=30)
        silent = objection_on(a_request(now=now), "c", now=late)
        answer(silent, sekda, late)
        row = disputes.register(objection_id=silent.pk, filed_on=late.date(), by=koordinator, now=late)
        assert clocks_of(row) == {"register"}
        for to in ("PRELIMINARY", "MEDIATION"):
            disputes.advance(dispute_id=row.pk, to=to, papers=Papers(), by=koordinator, now=late)
        papers = Papers(ruling="Badan memberi salinan dalam 7 hari.", ruled_on=late.date())
        disputes.advance(dispute_id=row.pk, to="SETTLED", papers=papers, by=koordinator, now=late)
        disputes.execute(
            dispute_id=row.pk, executed_note="Salinan diserahkan.", draft=full(), by=koordinator, now=late
        )
        assert Dispute.objects.get(pk=row.pk).status == "EXECUTED"

    def test_units_and_citizens_find_no_dispute(
        self, objection: Objection, everyone: Any, sekda: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        answer(objection, sekda, now)
        row = disputes.register(objection_id=objection.pk, filed_on=now.date(), by=koordinator, now=now)
        seen = {
            name for name, person in everyone.items() if Dispute.objects.desk_of(person).filter(pk=row.pk)
        }
        assert seen == {"koordinator", "pengamat", "administrator", "sekda"}
        papers = Papers(words="Catatan.")
        for name in everyone.keys() - {"koordinator", "sekda"}:
            with pytest.raises((NotAllowed, Dispute.DoesNotExist)):
                disputes.keep(dispute_id=row.pk, papers=papers, by=everyone[name], now=now)


def clocks_of(row: Dispute) -> set[str]:
    return set(DisputeClock.objects.filter(case=row, stopped_at=None).values_list("step", flat=True))


def test_no_dispute_is_filed_in_the_future(objection: Objection, koordinator: Any, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="masa depan"):
        disputes.register(
            objection_id=objection.pk, filed_on=now.date() + dt.timedelta(days=1), by=koordinator, now=now
        )
