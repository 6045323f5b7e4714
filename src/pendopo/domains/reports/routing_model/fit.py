"""Fitting the text model (scikit-learn). Loaded only by who trains: see `learning`.

The readers are linear support vector machines, which forgive wrong labels better than logistic regression did. How to
mix them, and when to trust the answer, is learned from answers about reports that the answering reader had not
seen (folds that never split a repeated text).
"""

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from pendopo.domains.reports.routing_model import arrays
from pendopo.domains.reports.routing_model.arrays import GAINS, HALF_LIFE_DAYS, READERS, TextModel
from pendopo.domains.reports.routing_model.terms import NEAR, PIECES, PLACE, WORDS, counts, same_text
from pendopo.kernel.errors import Refused

FOLDS = 3
MIN_PER_OFFICE = 5
_RARE = {WORDS: 2, NEAR: 3, PIECES: 3, PLACE: 1}  # a term in fewer reports is not kept
_MOST_TERMS = {WORDS: 60_000, NEAR: 80_000, PIECES: 80_000, PLACE: 5_000}
# What each reader sees, and how freely it may learn (chosen on rolling months).
_VIEWS = (((WORDS, NEAR, PIECES, PLACE), 0.4), ((WORDS, NEAR, PLACE), 0.4), ((PIECES, PLACE), 0.5))
_MIX_C, _TRUST_C = 0.15, 0.1


@dataclass(frozen=True)
class Example:
    """One closed report: its words, category, areas, and the office that really dealt with it (see `Guess`).

    `weight` above 1 is for a report that somebody had to send on: it shows where the readers go wrong.
    """

    text: str
    category: str
    office_id: int
    at: dt.datetime
    area: tuple[str, ...] = ()
    weight: float = 1.0
    pk: int = 0


@dataclass(frozen=True)
class Refusal:
    """A report that an office sent back as not its own; which office is right is not known yet."""

    text: str
    category: str
    office_id: int
    area: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Material:
    """The examples as numbers. `blocks` are sparse matrices, `single` the columns of single words."""

    blocks: list[Any]
    labels: Any
    weights: Any
    groups: Any
    age: Any
    refused: list[Any]
    refused_labels: Any


def fit(
    rows: Sequence[Example], refusals: Sequence[Refusal] = (), *, min_per_office: int = MIN_PER_OFFICE
) -> TextModel:
    """A model from examples; offices with too few are left to rules and place. Raises Refused for one office only."""
    common = {o for o, n in Counter(row.office_id for row in rows).items() if n >= min_per_office}
    kept = [row for row in rows if row.office_id in common]
    if len(common) < 2:
        raise Refused("Contoh baru mencakup satu kantor; model belum dapat dilatih.")
    offices = np.array(sorted(common), dtype=np.int64)
    # One thread: on an office's small server several only wait for each other (measured: three times slower).
    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is meant
        vocabulary, idf, material = _material(kept, refusals, offices)
        return _assemble(vocabulary, idf, material, offices)


def _material(
    rows: Sequence[Example], refusals: Sequence[Refusal], offices: Any
) -> tuple[tuple[dict[str, int], ...], Any, _Material]:
    found = [counts(row.text, row.category, row.area) for row in rows]
    known = [row for row in refusals if row.office_id in set(offices.tolist())]
    found_refused = [counts(row.text, row.category, row.area) for row in known]
    vocabularies, blocks, refused, idf, first = [], [], [], [], 0
    for number in range(len(GAINS)):
        vectorizer = TfidfVectorizer(
            analyzer=_spelled_out, sublinear_tf=True, min_df=_least(number, found), dtype=np.float32,
            max_features=_MOST_TERMS[number],
        )  # fmt: skip
        blocks.append(vectorizer.fit_transform([one[number] for one in found]) * GAINS[number])
        empty = sparse.csr_matrix((0, blocks[-1].shape[1]), dtype=np.float32)
        refused.append(
            vectorizer.transform([one[number] for one in found_refused]) * GAINS[number] if known else empty
        )
        vocabularies.append({term: first + int(at) for term, at in vectorizer.vocabulary_.items()})
        idf.append(vectorizer.idf_)
        first += blocks[-1].shape[1]
    newest = max(row.at for row in rows)
    material = _Material(
        blocks,
        np.searchsorted(offices, [row.office_id for row in rows]),
        np.array([row.weight for row in rows]),
        np.unique([same_text(row.text) for row in rows], return_inverse=True)[1],
        np.array([(newest - row.at).total_seconds() / 86_400 for row in rows]),
        refused,
        np.searchsorted(offices, [row.office_id for row in known]),
    )
    return tuple(vocabularies), np.concatenate(idf).astype(np.float32), material


