"""Invented reporters: a few who write often, many who write once. No number or address can reach anybody."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from pendopo.base.organizations.demo_offices import person

RESIDENTS = 46  # people per kelurahan who ever write


@dataclass(frozen=True)
class Reporter:
    """`phone` lies in a range no operator gives out, `email` under a domain reserved for examples."""

    name: str = ""
    email: str = ""
    phone: str = ""


NOBODY = Reporter()


class Residents:
    """The people of the city who write; the first ones of each kelurahan write far more often."""

    def __init__(self, rng: random.Random, villages: Sequence[str]) -> None:
        self._people: dict[str, list[Reporter]] = {}
        self._villages = list(villages)
        number = 0
        for village in self._villages:
            people = []
            for _ in range(RESIDENTS):
                number += 1
                people.append(_resident(rng, number))
            self._people[village] = people
        self._shares = [1 / (rank + 1) ** 0.7 for rank in range(RESIDENTS)]

    def somebody(self, rng: random.Random, village: str) -> Reporter:
        """Usually a neighbour, sometimes a passer-by from elsewhere."""
        home = village if rng.random() < 0.8 else rng.choice(self._villages)
        return rng.choices(self._people[home], self._shares)[0]


def _resident(rng: random.Random, number: int) -> Reporter:
    name = person(rng)
    local = name.lower().replace(" ", rng.choice((".", "", "_")))
    return Reporter(name, f"{local}{number}@contoh.example", f"0800000{number:05}")


def as_given(rng: random.Random, who: Reporter, channel: str) -> Reporter:
    """What a reporter leaves behind depends on the way in; some leave nothing."""
    if channel in ("WHATSAPP", "PHONE"):
        return Reporter(who.name, "", who.phone)
    if channel == "LETTER":
        return Reporter(who.name, who.email if rng.random() < 0.3 else "", who.phone)
    if channel == "WALK_IN":
        return Reporter(who.name, "", who.phone if rng.random() < 0.8 else "")
    if channel in ("SOCIAL", "SP4N"):
        return Reporter(who.name, who.email if rng.random() < 0.4 else "", "")
    if rng.random() < 0.07:
        return NOBODY
    email, phone = rng.choice(((who.email, ""), (who.email, who.phone), ("", who.phone)))
    return Reporter(who.name, email, phone)
