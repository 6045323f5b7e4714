"""Serving the trained text model: arrays only, so nothing unpickled can run code. Training is in `fit`.

Three linear readers (everything; words; pieces of words) give each office a score, the most similar closed reports
vote, and a last linear step weighs the four. It was learned where reports are many and hardly names a small office, so
the order of the answers hears the first reader beside it (`ordered`). How far the first answer can be trusted is told
by a small logistic model that has seen when the readers were wrong.
"""

import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pendopo.domains.reports.routing_model.terms import PIECES, WORDS, counts, pieces, words

READERS = 3  # joint, words with place, pieces with place
JOINT = 0
GAINS = (1.0, 0.7, 1.0, 0.3)  # weight of words, near-by pairs, pieces, place (chosen on rolling months)
NEIGHBOURS = 30
HALF_LIFE_DAYS = 240  # a neighbour of this age votes half as loud: what offices do changes
FLOOR = 1e-3  # votes of an office that no neighbour names
LOWEST = -1.5  # lower scores are equally hopeless
OF_JOINT, SHARPNESS = 0.6, 3.5  # how much the joint reader alone counts in the order, and how decided it is
ARRAYS = (
    "idf", "weights", "scale", "bias", "mix", "mix_bias", "lift", "offices",
    "posting_start", "posting_row", "posting_value", "example_office", "example_weight", "trust", "trust_scale",
)  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """One office with the model's certainty (0–1) and the words that spoke for it most.

    `office_id` may be THE_KELURAHAN or THE_KECAMATAN of the report's place (`textmodel`).
    """

    office_id: int
    certainty: float
    words: list[str]


@dataclass(frozen=True)
class Read:
    """One report in the model's terms: for each block the columns it knows and their values."""

    columns: list[Any]
    values: list[Any]
    single: list[bool]  # which columns of the first block are single words, not pairs


