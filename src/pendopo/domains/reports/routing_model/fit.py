"""Fitting the text model (scikit-learn). Loaded only by who trains: see `learning`.

The readers are linear support vector machines, which forgive wrong labels better than logistic regression did. How to
mix them, which offices are named too seldom, and when to trust the answer, is learned from answers about reports
that the answering reader had not seen (folds that never split a repeated text).
"""

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from pendopo.domains.reports.routing_model import arrays
from pendopo.domains.reports.routing_model.arrays import GAINS, HALF_LIFE_DAYS, JOINT, READERS, TextModel
from pendopo.domains.reports.routing_model.duties import Duty
from pendopo.domains.reports.routing_model.terms import NEAR, PIECES, PLACE, WORDS, counts, same_text
from pendopo.kernel.errors import Refused

FOLDS = 3
MIN_PER_OFFICE = 5
_RARE = {WORDS: 2, NEAR: 3, PIECES: 3, PLACE: 1}  # a term in fewer reports is not kept
_MOST_TERMS = {WORDS: 60_000, NEAR: 80_000, PIECES: 80_000, PLACE: 5_000}
# What each reader sees, and how freely it may learn (chosen on rolling months).
_VIEWS = (((WORDS, NEAR, PIECES, PLACE), 0.4), ((WORDS, NEAR, PLACE), 0.4), ((PIECES, PLACE), 0.5))
_MIX_C, _TRUST_C = 0.15, 0.1
_SMALLEST = 5  # an office with fewer examples is not heard louder than one with so many, nor lifted
_DUTY = 3.0  # weight of a sentence about an office's duties, in reports (chosen on rolling months)
_LIFT_STEPS, _LIFT_STEP, _MOST_LIFT = 60, 0.3, 3.0  # logarithms; the search comes to rest within the steps


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
    """The examples as numbers: `blocks` are sparse matrices. The first `reports` rows are reports; the rows after them
    are duties of offices, which are learned from but never asked about."""

    reports: int
    blocks: list[Any]
    labels: Any
    weights: Any
    groups: Any
    age: Any
    refused: list[Any]
    refused_labels: Any


def fit(
    rows: Sequence[Example], refusals: Sequence[Refusal] = (), duties: Sequence[Duty] = (), *,
    min_per_office: int = MIN_PER_OFFICE,
) -> TextModel:  # fmt: skip
    """A model from examples; offices with too few are left to rules and place, whatever their duties. Raises Refused
    for one office only."""
    common = {o for o, n in Counter(row.office_id for row in rows).items() if n >= min_per_office}
    kept = [row for row in rows if row.office_id in common]
    if len(common) < 2:
        raise Refused("Contoh baru mencakup satu kantor; model belum dapat dilatih.")
    offices = np.array(sorted(common), dtype=np.int64)
    # One thread: on an office's small server several only wait for each other (measured: three times slower).
    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is meant
        known = [duty for duty in duties if duty.office_id in common]
        vocabulary, idf, material = _material(kept, refusals, known, offices)
        return _assemble(vocabulary, idf, material, offices)


def _material(
    rows: Sequence[Example], refusals: Sequence[Refusal], duties: Sequence[Duty], offices: Any
) -> tuple[tuple[dict[str, int], ...], Any, _Material]:
    found = [counts(row.text, row.category, row.area) for row in rows]
    said_no = [row for row in refusals if row.office_id in set(offices.tolist())]
    found_refused = [counts(row.text, row.category, row.area) for row in said_no]
    found_duties = [counts(duty.text, "", ()) for duty in duties]
    vocabularies, blocks, refused, idf, first = [], [], [], [], 0
    for number in range(len(GAINS)):
        vectorizer = TfidfVectorizer(
            analyzer=_spelled_out, sublinear_tf=True, min_df=_least(number, found), dtype=np.float32,
            max_features=_MOST_TERMS[number],
        )  # fmt: skip
        told = vectorizer.fit_transform([one[number] for one in found])
        blocks.append(sparse.vstack([told, _read(vectorizer, found_duties, number)]).tocsr() * GAINS[number])
        refused.append(_read(vectorizer, found_refused, number) * GAINS[number])
        vocabularies.append({term: first + int(at) for term, at in vectorizer.vocabulary_.items()})
        idf.append(vectorizer.idf_)
        first += blocks[-1].shape[1]
    newest = max(row.at for row in rows)
    timeless = [0.0] * len(duties)
    material = _Material(
        len(rows),
        blocks,
        np.searchsorted(offices, [row.office_id for row in rows] + [duty.office_id for duty in duties]),
        np.array([row.weight for row in rows] + [_DUTY] * len(duties)),
        np.unique([same_text(row.text) for row in rows], return_inverse=True)[1],
        np.array([(newest - row.at).total_seconds() / 86_400 for row in rows] + timeless),
        refused,
        np.searchsorted(offices, [row.office_id for row in said_no]),
    )
    return tuple(vocabularies), np.concatenate(idf).astype(np.float32), material