def _spelled_out(terms: Counter[str]) -> list[str]:
    return list(terms.elements())


def _least(number: int, found: Sequence[tuple[Counter[str], ...]]) -> int:
    """How many reports must hold a term; one, where no term is as common as wanted (few or no places)."""
    often = Counter(term for one in found for term in one[number])
    if not often:  # the vectorizer refuses an empty vocabulary
        found[0][number]["@"] = 1
        return 1
    return _RARE[number] if max(often.values()) >= _RARE[number] else 1


def _assemble(
    vocabulary: tuple[dict[str, int], ...], idf: Any, material: _Material, offices: Any
) -> TextModel:
    everything = np.arange(len(material.labels))
    classes = len(offices)
    words = _words_alone(vocabulary[WORDS], material.blocks[WORDS])
    youth = np.power(0.5, material.age / HALF_LIFE_DAYS)
    scores = np.full((len(everything), READERS, classes), -1.0)
    votes = np.full((len(everything), classes), 1.0 / classes)
    for learn, ask in _folds(material.groups):
        for reader, (weights, bias) in enumerate(_readers(material, learn, classes)):
            scores[ask, reader] = _view(material.blocks, reader)[ask] @ weights.T + bias
        votes[ask] = _ask_neighbours(words, material.labels, youth, learn, ask, classes)
    mix, mix_bias = _mixer(scores, votes, material, everything)
    trust, scale = _trust(scores, votes, material, words)
    weights, step, bias = _packed(material, classes, len(idf))
    postings = words.tocsc()
    kept = {
        "idf": idf, "weights": weights, "scale": step, "bias": bias, "offices": offices,
        "mix": mix.astype(np.float32), "mix_bias": mix_bias.astype(np.float32),
        "posting_start": postings.indptr.astype(np.int64), "posting_row": postings.indices.astype(np.int32),
        "posting_value": postings.data.astype(np.float32), "example_office": material.labels.astype(np.int32),
        "example_weight": (youth * material.weights).astype(np.float32), "trust": trust, "trust_scale": scale,
    }  # fmt: skip
    return TextModel(vocabulary, kept)


def _folds(groups: Any) -> list[tuple[Any, Any]]:
    """(learn, ask) pairs in which no repeated text stands on both sides; none with too few different texts."""
    if len(np.unique(groups)) < FOLDS:
        return []
    return list(GroupKFold(FOLDS, shuffle=True, random_state=1).split(groups, groups=groups))


def _view(blocks: list[Any], reader: int) -> Any:
    return sparse.hstack([blocks[number] for number in _VIEWS[reader][0]]).tocsr()


def _readers(material: _Material, learn: Any, classes: int) -> list[tuple[Any, Any]]:
    """(weights, bias) of every reader, fitted on the given rows; an office not among them scores -1."""
    found = []
    for reader, (_blocks, freedom) in enumerate(_VIEWS):
        matrix = _view(material.blocks, reader)[learn]
        labels, seen = material.labels[learn], np.unique(material.labels[learn])
        weights = np.zeros((classes, matrix.shape[1]), dtype=np.float32)
        bias = np.full(classes, -1.0)
        machine = LinearSVC(C=freedom, tol=1e-3, random_state=1).fit(matrix, labels, material.weights[learn])
        if len(seen) == 2:  # scikit-learn keeps one row for two classes
            weights[seen] = np.vstack([-machine.coef_, machine.coef_])
            bias[seen] = np.concatenate([-machine.intercept_, machine.intercept_])
        else:
            weights[seen], bias[seen] = machine.coef_, machine.intercept_
        for office in np.unique(material.refused_labels):
            weights[office], bias[office] = _taught_no(material, matrix, labels, office, reader, learn)
        found.append((weights, bias))
    return found


def _taught_no(
    material: _Material, matrix: Any, labels: Any, office: int, reader: int, learn: Any
) -> tuple[Any, Any]:
    """One office learned again with what it sent back counted against it: "not yours" is all that is known."""
    if not (labels == office).any():
        return np.zeros(matrix.shape[1]), -1.0
    mine = material.refused_labels == office
    rows = sparse.vstack([matrix, _view(material.refused, reader)[mine]])
    answers = np.concatenate([labels == office, np.zeros(mine.sum(), dtype=bool)])
    weights = np.concatenate([material.weights[learn], np.ones(mine.sum())])
    machine = LinearSVC(C=_VIEWS[reader][1], tol=1e-3, random_state=1).fit(rows, answers, weights)
    return machine.coef_[0], machine.intercept_[0]


