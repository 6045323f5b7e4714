"""How well a model of earlier reports routes later ones: the figures of `pendopo routing evaluate`.

Repeated texts. A text that stands in both files would be an examination whose answers were handed out before. It is
dropped from the later file, never from the earlier one: in life the model does keep what it has learned, so taking it
from the training would measure a model that nobody uses, while leaving it in the test would count memory as skill.
Two texts are the same when they differ only in signs, capitals and spaces.

A test office that the training never saw counts as wrong, in every figure.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from pendopo.domains.reports.routing_model import measure
from pendopo.domains.reports.routing_model.arrays import Guess, TextModel
from pendopo.domains.reports.routing_model.fit import Example, fit
from pendopo.domains.reports.routing_model.table import OF_THE_PLACE, Row, Table
from pendopo.domains.reports.routing_model.terms import same_text

ASKED = (0.95, 0.90)
PARTS = 5  # the last of so many parts of the training, by time, is the calibration part


def evaluate(train: Table, test: Table) -> dict[str, Any]:
    """All figures of a test file put before a model of the training file."""
    asked, repeated = without_repeats(train.rows, test.rows)
    names = sorted({row.folded for row in train.rows})
    began = time.perf_counter()
    limits = _calibrated(train.rows, names)
    model = fit(_examples(train.rows, names), min_per_office=1)
    train_s = time.perf_counter() - began
    began = time.perf_counter()
    with threadpool_limits(limits=1):
        answers = [_ask(model, row) for row in asked]
    seconds = time.perf_counter() - began
    return {
        "n": len(asked),
        "classes": len({row.folded for row in (*train.rows, *asked)}),
        **figures(names, asked, answers, limits, _office_of_the_place(train.rows)),
        "ms_per_report": round(seconds / max(len(asked), 1) * 1000, 3),
        "train_s": round(train_s, 1),
        "train_n": len(train.rows),
        "repeated_texts_dropped": repeated,
        "rows_skipped": train.skipped + test.skipped,
        "never_learned": sum(row.folded not in names for row in asked),
        "test_is_later": min(row.at for row in asked) >= train.rows[-1].at if asked else True,
    }


def without_repeats(train: Sequence[Row], test: Sequence[Row]) -> tuple[list[Row], int]:
    """The test rows whose text the training does not hold, and how many were dropped."""
    known = {same_text(row.text) for row in train}
    kept = [row for row in test if same_text(row.text) not in known]
    return kept, len(test) - len(kept)


def figures(
    names: list[str],
    asked: Sequence[Row],
    answers: Sequence[list[Guess]],
    limits: dict[str, float],
    places: dict[tuple[str, str], str],
) -> dict[str, Any]:
    """The shares, from what was asked and what was answered (offices as places in `names`).

    `auto_share_at_X` holds the answer against the office as written: "the office of the place" is right only when it
    is the very Kelurahan or Kecamatan that dealt with the report. `…_folded` forgives the wrong one of the two.
    """
    total = len(asked) or 1
    said = [[names[guess.office_id] for guess in guesses] for guesses in answers]
    truth = [row.folded for row in asked]
    sure = [guesses[0].certainty if guesses else 0.0 for guesses in answers]
    folded = [bool(one) and one[0] == true for one, true in zip(said, truth, strict=True)]
    exact = [ok and _named(row, one[0], places) for ok, row, one in zip(folded, asked, said, strict=True)]
    found: dict[str, Any] = {
        "top1": round(sum(folded) / total, 4),
        "top3": round(sum(true in one for one, true in zip(said, truth, strict=True)) / total, 4),
        "macro_f1": round(measure.macro_f1(truth, [one[0] if one else "" for one in said]), 4),
    }
    outcomes = list(zip(sure, exact, strict=True))
    for precision in ASKED:
        key = f"auto_share_at_{precision * 100:.0f}"
        share, true = measure.at_threshold(outcomes, _limit(limits, precision))
        found[key] = round(measure.auto_share(outcomes, precision), 4)
        found[f"{key}_folded"] = round(measure.auto_share(list(zip(sure, folded, strict=True)), precision), 4)
        found[f"{key}_calibrated"] = round(share, 4)
        found[f"{key}_calibrated_precision"] = None if true is None else round(true, 4)
    return found


def _named(row: Row, said: str, places: dict[tuple[str, str], str]) -> bool:
    if said != OF_THE_PLACE:
        return row.office == said
    return row.office == places.get((row.district, row.village), f"Kelurahan {row.village}")


def _office_of_the_place(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """For each place the office of a place that dealt with most of its reports in the training."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        if row.folded == OF_THE_PLACE:
            seen.setdefault((row.district, row.village), Counter())[row.office] += 1
    return {place: offices.most_common(1)[0][0] for place, offices in seen.items()}


def _examples(rows: Sequence[Row], names: list[str]) -> list[Example]:
    number = {name: at for at, name in enumerate(names)}
    return [
        Example(row.text, "", number[row.folded], row.at.replace(tzinfo=dt.UTC), row.area) for row in rows
    ]


def _calibrated(rows: Sequence[Row], names: list[str]) -> dict[str, float]:
    """The lowest certainty that reached each precision on the last fifth of the training, asked of a model of the
    four before it. What acts alone in an office is stricter: there the precision must be proven (`thresholds`)."""
    cut = len(rows) * (PARTS - 1) // PARTS
    later, _repeated = without_repeats(rows[:cut], rows[cut:])
    if len({row.folded for row in rows[:cut]}) < 2:
        return {}
    model = fit(_examples(rows[:cut], names), min_per_office=1)
    places = _office_of_the_place(rows[:cut])
    outcomes = []
    for row in later:
        guesses = _ask(model, row)
        if guesses:
            said = names[guesses[0].office_id]
            outcomes.append((guesses[0].certainty, said == row.folded and _named(row, said, places)))
    return measure.reached(outcomes)


def _ask(model: TextModel, row: Row) -> list[Guess]:
    return model.predict(row.text, category="", area=row.area, top=3)


def _limit(limits: dict[str, float], precision: float) -> float | None:
    return limits.get(f"{precision:.2f}")
