"""Was it really solved? Numbers that are never mixed: who closed, what the reporter says, what neighbours say,
and whether it was reported again. Each is a count out of a count, with its margin.

A closing writes one fact in its own transaction. After the days of the policy a sweep looks once whether the
problem came back. Pages read monthly sums, which are made anew only for months in which a fact changed.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from pendopo.domains.reports.models import (
    CLOSED,
    NeighbourVerdict,
    Report,
    ResolutionFact,
    ResolutionMonth,
    ResolutionPolicy,
    Status,
)
from pendopo.domains.reports.models.resolution import Again, How
from pendopo.domains.reports.resolution_again import came_back
from pendopo.kernel import clock
from pendopo.kernel.caches import timed

HOW = {
    Status.CLOSED_BY_CITIZEN: How.CITIZEN,
    Status.CLOSED_BY_OFFICER: How.OFFICER,
    Status.CLOSED_BY_SYSTEM: How.TIMER,
}
AT_ONCE = 500
MONTHS_LOOKED_AT = 13  # months made anew every night: reports of these may have become secret or hidden
_Z = 1.959964  # 95 %
_DEFAULT = ResolutionPolicy(days=30, metres=100, least=20)


@timed(60)
def policy_on(day: dt.date) -> ResolutionPolicy:
    """The policy in force on a day; the product's own when an office has none."""
    return ResolutionPolicy.objects.in_force(on=day).first() or _DEFAULT


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with the 95 % Wilson interval: where the true share lies if this were a sample."""

    part: int
    whole: int
    least: int = 20

    @property
    def enough(self) -> bool:
        return self.whole >= self.least

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson score interval at 95 %: honest for few cases and for shares near 0 or 1 (Wilson 1927)."""
    if whole <= 0:
        return 0.0, 1.0
    share, z2 = part / whole, _Z * _Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    reach = _Z * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    # At the ends the bound is exact; arithmetic alone would miss it by 1e-17.
    return (0.0 if part == 0 else max(0.0, middle - reach)), (
        1.0 if part == whole else min(1.0, middle + reach)
    )


def note_closing(report: Report, *, now: dt.datetime) -> None:
    """Write the fact of a closing, in its transaction. Closing the same round again changes who closed it."""
    ResolutionFact.objects.update_or_create(
        case=report, round=report.reopened_count, defaults=_values(report, now)
    )


def note_reopening(report: Report, *, now: dt.datetime) -> None:
    """The report was opened again: the earlier closing did not hold, if it was within the policy's days."""
    day = clock.local_date(now)
    facts = ResolutionFact.objects.filter(case=report, round=report.reopened_count - 1, again="")
    facts.filter(window_ends__gte=day).update(again=Again.REOPENED, reporter_says=False, changed_at=now)


def note_verdicts(report_id: int, round_: int, *, now: dt.datetime) -> None:
    """Count the voices about one closing anew."""
    voices = NeighbourVerdict.objects.filter(case=report_id, round=round_)
    counted = voices.aggregate(
        yes=Count("pk", filter=Q(reporter=False, done=True)),
        no=Count("pk", filter=Q(reporter=False, done=False)),
    )
    said = voices.filter(reporter=True).values_list("done", flat=True).first()
    facts = ResolutionFact.objects.filter(case=report_id, round=round_)
    facts.update(yes=counted["yes"], no=counted["no"], changed_at=now)
    if said is not None:
        facts.exclude(how=How.CITIZEN).update(reporter_says=said)


def _values(report: Report, now: dt.datetime) -> dict[str, Any]:
    closed = report.closed_at or now
    day = clock.local_date(closed)
    how = HOW[Status(report.status)]
    return {
        "public": not (report.secret or report.hidden),
        "how": how,
        "closed_at": closed,
        "month": day.replace(day=1),
        "office_id": report.office_id,
        "category_id": report.category_id,
        "district_id": district_of(report.region_id),
        "reporter_says": True if how == How.CITIZEN else None,
        "window_ends": day + dt.timedelta(days=policy_on(day).days),
        "settled": False,
        "again": "",
        "changed_at": now,
    }


def district_of(region: str) -> str:
    """The code of the kecamatan of a kelurahan ("99.71.01.1001" → "99.71.01")."""
    return ".".join(region.split(".")[:3])


def refresh(*, now: dt.datetime) -> dict[str, int]:
    """Everything the clock does: facts that are missing, windows that ended, sums of months that changed."""
    return {"missed": add_missing(now=now), "settled": settle(now=now), "months": sum_up(now=now)}


def add_missing(*, now: dt.datetime) -> int:
    """Facts for closings that no action wrote: the demo city, imports, an override. Returns how many."""
    there = ResolutionFact.objects.filter(case=OuterRef("pk"), round=OuterRef("reopened_count")).values("pk")
    missing = Report.objects.filter(status__in=CLOSED, closed_at__isnull=False).annotate(
        fact=Subquery(there[:1])
    )
    added, last = 0, 0
    while True:
        rows = list(missing.filter(fact=None, pk__gt=last).order_by("pk")[:AT_ONCE])
        if not rows:
            return added
        facts = [ResolutionFact(case=r, round=r.reopened_count, **_values(r, now)) for r in rows]
        added += len(ResolutionFact.objects.bulk_create(facts, ignore_conflicts=True))
        last = rows[-1].pk


