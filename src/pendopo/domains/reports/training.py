"""Training the text model from the office's own closed reports (scikit-learn), measured on later ones."""

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from pendopo.base.organizations.models import Kind
from pendopo.domains.reports.models import CLOSED, Report, RoutingModel
from pendopo.domains.reports.routing import lower_bound
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, TextModel, features
from pendopo.kernel.errors import Refused

MIN_EXAMPLES = 200
MAX_EXAMPLES = 20_000  # the latest: what offices do changes, and a night has an end
MIN_PER_OFFICE = 5
ROUNDS = 40  # of the solver: more of them change no answer (measured on the demo city)
KEPT = 5  # models no longer in use that stay for comparison
_OF_THE_PLACE = {Kind.VILLAGE: THE_KELURAHAN, Kind.DISTRICT: THE_KECAMATAN}
PRECISIONS = (0.80, 0.85, 0.90, 0.95, 0.98)


@dataclass(frozen=True)
class Example:
    """One closed report: its words, category, and the office that really dealt with it (see `Guess`)."""

    text: str
    category: str
    office_id: int
    at: dt.datetime


@dataclass(frozen=True)
class Measured:
    """Shares on the later fifth of the examples, and certainty thresholds per precision."""

    top1: float
    top3: float
    thresholds: dict[str, float]


def examples() -> list[Example]:
    """The latest closed, never secret reports with the office that closed them, oldest first."""
    rows = (
        Report.objects.filter(status__in=CLOSED, secret=False)
        .order_by("-received_at", "-pk")
        .values_list("text", "category_id", "office_id", "received_at", "office__kind")[:MAX_EXAMPLES]
    )
    found = [Example(text, key, _OF_THE_PLACE.get(kind, office), at) for text, key, office, at, kind in rows]
    return found[::-1]


def _analyzer(pair: tuple[str, str]) -> list[str]:
    return features(*pair)


def fit(rows: Sequence[Example]) -> TextModel:
    """A model from examples; offices with too few are left to rules and place."""
    common = {o for o, n in Counter(row.office_id for row in rows).items() if n >= MIN_PER_OFFICE}
    kept = [row for row in rows if row.office_id in common]
    if len(common) < 2:
        raise Refused("Contoh baru mencakup satu kantor; model belum dapat dilatih.")
    vectorizer = TfidfVectorizer(
        analyzer=_analyzer, sublinear_tf=True, min_df=2, max_features=60_000, dtype=np.float32
    )
    matrix = vectorizer.fit_transform([(row.text, row.category) for row in kept])
    classifier = LogisticRegression(C=8.0, max_iter=ROUNDS)
    # One thread: on an office's small server several only wait for each other (measured: three times slower).
    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is meant
        classifier.fit(matrix, [row.office_id for row in kept])
    weights, bias = classifier.coef_, classifier.intercept_
    if len(classifier.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return TextModel(dict(vectorizer.vocabulary_), vectorizer.idf_, weights, bias, classifier.classes_)


def measure(model: TextModel, later: Sequence[Example]) -> Measured:
    """How often the first and the first three offices were right, and which certainty is safe enough."""
    outcomes: list[tuple[float, bool]] = []
    top3 = 0
    for row in later:
        guesses = model.predict(row.text, category=row.category, top=3)
        top3 += any(guess.office_id == row.office_id for guess in guesses)
        if guesses:
            outcomes.append((guesses[0].certainty, guesses[0].office_id == row.office_id))
    right = sum(ok for _certainty, ok in outcomes)
    total = len(later) or 1
    return Measured(right / total, top3 / total, thresholds(outcomes))


def thresholds(outcomes: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """For each precision the lowest certainty such that the guesses at or above it are proven to reach it.

    Proven as for rules: the cautious lower bound (Wilson, 95 %) of their share, so few guesses prove nothing.
    """
    ordered = sorted(outcomes, reverse=True)
    found: dict[str, float] = {}
    right = 0
    for count, (certainty, ok) in enumerate(ordered, start=1):
        right += ok
        if count < len(ordered) and ordered[count][0] == certainty:
            continue  # equally sure guesses stand or fall together
        proven = lower_bound(right, count)
        found.update({f"{precision:.2f}": certainty for precision in PRECISIONS if proven >= precision})
    return found


@transaction.atomic
def train(*, now: dt.datetime) -> RoutingModel:
    """Train on the older four fifths, measure on the later fifth, then keep a model of all examples.

    The new model takes over only if it is not worse than the one in use. Raises Refused with too few reports.
    """
    rows = examples()
    if len(rows) < MIN_EXAMPLES:
        raise Refused(f"Baru ada {len(rows)} laporan selesai; model dilatih mulai {MIN_EXAMPLES} laporan.")
    cut = len(rows) * 4 // 5
    measured = measure(fit(rows[:cut]), rows[cut:])
    model = fit(rows)
    current = RoutingModel.objects.select_for_update().filter(in_use=True).first()
    better = current is None or measured.top1 >= current.top1 - 0.01
    if current is not None and better:
        current.in_use = False
        current.save(update_fields=["in_use"])
    trained = RoutingModel.objects.create(
        trained_at=now,
        examples=len(rows),
        classes=len(model.offices),
        top1=measured.top1,
        top3=measured.top3,
        thresholds=measured.thresholds,
        weights=model.dump(),
        in_use=better,
    )
    _forget_old()
    return trained


def _forget_old() -> None:
    """A model weighs megabytes and one is trained every night."""
    unused = RoutingModel.objects.filter(in_use=False).order_by("-trained_at", "-pk")
    RoutingModel.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[KEPT:])).delete()