@dataclass(frozen=True)
class TextModel:
    """The model as plain arrays (ARRAYS); `thresholds` maps a precision ("0.95") to the certainty that reached it.

    `weights` holds a small whole number for each term, reader and office, to be multiplied by `scale`.
    """

    vocabulary: tuple[dict[str, int], ...]
    arrays: dict[str, Any]
    thresholds: dict[str, float] = field(default_factory=dict)

    @property
    def offices(self) -> Any:
        return self.arrays["offices"]

    def predict(self, text: str, *, category: str, area: tuple[str, ...] = (), top: int) -> list[Guess]:
        """The best offices for a report, surest first. A report without known words gives none: the category
        and the place alone are the business of the rules."""
        found = counts(text, category, area)
        read = self.read(found)
        if not len(read.columns[WORDS]):
            return []
        chances, trust = self.chances(read)
        order = np.argsort(-chances, kind="stable")[:top]  # what `chances` trusts comes first
        rest = (1.0 - trust) / max(1.0 - float(chances[order[0]]), 1e-9)
        sure = [trust, *(min(float(chances[row]) * rest, trust) for row in order[1:])]
        return [
            Guess(int(self.offices[row]), certainty, loudest)
            for row, certainty, loudest in zip(order, sure, self._loudest(found, order), strict=True)
        ]

    def unknown_share(self, text: str) -> float | None:
        """Share of a report's words that were not in the reports the model learned from; None without words."""
        said = words(text)
        return sum(word not in self.vocabulary[WORDS] for word in said) / len(said) if said else None

    def read(self, found: tuple[Counter[str], ...]) -> Read:
        """Columns and values of a report: each block by itself is a vector of length 1 times its gain."""
        columns, values, single = [], [], []
        for number, (vocabulary, terms) in enumerate(zip(self.vocabulary, found, strict=True)):
            here = [
                (term, column, often)
                for term, often in terms.items()
                if (column := vocabulary.get(term)) is not None
            ]
            at = np.array([column for _term, column, _often in here], dtype=np.int64)
            times = np.array([often for _term, _column, often in here], dtype=np.float64)
            value = (1.0 + np.log(times)) * self.arrays["idf"][at] if len(here) else times
            values.append(value * (GAINS[number] / (np.sqrt(value @ value) or 1.0)))
            columns.append(at)
            if number == WORDS:
                single = [" " not in term for term, _column, _often in here]
        return Read(columns, values, single)

    def chances(self, read: Read) -> tuple[Any, float]:
        """(the chance of every office, how far the first of them can be trusted)."""
        scores, votes = self._scores(read)[None], self._votes(read)[None]
        mix = mixed(scores, votes, self.arrays["mix"], self.arrays["mix_bias"])
        chances = ordered(mix, scores, self.arrays["lift"])
        facts = trust_facts(mix, chances.argmax(axis=1), scores, votes, np.array([len(read.columns[WORDS])]))
        return chances[0], float(trusted(facts, self.arrays["trust"], self.arrays["trust_scale"])[0])

    def _scores(self, read: Read) -> Any:
        """What the three readers say: one row a reader, one column an office."""
        columns, values = np.concatenate(read.columns), np.concatenate(read.values)
        weights = self.arrays["weights"][columns].reshape(len(columns), -1).astype(np.float32)
        said = (values.astype(np.float32) @ weights).reshape(READERS, -1)
        scores: Any = said * self.arrays["scale"] + self.arrays["bias"]
        return scores

    def _votes(self, read: Read) -> Any:
        """The offices of the most similar examples by single words, as shares."""
        single = np.asarray(read.single, dtype=bool)
        columns, values = read.columns[WORDS][single], read.values[WORDS][single]
        values = values / (np.sqrt(values @ values) or 1.0)
        start = self.arrays["posting_start"]
        lists = [slice(start[at], start[at + 1]) for at in columns]
        if not lists:
            return np.full(len(self.offices), 1.0 / len(self.offices))
        rows = np.concatenate([self.arrays["posting_row"][part] for part in lists])
        alike = np.concatenate(
            [self.arrays["posting_value"][part] * value for part, value in zip(lists, values, strict=True)]
        )
        similar = np.bincount(rows, weights=alike, minlength=len(self.arrays["example_office"]))
        return votes_of(
            similar, self.arrays["example_office"], self.arrays["example_weight"], len(self.offices)
        )

    def _loudest(self, found: tuple[Counter[str], ...], rows: Any, most: int = 4) -> list[list[str]]:
        """For each office the words and pairs that spoke most; the pieces of a word speak for the word."""
        known = [term for term in found[WORDS] if term in self.vocabulary[WORDS] and len(term) > 1]
        if not known:
            return [[] for _row in rows]
        small = self.vocabulary[PIECES]
        columns: list[int] = []
        starts: list[int] = []
        for term in known:
            starts.append(len(columns))
            columns.append(self.vocabulary[WORDS][term])
            if " " not in term:
                columns += [column for piece in pieces(term) if (column := small.get(piece)) is not None]
        at = np.array(columns)
        loud = self.arrays["weights"][at, 0][:, rows] * self.arrays["idf"][at][:, None]
        loud[~np.isin(np.arange(len(at)), starts)] *= 0.2  # pieces overlap: each says the same again
        said = np.add.reduceat(loud, starts)
        return [
            [known[one] for one in np.argsort(-column, kind="stable")[:most] if column[one] > 0]
            for column in said.T
        ]

    def threshold_for(self, precision: float) -> float | None:
        """Certainty above which the wanted precision was reached; None when it never was."""
        reached = [limit for wanted, limit in self.thresholds.items() if float(wanted) >= precision]
        return min(reached) if reached else None

    def dump(self) -> bytes:
        """The model as an npz archive without objects."""
        out = io.BytesIO()
        terms: dict[str, Any] = {
            f"terms{number}": np.frombuffer(
                "\n".join(sorted(one, key=one.__getitem__)).encode(), dtype=np.uint8
            )
            for number, one in enumerate(self.vocabulary)
        }
        np.savez_compressed(out, **terms, **self.arrays)
        return out.getvalue()

    @classmethod
    def load(cls, data: bytes, thresholds: dict[str, float]) -> "TextModel":
        """The reverse of `dump`. Raises ValueError for anything but plain arrays, KeyError for a missing one (a model
        of an older release: it stays silent until the next training)."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            vocabulary, first = [], 0
            for number in range(len(GAINS)):
                raw = arrays[f"terms{number}"].tobytes().decode()
                terms = raw.split("\n") if raw else []
                vocabulary.append({term: first + column for column, term in enumerate(terms)})
                first += len(terms)
            return cls(tuple(vocabulary), {name: arrays[name] for name in ARRAYS}, thresholds)


# The steps that training and serving share. Every argument holds one row a report.


def votes_of(similar: Any, offices: Any, weight: Any, classes: int) -> Any:
    """Shares of the offices among the nearest examples, weighed by similarity² and age."""
    near = min(NEIGHBOURS, len(similar))
    best = np.argpartition(-similar, near - 1)[:near]
    votes = np.full(classes, FLOOR)
    np.add.at(votes, offices[best], np.square(similar[best]) * weight[best])
    return votes / votes.sum()


def joined(scores: Any, votes: Any) -> Any:
    """What the last linear step sees: the three scores and the votes of every office, side by side."""
    read = 2.0 * np.maximum(scores, LOWEST)
    return np.concatenate([read.reshape(len(read), -1), 0.3 * np.log(votes)], axis=1)


def softmax(logits: Any) -> Any:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def spoken(scores: Any) -> Any:
    """The three readers as one: the joint reader counts double."""
    together: Any = (2.0 * scores[:, 0] + scores[:, 1] + scores[:, 2]) / 4.0
    return together


def mixed(scores: Any, votes: Any, mix: Any, bias: Any) -> Any:
    """The chances of every office, as the last step weighs readers and neighbours (`fit._mixer`)."""
    return softmax(joined(scores, votes) @ mix + bias)


def ordered(mix: Any, scores: Any, lift: Any) -> Any:
    """The chances that decide the order: the last step and the joint reader, each office times its `lift`."""
    heard = (1.0 - OF_JOINT) * mix + OF_JOINT * softmax(SHARPNESS * scores[:, JOINT])
    raised: Any = heard * lift
    return raised / raised.sum(axis=1, keepdims=True)


def trust_facts(mix: Any, first: Any, scores: Any, votes: Any, long: Any) -> Any:
    """What tells whether the answer `first` is right: its lead in the last step (negative, when another leads there),
    and whether readers and neighbours agree."""
    at = np.arange(len(mix))
    others = mix.copy()
    others[at, first] = -1.0
    second = others.argmax(axis=1)
    one, two = np.maximum(mix[at, first], 1e-9), mix[at, second]
    plain = spoken(scores)
    return np.column_stack(
        [
            np.log(one / (1.0 - one + 1e-6)),
            np.log(one / np.maximum(two, 1e-9)),
            plain[at, first],
            plain[at, second],
            scores[at, 1, first],
            scores[at, 2, first],
            votes[at, first],
            np.sort(votes, axis=1)[:, -2],
            votes.argmax(axis=1) == first,
            np.log1p(long),
        ]
    )


def trusted(facts: Any, weights: Any, scale: Any) -> Any:
    """Certainty (0–1) from the facts; `scale` holds their means and spreads, `weights` end with the constant."""
    logits = ((facts - scale[0]) / scale[1]) @ weights[:-1] + weights[-1]
    return 1.0 / (1.0 + np.exp(-logits))
