"""The demo city while it is being built: its seed, its day, and what each part has made so far."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

SEED = 9971


def _silent(_line: str) -> None:
    """Building without anybody watching (tests)."""


@dataclass
class City:
    """What a part needs to build. Same `seed` and same `now`: the same city, to the letter.

    `now` is the aware moment of building; every date in the city is counted back from it.
    `say` shows a line of progress to whoever waits.
    """

    now: dt.datetime
    seed: int = SEED
    say: Callable[[str], None] = _silent
    made: Counter[str] = field(default_factory=Counter)

    def rng(self, purpose: str) -> random.Random:
        """A random source of its own for each purpose, so that one part never shifts the dice of another."""
        return random.Random(f"{self.seed}:{purpose}")  # noqa: S311 - a demo city needs no secrecy

    def record(self, what: str, count: int) -> None:
        """Note rows that were really added; a run that records nothing changed nothing."""
        if count:
            self.made[what] += count
