"""Training from the office's own closed reports, and the gate: a worse model never takes over.

The gate compares two models on the same reports, which neither has learned from. The model in use has learned from
everything closed before it was trained, so only reports closed after that can judge it. The new one is judged by a
twin that learns from the older reports alone; the model that takes over then learns from all. Until GATE reports have
been closed since, there is nothing to compare, and the model in use stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from pendopo.base.organizations.models import Kind
from pendopo.domains.reports.models import CLOSED, Handover, Report, RoutingModel
from pendopo.domains.reports.routing_model.fit import Example, Refusal, fit
from pendopo.domains.reports.routing_model.measure import thresholds
from pendopo.domains.reports.routing_model.terms import same_text
from pendopo.domains.reports.textmodel import THE_KECAMATAN, THE_KELURAHAN, TextModel, area_of, read_row
from pendopo.kernel.errors import Refused

MIN_EXAMPLES = 200
MAX_EXAMPLES = 12_000  # the latest: what offices do changes, and a night has an end
GATE = 50  # reports closed after the model in use was trained, before another may take its place
KEPT = 5  # models no longer in use that stay for comparison
SENT_ON = 2.0  # weight of a report that came back from a wrong office before the right one closed it
OF_THE_PLACE: dict[str, int] = {Kind.VILLAGE: THE_KELURAHAN, Kind.DISTRICT: THE_KECAMATAN}


@dataclass(frozen=True)
class Measured:
    """Shares on the later fifth of the examples, and certainty thresholds per precision."""

    top1: float
    top3: float
    thresholds: dict[str, float]


@dataclass(frozen=True)
class Compared:
    """How many reports judged both models, and how many first answers of each were right."""

    reports: int
    new: int
    current: int

    @property
    def passed(self) -> bool:
        return self.new >= self.current


def examples(most: int | None = None) -> list[Example]:
    """The latest closed, never secret reports with the office that closed them, in the order of closing.

    One that a wrong office had sent back counts double: that is where suggestions fail.
    """
    rows = (
        Report.objects.filter(status__in=CLOSED, secret=False)
        .order_by("-closed_at", "-pk")
        .values_list("text", "category_id", "office_id", "closed_at", "region_id", "pk", "office__kind")
    )[: most or MAX_EXAMPLES]
    sent_on = set(Handover.objects.exclude(returned_at=None).values_list("case_id", flat=True))
    found = [
        Example(
            text, key, OF_THE_PLACE.get(kind, office), at, area_of(region), SENT_ON if pk in sent_on else 1.0
        )
        for text, key, office, at, region, pk, kind in rows
        if at is not None
    ]
    return found[::-1]


def refusals(*, before: dt.datetime) -> list[Refusal]:
    """Hand-overs that came back and whose reports are not closed yet: "not yours" is known, the right office not."""
    rows = (
        Handover.objects.filter(returned_at__lt=before, case__secret=False)
        .exclude(case__status__in=CLOSED)
        .order_by("-pk")
        .values_list("case__text", "case__category_id", "target_id", "case__region_id", "target__kind")
    )[:MAX_EXAMPLES]
    return [
        Refusal(text, key, OF_THE_PLACE.get(kind, office), area_of(region))
        for text, key, office, region, kind in rows
    ]


def measure(model: TextModel, later: Sequence[Example]) -> Measured:
    """How often the first and the first three offices were right, and which certainty is safe enough."""
    outcomes: list[tuple[float, bool]] = []
    top3 = 0
    for row in later:
        guesses = model.predict(row.text, category=row.category, area=row.area, top=3)
        top3 += any(guess.office_id == row.office_id for guess in guesses)
        if guesses:
            outcomes.append((guesses[0].certainty, guesses[0].office_id == row.office_id))
    right = sum(ok for _certainty, ok in outcomes)
    total = len(later) or 1
    return Measured(right / total, top3 / total, thresholds(outcomes))


def train(*, now: dt.datetime, more: Sequence[Example] = (), most: int | None = None) -> RoutingModel:
    """Train on the older four fifths, measure on the later fifth, then keep a model of all examples.

    `more` are examples from elsewhere (a file); `most` limits the office's own to the latest. The new model takes
    over only if the gate lets it. Raises Refused with
    too few reports, or too few since the model in use was trained.
    """
    rows = sorted([*more, *examples(most)], key=lambda row: row.at)[-MAX_EXAMPLES:]
    if len(rows) < MIN_EXAMPLES:
        raise Refused(f"Baru ada {len(rows)} laporan selesai; model dilatih mulai {MIN_EXAMPLES} laporan.")
    current = RoutingModel.objects.filter(in_use=True).first()
    served = read_row(current) if current else None
    unseen = [row for row in rows if current and row.at > current.trained_at]
    if served is not None and len(unseen) < GATE:
        raise Refused(
            f"Baru {len(unseen)} laporan selesai sejak model yang dipakai dilatih;"
            f" model baru diadu mulai {GATE} laporan."
        )
    older, later = halves(rows, at_least=len(unseen) if served else 0)
    twin = fit(older, refusals(before=later[0].at))
    measured = measure(twin, later)
    compared = compare(twin, served, [row for row in later if current and row.at > current.trained_at])
    model = fit(rows, refusals(before=now))
    return _keep(model, measured, compared, rows=len(rows), current=current, now=now)


def halves(rows: Sequence[Example], *, at_least: int) -> tuple[list[Example], list[Example]]:
    """The older examples and the later fifth (or the latest `at_least`), which holds no text of the older ones."""
    cut = min(len(rows) * 4 // 5, len(rows) - at_least)
    older, later = list(rows[:cut]), list(rows[cut:])
    known = {same_text(row.text) for row in older}
    fresh = [row for row in later if same_text(row.text) not in known]
    if not older or not fresh:
        raise Refused("Isi laporan yang baru semuanya mengulang yang lama; model belum dapat diukur.")
    return older, fresh


def compare(twin: TextModel, current: TextModel | None, unseen: Sequence[Example]) -> Compared | None:
    """Both models on the same reports; None without a model in use. Nothing to judge by lets nobody through."""
    if current is None:
        return None
    if not unseen:
        return Compared(0, 0, 1)
    return Compared(len(unseen), _right(twin, unseen), _right(current, unseen))


def _right(model: TextModel, rows: Sequence[Example]) -> int:
    answers = [model.predict(row.text, category=row.category, area=row.area, top=1) for row in rows]
    return sum(
        bool(one) and one[0].office_id == row.office_id for one, row in zip(answers, rows, strict=True)
    )


@transaction.atomic
def _keep(
    model: TextModel, measured: Measured, compared: Compared | None, *,
    rows: int, current: RoutingModel | None, now: dt.datetime,
) -> RoutingModel:  # fmt: skip
    """Store the new model, in use if it passed and the model it was held against is still the one in use."""
    held = RoutingModel.objects.select_for_update().filter(in_use=True).first()
    if held != current:
        raise Refused("Model lain baru saja dipakai. Ulangi pelatihan supaya keduanya dibandingkan.")
    passed = compared is None or compared.passed
    if held is not None and passed:
        held.in_use = False
        held.save(update_fields=["in_use"])
    trained = RoutingModel.objects.create(
        trained_at=now,
        examples=rows,
        classes=len(model.offices),
        top1=measured.top1,
        top3=measured.top3,
        compared_on=compared.reports if compared else 0,
        compared_new=compared.new if compared else 0,
        compared_current=compared.current if compared else 0,
        thresholds=measured.thresholds,
        weights=model.dump(),
        in_use=passed,
    )
    _forget_old()
    return trained


def _forget_old() -> None:
    """A model weighs megabytes and one may be trained every night."""
    unused = RoutingModel.objects.filter(in_use=False).order_by("-trained_at", "-pk")
    RoutingModel.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[KEPT:])).delete()
