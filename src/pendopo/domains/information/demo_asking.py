"""Which requests the demo city got in a year: who asked what, how it went, and what followed. Plans, no rows."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pendopo.base.organizations.demo_offices import person
from pendopo.base.registries.demo import City
from pendopo.domains.information.models import (
    DecisionKind,
    ObjectionGround,
    Outcome,
    RequestChannel,
    RequesterKind,
    RequestStatus,
)

REQUESTS, OBJECTIONS, DISPUTES = 600, 40, 5
OPEN_FOR = 15  # days after which hardly any request is still open
_FOLDER = Path(__file__).parent / "data"
S, K, G = RequestStatus, DecisionKind, ObjectionGround

_ENDS: tuple[tuple[str, float], ...] = (
    (K.FULL, 60), (K.PARTIAL, 12), (K.REFUSED, 6), (K.NOT_HELD, 10), (S.WITHDRAWN, 5), (S.LAPSED, 7),
)  # fmt: skip
_OPEN: tuple[tuple[str, float], ...] = (
    (S.REGISTERED, 16), (S.INCOMPLETE, 10), (S.IN_PROGRESS, 52), (S.GRANTED, 14), (K.FULL, 8),
)  # fmt: skip
_CHANNELS: tuple[tuple[str, float], ...] = (
    (RequestChannel.WEB, 62), (RequestChannel.COUNTER, 18), (RequestChannel.EMAIL, 10), (RequestChannel.LETTER, 8),
    (RequestChannel.PHONE, 2),
)  # fmt: skip
_KINDS: tuple[tuple[str, float], ...] = (
    (RequesterKind.PERSON, 78), (RequesterKind.LEGAL_ENTITY, 16), (RequesterKind.GROUP, 6),
)  # fmt: skip
_WORK = (
    "mahasiswa",
    "peneliti",
    "wartawan",
    "pedagang",
    "guru",
    "karyawan swasta",
    "pengurus RW",
    "pensiunan",
)
_PURPOSE = (
    "Penelitian skripsi.", "Penulisan berita.", "Ingin tahu sebagai warga.", "Pengawasan warga atas anggaran.",
    "Bahan rapat RT dan RW.", "Keperluan usaha.", "Bahan kajian organisasi.",
)  # fmt: skip
_STREETS = (
    "Jalan Melati",
    "Jalan Kenanga",
    "Jalan Pahlawan",
    "Jalan Veteran",
    "Gang Mawar",
    "Jalan Pasar Lama",
)


@dataclass(frozen=True)
class Topic:
    """One thing people ask, and the office that holds it."""

    office: str
    title: str
    topic: str
    details: str


@dataclass(frozen=True)
class Objecting:
    """What followed: the ground, and how it went on ("" while open)."""

    ground: str
    outcome: str
    dispute: str = ""  # the state a dispute reached


@dataclass(frozen=True)
class Ask:
    """One request before it is rows. `end` is a decision, or a state in which it stands."""

    number: int
    at: dt.datetime
    topic: Topic
    end: str
    channel: str
    kind: str
    name: str
    email: str
    phone: str
    address: str
    occupation: str
    purpose: str
    days: int  # working days to the notice
    extended: bool
    objection: Objecting | None = None


def _choose(rng: random.Random, pairs: Sequence[tuple[str, float]]) -> str:
    return str(rng.choices([value for value, _share in pairs], [share for _value, share in pairs])[0])


def topics() -> list[Topic]:
    text = (_FOLDER / "demo_requests.txt").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    return [Topic(*row) for row in rows]


def planned(city: City) -> list[Ask]:
    """The year's requests in the order they came in."""
    rng = city.rng("information requests")
    ages = sorted((_age(rng, number) for number in range(REQUESTS)), reverse=True)
    everything = topics()
    asks = [_ask(rng, city.now, number, age, everything) for number, age in enumerate(ages)]
    return _objecting(rng, city.now, asks)