def settle(*, now: dt.datetime) -> int:
    """Judge closings whose days are over: did it come back? Each once. Returns how many were judged."""
    today, judged = clock.local_date(now), 0
    due = ResolutionFact.objects.filter(settled=False, window_ends__lt=today)
    while True:
        facts = list(due.select_related("case").order_by("window_ends", "pk")[:AT_ONCE])
        if not facts:
            return judged
        with transaction.atomic():
            metres = {fact.pk: policy_on(clock.local_date(fact.closed_at)).metres for fact in facts}
            back = came_back(facts, metres)
            for reason in set(back.values()):
                which = [pk for pk, why in back.items() if why == reason]
                ResolutionFact.objects.filter(pk__in=which, again="").update(again=reason)
            ResolutionFact.objects.filter(pk__in=metres).update(settled=True, changed_at=now)
        judged += len(facts)


def sum_up(*, now: dt.datetime, months: Iterable[dt.date] | None = None) -> int:
    """Make the sums of changed months anew (or of the given ones). Returns how many months."""
    wanted = sorted(set(_changed_months() if months is None else months))
    for month in wanted:
        _sum_month(month, now)
    return len(wanted)


def latest_months(today: dt.date) -> list[dt.date]:
    """The first days of the months that are made anew every night."""
    count = today.year * 12 + today.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(count - MONTHS_LOOKED_AT + 1, count + 1)]


def _changed_months() -> list[dt.date]:
    summed = ResolutionMonth.objects.aggregate(last=Max("computed_at"))["last"]
    facts = ResolutionFact.objects.all()
    if summed is not None:
        facts = facts.filter(changed_at__gte=summed)
    return list(facts.order_by().values_list("month", flat=True).distinct())


@transaction.atomic
def _sum_month(month: dt.date, now: dt.datetime) -> None:
    counted = Q(case__isnull=True, public=True) | Q(case__secret=False, case__hidden=False)
    spoke, judged = Q(reporter_says__isnull=False), Q(yes__gt=0) | Q(no__gt=0)
    rows = (
        ResolutionFact.objects.filter(counted, month=month)
        .order_by()
        .values("office_id", "category_id", "district_id")
        .annotate(
            n_citizen=Count("pk", filter=Q(how=How.CITIZEN)),
            n_officer=Count("pk", filter=Q(how=How.OFFICER)),
            n_timer=Count("pk", filter=Q(how=How.TIMER)),
            n_spoke=Count("pk", filter=spoke),
            n_done=Count("pk", filter=Q(reporter_says=True)),
            n_judged=Count("pk", filter=judged),
            n_judged_done=Count("pk", filter=judged & Q(yes__gt=F("no"))),
            n_settled=Count("pk", filter=Q(settled=True)),
            n_again=Count("pk", filter=Q(settled=True) & ~Q(again="")),
        )
    )
    ResolutionMonth.objects.filter(month=month).delete()
    ResolutionMonth.objects.bulk_create(
        ResolutionMonth(
            month=month, office_id=row["office_id"], category_id=row["category_id"],
            district_id=row["district_id"], citizen=row["n_citizen"], officer=row["n_officer"],
            timer=row["n_timer"], reporter_spoke=row["n_spoke"], reporter_done=row["n_done"],
            judged=row["n_judged"], judged_done=row["n_judged_done"], settled=row["n_settled"],
            again=row["n_again"], computed_at=now,
        )
        for row in rows
    )  # fmt: skip


def build_demo(city: Any) -> None:
    """The demo city: facts of its closings, a few voices of neighbours, and the sums."""
    missed = add_missing(now=city.now)
    if missed:
        _demo_voices(city)
    settle(now=city.now)
    sum_up(now=city.now, months=_changed_months())
    city.record("fakta penyelesaian", missed)


def _demo_voices(city: Any) -> None:
    """About one closing in eight is judged by neighbours; who closed it shifts what they say."""
    dice = city.rng("resolution")
    facts = list(ResolutionFact.objects.filter(case__isnull=False, public=True).order_by("case_id", "round"))
    voices = []
    for fact in facts:
        if dice.random() > 1 / 8:
            continue
        right = {How.CITIZEN: 0.95, How.OFFICER: 0.82, How.TIMER: 0.66}[How(fact.how)]
        said = [dice.random() < right for _ in range(dice.choice((1, 1, 2, 3)))]
        fact.yes, fact.no, fact.changed_at = sum(said), len(said) - sum(said), city.now
        voices += [
            NeighbourVerdict(case_id=fact.case_id, round=fact.round, done=d, at=city.now) for d in said
        ]
    NeighbourVerdict.objects.bulk_create(voices, batch_size=1000)
    ResolutionFact.objects.bulk_update(facts, ["yes", "no", "changed_at"], batch_size=1000)
