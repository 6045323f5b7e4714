"""The written notices of the demo city: what each rests on and what it gives."""

from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.organizations import tree
from pendopo.domains.information.demo_states import step as to_state
from pendopo.domains.information.models import (
    AnswerFile,
    Decision,
    DecisionGround,
    DecisionKind,
    RedactedPart,
    RequestStatus,
)

S, K = RequestStatus, DecisionKind
GIVES = (K.FULL, K.PARTIAL)
_STATUS = {K.FULL: S.GRANTED, K.PARTIAL: S.GRANTED, K.REFUSED: S.REFUSED, K.NOT_HELD: S.NOT_HELD}
_ELSEWHERE = ("Pemerintah Provinsi", "Kantor Pertanahan", "Kementerian terkait", "Badan Pusat Statistik")


def write_decision(
    told: Any,
    kind: DecisionKind,
    *,
    sequence: int,
    in_time: bool | None,
    objection: Any = None,
    by: User | None = None,
) -> Decision:
    """The notice with what it rests on and what it gives."""
    request, scene = told.request, told.scene
    to_state(request, _STATUS[kind])
    request.decision, request.decided_at = kind, told.at
    decision = Decision(
        pk=tree.reserve_ids(Decision, 1)[0], case=request, sequence=sequence, kind=kind, held=kind != K.NOT_HELD,
        other_body=told.rng.choice(_ELSEWHERE) if kind == K.NOT_HELD else "",
        material=f"Salinan: {told.ask.topic.title}." if kind in GIVES else "",
        reason=_REASONS.get(kind, ""), form=request.form if kind in GIVES else "",
        send_way=request.send_way if kind in GIVES else "", by=by or scene.decider, at=told.at, in_time=in_time,
        objection=objection,
    )  # fmt: skip
    told.rows.add(decision)
    tests = scene.tests_for(told.office.pk)
    test = tests[told.ask.number % len(tests)]
    if kind in (K.PARTIAL, K.REFUSED):
        told.rows.add(
            DecisionGround(
                decision=decision, ground=test.ground, law=test.law, test=test,
                expires_on=None if test.permanent else test.expires_on,
            )
        )  # fmt: skip
    if kind == K.PARTIAL:
        told.rows.add(
            RedactedPart(
                decision=decision, title=told.ask.topic.title, page=1 + told.ask.number % 4, letter=test.letter,
                reason="Nama, nomor telepon, dan alamat pribadi yang tidak berkaitan dengan jabatan.",
            )
        )  # fmt: skip
    held = scene.items.get(told.office.pk, [])
    if kind in GIVES and held:
        item = held[told.ask.number % len(held)]
        told.rows.add(AnswerFile(decision=decision, item=item, title=item.title, at=told.at))
    told.remember(
        "decided", by=by or scene.decider, public=True, facts={"decision": DecisionKind(kind).label}
    )
    return decision


_REASONS = {
    K.PARTIAL: "Bagian yang memuat data pribadi dihitamkan; selebihnya diberikan.",
    K.REFUSED: "Informasi yang diminta termasuk yang dikecualikan setelah uji konsekuensi.",
    K.NOT_HELD: "Informasi ini dibuat dan disimpan oleh badan publik lain.",
}