def _words_alone(vocabulary: dict[str, int], block: Any) -> Any:
    """Single words only, each report of length 1: what likeness is measured by."""
    single = np.zeros(block.shape[1], dtype=np.float32)
    single[[at for term, at in vocabulary.items() if " " not in term]] = 1.0
    words = block @ sparse.diags(single)
    long = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).ravel())
    words = (sparse.diags(1.0 / np.where(long > 0, long, 1.0)) @ words).tocsr().astype(np.float32)
    words.eliminate_zeros()
    return words


def _ask_neighbours(words: Any, labels: Any, youth: Any, learn: Any, ask: Any, classes: int) -> Any:
    answers = np.empty((len(ask), classes))
    among = words[learn].T.tocsc()
    for start in range(0, len(ask), 256):
        part = ask[start : start + 256]
        similar = (words[part] @ among).toarray()
        for place, row in enumerate(similar):
            answers[start + place] = arrays.votes_of(row, labels[learn], youth[learn], classes)
    return answers


def _mixer(scores: Any, votes: Any, material: _Material, rows: Any) -> tuple[Any, Any]:
    """(weights, bias) of the last step, a column an office."""
    seen = np.unique(material.labels[rows])
    classes = votes.shape[1]
    matrix, bias = np.zeros((arrays.joined(scores[:1], votes[:1]).shape[1], classes)), np.full(classes, -8.0)
    last = LogisticRegression(C=_MIX_C, max_iter=60)
    last.fit(arrays.joined(scores[rows], votes[rows]), material.labels[rows], material.weights[rows])
    if len(seen) == 2:
        matrix[:, seen] = np.vstack([-last.coef_, last.coef_]).T / 2
        bias[seen] = np.concatenate([-last.intercept_, last.intercept_]) / 2
    else:
        matrix[:, seen], bias[seen] = last.coef_.T, last.intercept_
    return matrix, bias


def _trust(scores: Any, votes: Any, material: _Material, words: Any) -> tuple[Any, Any]:
    """How sure an answer may be, learned from mixed answers that were mixed without the report itself."""
    chances = np.full(votes.shape, 1.0 / votes.shape[1])
    for learn, ask in _folds(material.groups):
        mix, bias = _mixer(scores, votes, material, learn)
        chances[ask] = arrays.mixed(scores[ask], votes[ask], mix, bias)
    long = np.diff(material.blocks[WORDS].indptr)
    facts = arrays.trust_facts(chances, scores, votes, long)
    scale = np.stack([facts.mean(axis=0), facts.std(axis=0) + 1e-6])
    right = chances.argmax(axis=1) == material.labels
    if right.all() or not right.any():  # nothing to tell apart: its distance from the second office speaks
        weights = np.zeros(facts.shape[1] + 1)
        weights[0], weights[-1] = scale[1, 0], scale[0, 0]
        return weights, scale
    judge = LogisticRegression(C=_TRUST_C, max_iter=300).fit((facts - scale[0]) / scale[1], right)
    return np.concatenate([judge.coef_[0], judge.intercept_]), scale


def _packed(material: _Material, classes: int, columns: int) -> tuple[Any, Any, Any]:
    """(whole numbers by term, reader and office; their scale; bias) of the readers of all examples.

    A weight needs no more than 127 steps of the largest one of its reader and office; the model is a quarter of
    its size with them, and answers the same.
    """
    starts = np.cumsum([0, *(block.shape[1] for block in material.blocks)])
    packed = np.zeros((columns, READERS, classes), dtype=np.int8)
    scale, biases = (
        np.ones((READERS, classes), dtype=np.float32),
        np.zeros((READERS, classes), dtype=np.float32),
    )
    everything = np.arange(len(material.labels))
    for reader, (weights, bias) in enumerate(_readers(material, everything, classes)):
        scale[reader] = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
        whole = np.rint(weights / scale[reader][:, None]).astype(np.int8).T
        first = 0
        for number in _VIEWS[reader][0]:
            wide = material.blocks[number].shape[1]
            packed[starts[number] : starts[number] + wide, reader] = whole[first : first + wide]
            first += wide
        biases[reader] = bias
    return packed, scale, biases
