"""Counting how good the model is: plain arithmetic, checked by hand in the tests."""

import math
from collections.abc import Hashable, Sequence

PRECISIONS = (0.80, 0.85, 0.90, 0.95, 0.98)


def macro_f1(truth: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """The mean F1 of all classes that occur in the truth or were said; a small office counts like a large one."""
    names = set(truth) | set(said)
    if not names:
        return 0.0
    right = dict.fromkeys(names, 0)
    real, guessed = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for one, other in zip(truth, said, strict=True):
        real[one] += 1
        guessed[other] += 1
        right[one] += one == other
    return sum(2 * right[name] / (real[name] + guessed[name]) for name in names) / len(names)


def auto_share(outcomes: Sequence[tuple[float, bool]], precision: float) -> float:
    """The largest share of all rows, most certain first, of which at least `precision` are right.

    Equally certain rows stand or fall together: no threshold could part them.
    """
    best = 0
    for count, right, _certainty in _steps(outcomes):
        if right >= precision * count:
            best = count
    return best / len(outcomes) if outcomes else 0.0


def at_threshold(outcomes: Sequence[tuple[float, bool]], limit: float | None) -> tuple[float, float | None]:
    """(share, true precision) of the rows at or above a threshold; (0, None) without threshold or rows."""
    chosen = [ok for certainty, ok in outcomes if limit is not None and certainty >= limit]
    return (len(chosen) / len(outcomes), sum(chosen) / len(chosen)) if chosen else (0.0, None)


def thresholds(outcomes: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """For each precision the lowest certainty such that the guesses at or above it are proven to reach it.

    Proven as for rules: the cautious lower bound (Wilson, 95 %) of their share, so few guesses prove nothing.
    """
    found: dict[str, float] = {}
    for count, right, certainty in _steps(outcomes):
        proven = lower_bound(right, count)
        found.update({f"{precision:.2f}": certainty for precision in PRECISIONS if proven >= precision})
    return found


def reached(outcomes: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """For each precision the lowest certainty such that the guesses at or above it were that precise; no proof."""
    found: dict[str, float] = {}
    for count, right, certainty in _steps(outcomes):
        found.update({f"{one:.2f}": certainty for one in PRECISIONS if right >= one * count})
    return found


def _steps(outcomes: Sequence[tuple[float, bool]]) -> list[tuple[int, int, float]]:
    """(rows, right ones, certainty) at every certainty from the highest down."""
    ordered = sorted(outcomes, reverse=True)
    found, right = [], 0
    for count, (certainty, ok) in enumerate(ordered, start=1):
        right += ok
        if count == len(ordered) or ordered[count][0] != certainty:
            found.append((count, right, certainty))
    return found


def lower_bound(kept: int, total: int, z: float = 1.96) -> float:
    """Wilson score lower bound of a share; 0 for no cases (E. B. Wilson, 1927)."""
    return interval(kept, total, z)[0]


def interval(kept: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson score interval of a share; (0, 1) for no cases: nothing is known."""
    if total == 0:
        return 0.0, 1.0
    share = kept / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