def _age(rng: random.Random, number: int) -> float:
    """Days ago. A tenth are of the last weeks, so that the desk has its work."""
    return rng.uniform(0.1, OPEN_FOR) if number % 9 == 0 else rng.uniform(OPEN_FOR, 364)


def _ask(rng: random.Random, now: dt.datetime, number: int, age: float, all_topics: Sequence[Topic]) -> Ask:
    at = (now - dt.timedelta(days=age)).replace(minute=rng.randrange(60), second=0, microsecond=0)
    kind = _choose(rng, _KINDS)
    who = person(rng)
    late = rng.random() < 0.05
    extended = not late and rng.random() < 0.14
    return Ask(
        number=number,
        at=min(at, now - dt.timedelta(minutes=20)),
        topic=all_topics[rng.randrange(len(all_topics))],
        end=_choose(rng, _OPEN if age < OPEN_FOR else _ENDS),
        channel=_choose(rng, _CHANNELS),
        kind=kind,
        name=f"Yayasan {rng.choice(_STREETS).split()[-1]} Lestari"
        if kind == RequesterKind.LEGAL_ENTITY
        else who,
        email=f"pemohon{number}@contoh.example",
        phone=f"+62812{rng.randrange(10_000_000, 99_999_999)}" if rng.random() < 0.7 else "",
        address=f"{rng.choice(_STREETS)} {rng.randrange(1, 90)}, Kota Sukamaju",
        occupation=rng.choice(_WORK),
        purpose=rng.choice(_PURPOSE),
        days=rng.randrange(18, 24) if late else rng.randrange(11, 17) if extended else rng.randrange(1, 10),
        extended=extended,
    )


def _objecting(rng: random.Random, now: dt.datetime, asks: list[Ask]) -> list[Ask]:
    """Forty objections whose ground really exists, five of which went to Komisi Informasi."""
    old = [a for a in asks if (now - a.at).days > 130]
    fresh = [a for a in asks if 45 < (now - a.at).days <= 75]
    refused = [a for a in old if a.end == K.REFUSED]
    partial = [a for a in old if a.end == K.PARTIAL]
    late = [a for a in old if a.end == K.FULL and a.days > 17]
    missing = [a for a in old if a.end == K.NOT_HELD]
    recent = [a for a in fresh if a.end in (K.REFUSED, K.PARTIAL, K.NOT_HELD)]
    found: dict[int, Objecting] = {}
    disputes = iter(("EXECUTED", "RULED", "ADJUDICATION", "MEDIATION", "SETTLED"))
    for pool, ground, outcomes in (
        (recent, "", ("", "", "REVIEWED", "WITHDRAWN")),
        (refused, G.REFUSED, (Outcome.UPHELD, Outcome.CHANGED, Outcome.UPHELD)),
        (late, G.TOO_LATE, (Outcome.UPHELD, Outcome.SETTLED)),
        (missing, G.NOT_AS_ASKED, (Outcome.UPHELD, Outcome.SETTLED, Outcome.CHANGED)),
        (partial, G.NOT_AS_ASKED, (Outcome.CHANGED, Outcome.UPHELD)),
    ):
        share = 6 if pool is recent else 12 if pool is refused else 11
        for turn, ask in enumerate(rng.sample(pool, min(share, len(pool)))):
            outcome = outcomes[turn % len(outcomes)]
            why = ground or (G.REFUSED if ask.end == K.REFUSED else G.NOT_AS_ASKED)
            stage = next(disputes, "") if outcome == Outcome.UPHELD and turn in (0, 3, 4) else ""
            if len(found) < OBJECTIONS:
                found[ask.number] = Objecting(str(why), str(outcome), _stage(stage, str(why)))
    return [Ask(**{**a.__dict__, "objection": found.get(a.number)}) for a in asks]


def _stage(stage: str, ground: str) -> str:
    """A refusal is not mediated."""
    return (
        {"MEDIATION": "PRELIMINARY", "SETTLED": "RULED"}.get(stage, stage) if ground == G.REFUSED else stage
    )
