"""The requests, objections and disputes of the demo city, written batch by batch as the room's actions leave them."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from pendopo.base.audit.actions import record_many
from pendopo.base.audit.models import Entry as HistoryEntry
from pendopo.base.registries.demo import City
from pendopo.domains.information.demo_asking import Ask, planned
from pendopo.domains.information.demo_objecting import Objecting
from pendopo.domains.information.demo_replay import Replay, Scene
from pendopo.domains.information.models import (
    AnswerFile,
    Decision,
    DecisionGround,
    Dispute,
    DisputeClock,
    DisputeMessage,
    Extension,
    IdentityProof,
    InformationRequest,
    Objection,
    ObjectionClock,
    ObjectionContact,
    ObjectionMessage,
    RedactedPart,
    RequestClock,
    RequestContact,
    RequestMessage,
    UnitTask,
    UnitTaskClock,
)
from pendopo.kernel.ids import ALPHABET

AT_ONCE = 200
# Parents before what hangs on them.
ORDER: tuple[type[Model], ...] = (
    InformationRequest, RequestContact, RequestClock, RequestMessage, IdentityProof, UnitTask, UnitTaskClock,
    Extension, Objection, ObjectionContact, ObjectionClock, ObjectionMessage, Decision, DecisionGround, RedactedPart,
    AnswerFile, Dispute, DisputeClock, DisputeMessage,
)  # fmt: skip


class Batch:
    """Rows and lines of history that are written together."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Any]] = {model: [] for model in ORDER}
        self.history: list[HistoryEntry] = []

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def write(self) -> int:
        for model in ORDER:
            model._default_manager.bulk_create(self.rows[model])
        record_many(sorted(self.history, key=lambda line: line.at))
        return len(self.rows[InformationRequest])


def build(city: City) -> None:
    """A year of requests; what stands already is left alone, so a run that was cut off goes on."""
    asks = planned(city)
    codes = _codes(city, len(asks))
    standing = set(InformationRequest.objects.filter(code__in=codes).values_list("code", flat=True))
    if len(standing) == len(asks):
        return
    scene = Scene.of(city)
    for start in range(0, len(asks), AT_ONCE):
        part = list(zip(codes, asks, strict=True))[start : start + AT_ONCE]
        made = _write(scene, [(code, ask) for code, ask in part if code not in standing])
        city.record("permohonan informasi", made)
        city.say(f"  {min(start + AT_ONCE, len(asks))} dari {len(asks)} permohonan informasi")


def _codes(city: City, count: int) -> list[str]:
    rng = city.rng("information codes")

    def signs() -> str:
        return "".join(rng.choices(ALPHABET, k=4))

    return [f"PPID-{signs()}-{signs()}" for _ in range(count)]


@transaction.atomic
def _write(scene: Scene, asks: Sequence[tuple[str, Ask]]) -> int:
    batch = Batch()
    for code, ask in asks:
        told = Replay(scene, batch, ask, code)
        told.tell()
        if ask.objection is not None and told.request.decision:
            Objecting(told).tell()
    return batch.write()
