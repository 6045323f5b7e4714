"""Objections and disputes of the demo city: what followed a decision."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pendopo.base.audit.actions import draft
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractCase, AbstractClock, MessageKind
from pendopo.base.organizations import tree
from pendopo.domains.information import numbering
from pendopo.domains.information.demo_notices import write_decision
from pendopo.domains.information.demo_replay import Replay, ended
from pendopo.domains.information.demo_states import step as to_state
from pendopo.domains.information.models import (
    DecisionKind,
    Dispute,
    DisputeMessage,
    DisputeStatus,
    Objection,
    ObjectionContact,
    ObjectionGround,
    ObjectionMessage,
    ObjectionStatus,
    Outcome,
    RequestStatus,
)
from pendopo.kernel import clock
from pendopo.kernel.ids import ALPHABET

_POSITION = {
    ObjectionGround.REFUSED: "Informasi ini menyangkut uang rakyat, jadi seharusnya terbuka walau sebagian.",
    ObjectionGround.NOT_AS_ASKED: "Yang saya terima bukan dokumen yang saya minta.",
    ObjectionGround.TOO_LATE: "Jawaban datang setelah batas waktu lewat, padahal saya sangat memerlukannya.",
}
_ANSWER = {
    Outcome.UPHELD: "Putusan PPID sudah sesuai dengan uji konsekuensi. Data ringkasan tetap dapat diberikan.",
    Outcome.CHANGED: "Keberatan diterima. Dokumen diberikan setelah data pribadi dihitamkan.",
    Outcome.SETTLED: "Kedua pihak sepakat: PPID menyerahkan dokumen pengganti dan menjelaskan keterlambatannya.",
}
# The stages a dispute passed before it stands where it stands.
_WAY = {
    "PRELIMINARY": ("PRELIMINARY",),
    "MEDIATION": ("PRELIMINARY", "MEDIATION"),
    "SETTLED": ("PRELIMINARY", "MEDIATION", "SETTLED"),
    "ADJUDICATION": ("PRELIMINARY", "ADJUDICATION"),
    "RULED": ("PRELIMINARY", "ADJUDICATION", "RULED"),
    "EXECUTED": ("PRELIMINARY", "ADJUDICATION", "RULED", "FINAL", "EXECUTED"),
}
_CLOCK_OF = {"PRELIMINARY": "finish", "SETTLED": "execute", "RULED": "court", "FINAL": "execute"}


class Objecting:
    """The objection of one told request."""

    def __init__(self, told: Replay) -> None:
        self.told, self.scene, self.rng = told, told.scene, told.rng
        self.plan: Any = told.ask.objection
        self.running: dict[str, AbstractClock] = {}

    def tell(self) -> None:
        told = self.told
        told.at = min(told.at + dt.timedelta(days=self.rng.randrange(6, 26)), told.now - dt.timedelta(days=2))
        self.objection = self._file()
        outcome = self.plan.outcome
        if outcome == "WITHDRAWN":
            self._move(ObjectionStatus.WITHDRAWN, "withdrawn", public=True, label="Pemohon")
            self._stop("reply")
        elif outcome == "REVIEWED":
            self._review()
        elif outcome:
            self._review()
            self._answer(Outcome(outcome))
        self._refresh(self.objection, self.running)
        if self.plan.dispute:
            Disputing(self, self.plan.dispute).tell()

    def _file(self) -> Objection:
        told, scene = self.told, self.scene
        day = clock.local_date(told.at)
        pattern = numbering.pattern_of(numbering.OBJECTIONS, on=day)
        taken = numbering.take(numbering.OBJECTIONS, scene.body, on=day, pattern=pattern)
        request = told.request
        objection = Objection(
            pk=tree.reserve_ids(Objection, 1)[0], code=_code("KEB", self.rng), slug=_slug(self.rng),
            status=ObjectionStatus.REGISTERED, office=scene.atasan, body=scene.body, year=taken.year,
            number=taken.number, registration=taken.written, channel=request.channel, received_at=told.at,
            updated_at=told.at, request=request, ground=self.plan.ground,
            found_on=clock.local_date(request.decided_at or told.at),
            position=_POSITION[ObjectionGround(self.plan.ground)], purpose=request.purpose,
        )  # fmt: skip
        told.rows.add(objection)
        ask = told.ask
        told.rows.add(
            ObjectionContact(
                case=objection, name=ask.name, email=ask.email, phone=ask.phone, address=ask.address,
                occupation=ask.occupation,
            )
        )  # fmt: skip
        self.running["reply"] = told.rows.add(clocks.new_clock(objection, "reply", started_at=told.at))
        facts = {"registration": taken.written, "ground": ObjectionGround(self.plan.ground).label}
        self._remember(objection, "objections.received", facts=facts, public=True, label="Pemohon")
        return objection

    def _review(self) -> None:
        self.told.later(self.rng.uniform(20, 90))
        self.objection.handler = self.scene.sekda
        self._move(ObjectionStatus.REVIEWED, "reviewed", public=True, by=self.scene.sekda)

    def _answer(self, outcome: Outcome) -> None:
        told, objection = self.told, self.objection
        told.at = min(told.at + dt.timedelta(days=self.rng.randrange(5, 30)), told.now - dt.timedelta(days=1))
        if outcome == Outcome.CHANGED:
            write_decision(
                told, DecisionKind.FULL, sequence=2, in_time=None, objection=objection, by=self.scene.sekda
            )
            to_state(told.request, RequestStatus.DELIVERED)
            told.request.delivered_at = told.at
            told.request.closed_at = told.request.updated_at = told.at
        objection.outcome, objection.answer, objection.answered_at = outcome, _ANSWER[outcome], told.at
        objection.answered_by_name = str(self.scene.sekda)[:120]
        objection.answered_by_post = "Sekretaris Daerah selaku Atasan PPID"
        objection.answered_in_time = self._stop("reply")
        objection.requester_response = "" if outcome == Outcome.UPHELD else "Menerima."
        told.rows.add(
            ObjectionMessage(
                case=objection, kind=MessageKind.ANSWER, body=objection.answer, at=told.at, author=self.scene.sekda,
                office=self.scene.atasan,
            )
        )  # fmt: skip
        facts = {"outcome": outcome.label}
        self._move(ObjectionStatus.ANSWERED, "answered", public=True, by=self.scene.sekda, facts=facts)
        window = told.rows.add(clocks.new_clock(objection, "dispute", started_at=told.at))
        if window.due_on < clock.local_date(told.now) or self.plan.dispute:
            window.stopped_at, window.next_look_on = told.at, None
        else:
            self.running["dispute"] = window

    def _stop(self, step: str) -> bool:
        return ended(self.running.pop(step), self.told.at)

    def _move(
        self, status: str, verb: str, *, public: bool, by: Any = None, label: str = "", facts: Any = None
    ) -> None:
        to_state(self.objection, status)
        self.objection.updated_at = self.told.at
        if status in Objection.final_statuses():
            self.objection.closed_at = self.told.at
        self._remember(self.objection, f"objections.{verb}", public=public, by=by, label=label, facts=facts)

    def _remember(
        self, subject: AbstractCase, verb: str, *, public: bool = False, by: Any = None, label: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.told.rows.history.append(
            draft(
                actor=by, verb=verb, subject=subject, organization=subject.office_id, facts=facts, public=public,
                actor_label=label, at=self.told.at,
            )
        )  # fmt: skip

    @staticmethod
    def _refresh(case: AbstractCase, running: Mapping[str, AbstractClock]) -> None:
        clocks.set_due(case, [(one.due_on, step, one.paused) for step, one in running.items()])


class Disputing:
    """The dispute of one answered objection."""

    def __init__(self, objecting: Objecting, stage: str) -> None:
        self.side, self.told, self.stage = objecting, objecting.told, stage
        self.running: dict[str, AbstractClock] = {}

    def tell(self) -> None:
        told, scene = self.told, self.side.scene
        told.later(24 * 6)
        objection = self.side.objection
        self.dispute = Dispute(
            pk=tree.reserve_ids(Dispute, 1)[0], code=_code("SGK", told.rng), slug=_slug(told.rng),
            status=DisputeStatus.REGISTERED, office=scene.main, handler=scene.officers[0], entered_by=scene.decider,
            channel="KI", received_at=told.at, updated_at=told.at, objection=objection,
            filed_on=clock.local_date(told.at), ki_number=f"{told.ask.number:03d}/PSI/KIP/{told.at.year}",
        )  # fmt: skip
        told.rows.add(self.dispute)
        self.side._remember(
            self.dispute, "disputes.registered", by=scene.decider, facts={"objection": objection.registration}
        )
        self.side._remember(objection, "objections.disputed", by=scene.decider, public=True)
        self._start("begin")
        for stage in _WAY[self.stage]:
            self._advance(stage)
        if self.dispute.status in (
            DisputeStatus.ADJUDICATION,
            DisputeStatus.MEDIATION,
            DisputeStatus.PRELIMINARY,
        ):
            hearing = told.now + dt.timedelta(days=9)
            self.dispute.next_hearing_at = hearing.replace(hour=3, minute=0, second=0, microsecond=0)
            self.dispute.hearing_place = "Ruang sidang Komisi Informasi provinsi"
        self.side._refresh(self.dispute, self.running)

    def _start(self, step: str) -> None:
        self.running[step] = self.told.rows.add(clocks.new_clock(self.dispute, step, started_at=self.told.at))

    def _advance(self, stage: str) -> None:
        told, dispute, by = self.told, self.dispute, self.side.scene.decider
        told.at = min(told.at + dt.timedelta(days=11), told.now - dt.timedelta(hours=3))
        to_state(dispute, stage)
        dispute.updated_at = told.at
        if stage in ("SETTLED", "RULED"):
            dispute.ruled_on = clock.local_date(told.at)
            dispute.ruling = "Termohon memberikan salinan dokumen dengan data pribadi yang dihitamkan."
            dispute.orders = "Serahkan salinan paling lambat 14 hari kerja."
            dispute.result = Dispute.Winner.PARTLY if stage == "RULED" else ""
        if stage != "EXECUTED":
            if step := _CLOCK_OF.get(stage):
                self._stop_all()
                self._start(step)
            facts = {"status": DisputeStatus(stage).label}
            self.side._remember(dispute, "disputes.moved", by=by, facts=facts)
        else:
            self._stop_all()
            dispute.closed_at, dispute.executed_note = (
                told.at,
                "Salinan diserahkan kepada pemohon di loket PPID.",
            )
            write_decision(
                told, DecisionKind.PARTIAL, sequence=2, in_time=None, objection=self.side.objection
            )
            to_state(told.request, RequestStatus.DELIVERED)
            told.request.delivered_at = told.at
            told.request.closed_at = told.request.updated_at = told.at
            self.side._remember(dispute, "disputes.executed", by=by)
        note = f"{DisputeStatus(stage).label}: berkas lengkap."
        told.rows.add(
            DisputeMessage(
                case=dispute, kind=MessageKind.NOTE, body=note, at=told.at, author=by, office=self.side.scene.main
            )
        )  # fmt: skip

    def _stop_all(self) -> None:
        for step in list(self.running):
            ended(self.running.pop(step), self.told.at)


def _code(prefix: str, rng: Any) -> str:
    return f"{prefix}-" + "".join(rng.choices(ALPHABET, k=4)) + "-" + "".join(rng.choices(ALPHABET, k=4))


def _slug(rng: Any) -> str:
    return "".join(rng.choices(ALPHABET, k=10)).lower()