def _read(vectorizer: Any, found: Sequence[tuple[Counter[str], ...]], number: int) -> Any:
    """One block of texts that do not shape the vocabulary."""
    if not found:
        return sparse.csr_matrix((0, len(vectorizer.vocabulary_)), dtype=np.float32)
    return vectorizer.transform([one[number] for one in found])


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
    reports, classes = material.reports, len(offices)
    words = _words_alone(vocabulary[WORDS], material.blocks[WORDS])
    youth = np.power(0.5, material.age / HALF_LIFE_DAYS)
    scores = np.full((reports, READERS, classes), -1.0)
    votes = np.full((reports, classes), 1.0 / classes)
    for others, ask in _folds(material.groups):
        learn = np.concatenate([others, np.arange(reports, len(material.labels))])
        for reader, (weights, bias) in enumerate(_readers(material, learn, classes)):
            scores[ask, reader] = _view(material.blocks, reader)[ask] @ weights.T + bias
        votes[ask] = _ask_neighbours(words, material.labels, youth, learn, ask, classes)
    mix, mix_bias = _mixer(scores, votes, material, np.arange(reports))
    unseen = _unseen(scores, votes, material)
    lift = _lift(arrays.ordered(unseen, scores, np.ones(classes)), material.labels[:reports])
    trust, scale = _trust(unseen, scores, votes, lift, material)
    weights, step, bias = _packed(material, classes, len(idf))
    postings = words.tocsc()
    own = np.arange(len(youth)) < reports
    kept = {
        "idf": idf, "weights": weights, "scale": step, "bias": bias, "offices": offices,
        "mix": mix.astype(np.float32), "mix_bias": mix_bias.astype(np.float32), "lift": lift.astype(np.float32),
        "posting_start": postings.indptr.astype(np.int64), "posting_row": postings.indices.astype(np.int32),
        "posting_value": postings.data.astype(np.float32), "example_office": material.labels.astype(np.int32),
        "example_weight": (youth * np.where(own, material.weights, 1.0)).astype(np.float32),
        "trust": trust, "trust_scale": scale,
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
        heard = material.weights[learn] * (_louder(labels, classes) if reader == JOINT else 1.0)
        weights = np.zeros((classes, matrix.shape[1]), dtype=np.float32)
        bias = np.full(classes, -1.0)
        machine = LinearSVC(C=freedom, tol=1e-3, random_state=1).fit(matrix, labels, heard)
        if len(seen) == 2:  # scikit-learn keeps one row for two classes
            weights[seen] = np.vstack([-machine.coef_, machine.coef_])
            bias[seen] = np.concatenate([-machine.intercept_, machine.intercept_])
        else:
            weights[seen], bias[seen] = machine.coef_, machine.intercept_
        for office in np.unique(material.refused_labels):
            weights[office], bias[office] = _taught_no(material, matrix, labels, office, reader, heard)
        found.append((weights, bias))
    return found


def _louder(labels: Any, classes: int) -> Any:
    """How loud the joint reader hears the examples of an office: the square root of how much smaller than the mean it
    is. In all three readers it gained less (rolling months)."""
    size = np.bincount(labels, minlength=classes)
    return np.sqrt(len(labels) / classes / np.maximum(size, _SMALLEST))[labels]


def _taught_no(
    material: _Material, matrix: Any, labels: Any, office: int, reader: int, heard: Any
) -> tuple[Any, Any]:
    """One office learned again with what it sent back counted against it: "not yours" is all that is known."""
    if not (labels == office).any():
        return np.zeros(matrix.shape[1]), -1.0
    mine = material.refused_labels == office
    rows = sparse.vstack([matrix, _view(material.refused, reader)[mine]])
    answers = np.concatenate([labels == office, np.zeros(mine.sum(), dtype=bool)])
    weights = np.concatenate([heard, np.ones(mine.sum())])
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
    """(weights, bias) of the last step, a column an office: halfway between what each office learned for itself and
    what all learned together.

    Large offices know best which reader to believe; a small one has too few reports to know more than all others do.
    """
    labels, weights = material.labels[rows], material.weights[rows]
    seen = arrays.joined(scores[rows], votes[rows])
    mix, bias = _each_alone(seen, labels, weights, votes.shape[1])
    size = np.log(np.maximum(np.bincount(labels, weights, votes.shape[1]), 0.5) / weights.sum())
    together = _all_alike(seen.reshape(len(rows), READERS + 1, -1), labels, weights, size)
    mix, bias = mix / 2, bias / 2 + together[-1] / 2 * size
    for source, weight in enumerate(together[:-1]):
        at = np.arange(len(size))
        mix[source * len(size) + at, at] += weight / 2
    return mix, bias


def _each_alone(seen: Any, labels: Any, weights: Any, classes: int) -> tuple[Any, Any]:
    """Logistic regression: every office weighs what every reader says about every office."""
    known = np.unique(labels)
    mix, bias = np.zeros((seen.shape[1], classes)), np.full(classes, -8.0)
    last = LogisticRegression(C=_MIX_C, max_iter=60).fit(seen, labels, weights)
    if len(known) == 2:
        mix[:, known] = np.vstack([-last.coef_, last.coef_]).T / 2
        bias[known] = np.concatenate([-last.intercept_, last.intercept_]) / 2
    else:
        mix[:, known], bias[known] = last.coef_.T, last.intercept_
    return mix, bias


def _all_alike(seen: Any, labels: Any, weights: Any, size: Any) -> Any:
    """Conditional logistic regression (McFadden): one weight for each reader and for log(share), the same for all
    offices. `seen` is report × reader × office."""
    facts = np.concatenate([seen, np.broadcast_to(size, (len(seen), 1, len(size)))], axis=1)
    at, total = np.arange(len(labels)), weights.sum()

    def loss(tried: Any) -> tuple[float, Any]:
        chances = arrays.softmax(np.einsum("nfk,f->nk", facts, tried))
        missed = -(weights * np.log(chances[at, labels] + 1e-12)).sum() / total
        chances[at, labels] -= 1.0
        slope = np.einsum("nk,nfk->f", chances * weights[:, None], facts) / total
        return missed + 1e-3 * tried @ tried, slope + 2e-3 * tried

    start = np.zeros(facts.shape[1])
    return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x


def _unseen(scores: Any, votes: Any, material: _Material) -> Any:
    """The chances of every office for every report, mixed without the report itself."""
    chances = np.full(votes.shape, 1.0 / votes.shape[1])
    for learn, ask in _folds(material.groups):
        mix, bias = _mixer(scores, votes, material, learn)
        chances[ask] = arrays.mixed(scores[ask], votes[ask], mix, bias)
    return chances


def _lift(chances: Any, labels: Any) -> Any:
    """A factor for each office, 1 or more. An office that is named first too seldom gets half of what (in logarithms)
    would let it be named as often as reports were its own.

    Only numbers of answers are compared, never which answers were right, so eight reports are enough to go by. The
    whole of it cost first answers and macro-F1 (rolling months).
    """
    real = np.bincount(labels, minlength=chances.shape[1])
    logs, lift = np.log(chances + 1e-9), np.zeros(chances.shape[1])
    for _ in range(_LIFT_STEPS):
        named = np.bincount((logs + lift).argmax(axis=1), minlength=len(lift))
        lift += _LIFT_STEP * np.log((real + 1) / (named + 1))
        lift = np.minimum(lift - lift[real.argmax()], _MOST_LIFT)
    return np.exp(np.where(real >= _SMALLEST, np.maximum(lift, 0.0) / 2, 0.0))


def _trust(unseen: Any, scores: Any, votes: Any, lift: Any, material: _Material) -> tuple[Any, Any]:
    """How sure an answer may be, learned from answers that were mixed without the report itself."""
    first = arrays.ordered(unseen, scores, lift).argmax(axis=1)
    long = np.diff(material.blocks[WORDS].indptr)[: material.reports]
    facts = arrays.trust_facts(unseen, first, scores, votes, long)
    scale = np.stack([facts.mean(axis=0), facts.std(axis=0) + 1e-6])
    right = first == material.labels[: material.reports]
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
