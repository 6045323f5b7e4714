"""Serving the trained text model: arrays only, so nothing unpickled can run code. Training is in `training`."""

import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pendopo.domains.reports.models import RoutingModel
from pendopo.domains.reports.words import words_and_pairs
from pendopo.kernel.caches import timed

_CATEGORY = "#"  # no word begins with it (words.py)
# What hundreds of kelurahan and kecamatan offices do is the same everywhere: the model learns "the office of the
# place" once, and the place of the report says which one it is.
THE_KELURAHAN, THE_KECAMATAN = 0, -1


@dataclass(frozen=True)
class Guess:
    """One office with the model's certainty (0–1) and the words that spoke for it most.

    `office_id` may be THE_KELURAHAN or THE_KECAMATAN of the report's place.
    """

    office_id: int
    certainty: float
    words: list[str]


@dataclass(frozen=True)
class TextModel:
    """TF-IDF and a linear classifier as plain arrays.

    `weights` has one row an office and one column a term; `idf` and `vocabulary` belong to the columns.
    `thresholds` maps a precision ("0.95") to the certainty that reached it on later reports, if any did.
    """

    vocabulary: dict[str, int]
    idf: Any
    weights: Any
    bias: Any
    offices: Any
    thresholds: dict[str, float] = field(default_factory=dict)

    def predict(self, text: str, *, category: str, top: int) -> list[Guess]:
        """The best offices for a report, surest first. A report without known words gives none: the category
        alone is the business of the rules."""
        counts = Counter(t for t in features(text, category) if t in self.vocabulary)
        if not any(not is_category(term) for term in counts):
            return []
        columns = np.fromiter((self.vocabulary[t] for t in counts), dtype=np.int64)
        values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64))) * self.idf[columns]
        values /= np.linalg.norm(values) or 1.0
        spoken = self.weights[:, columns] * values
        scores = spoken.sum(axis=1) + self.bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        terms = list(counts)
        return [
            Guess(int(self.offices[row]), float(chances[row]), _loudest(terms, spoken[row]))
            for row in np.argsort(-chances)[:top]
        ]

    def threshold_for(self, precision: float) -> float | None:
        """Certainty above which the wanted precision was reached; None when it never was."""
        reached = [limit for wanted, limit in self.thresholds.items() if float(wanted) >= precision]
        return min(reached) if reached else None

    def dump(self) -> bytes:
        """The model as an npz archive without objects."""
        out = io.BytesIO()
        terms = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        np.savez_compressed(
            out,
            terms=np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
            idf=self.idf.astype(np.float32),
            weights=self.weights.astype(np.float32),
            bias=self.bias.astype(np.float32),
            offices=np.asarray(self.offices, dtype=np.int64),
        )
        return out.getvalue()

    @classmethod
    def load(cls, data: bytes, thresholds: dict[str, float]) -> "TextModel":
        """The reverse of `dump`. Raises ValueError for anything but plain arrays."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            terms = arrays["terms"].tobytes().decode().split("\n")
            return cls(
                vocabulary={term: column for column, term in enumerate(terms)},
                idf=arrays["idf"],
                weights=arrays["weights"],
                bias=arrays["bias"],
                offices=arrays["offices"],
                thresholds=thresholds,
            )


def features(text: str, category: str) -> list[str]:
    """Terms of a report: its words, its pairs of words, and the category the citizen chose."""
    return [*words_and_pairs(text), f"{_CATEGORY}{category}"]


def is_category(term: str) -> bool:
    return term.startswith(_CATEGORY)


def _loudest(terms: list[str], spoken: Any, most: int = 4) -> list[str]:
    order = [i for i in np.argsort(-spoken) if spoken[i] > 0 and not is_category(terms[i])]
    return [terms[i] for i in order[:most]]


def _load(pk: int) -> TextModel:
    row = RoutingModel.objects.get(pk=pk)
    return TextModel.load(bytes(row.weights), row.thresholds)


@timed(20)
def _pk_in_use() -> int | None:
    return RoutingModel.objects.filter(in_use=True).values_list("pk", flat=True).first()


_kept: dict[int, TextModel] = {}  # at most one: the model this process read last


def in_use() -> TextModel | None:
    """The model in use, or None while none is trained: then the words stay silent."""
    pk = _pk_in_use()
    if pk is None:
        return None
    model = _kept.get(pk)
    if model is None:
        model = _load(pk)  # a trained model never changes; a new one has a new id
        _kept.clear()
        _kept[pk] = model
    return model
