"""Does routing still fit the city? Twelve months of figures for the koordinator, in four queries.

Secret reports are left out everywhere: a number that moves would tell of them. Months are those of receiving, for
hand-overs those of handing over. Every query is bounded by time and grouped in the database.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from pendopo.domains.reports.models import Handover, Report, Suggestion
from pendopo.domains.reports.routing import judged
from pendopo.domains.reports.routing_model.measure import interval
from pendopo.kernel import clock

MONTHS = 12
FEW = 20  # below this a share says more about chance than about routing


@dataclass
class Month:
    """One month. Shares are 0–1; None where nothing was counted.

    `shift` is the share of reports that would have to change their category to look like the months before.
    """

    first: dt.date
    reports: int = 0
    handed: int = 0
    automatic: int = 0
    suggested: int = 0
    by_hand: int = 0
    returned: int = 0
    judged: int = 0
    right: int = 0
    certainty: float | None = None
    unknown: float | None = None
    shift: float | None = None
    mix: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float | None:
        return self.right / self.judged if self.judged else None

    @property
    def between(self) -> tuple[float, float]:
        """What the true share of right first suggestions may be (Wilson, 95 %)."""
        return interval(self.right, self.judged)

    @property
    def few(self) -> bool:
        return self.judged < FEW


def months(*, now: dt.datetime) -> list[Month]:
    """The last twelve months, oldest first; months without reports stand there with zeros."""
    firsts = _firsts(clock.local_date(now))
    found = {first: Month(first) for first in firsts}
    since = timezone.make_aware(dt.datetime.combine(firsts[0], dt.time()))
    _count_reports(found, since)
    _count_handovers(found, since)
    _count_suggestions(found, since)
    before: Counter[str] = Counter()
    for month in found.values():
        month.shift = shift(before, month.mix)
        before += month.mix
    return list(found.values())


def shift(before: Counter[str], now: Counter[str]) -> float | None:
    """Half the sum of the differences of the shares: 0 the same mix, 1 nothing in common; None without both."""
    old, new = before.total(), now.total()
    if not old or not new:
        return None
    return sum(abs(before[key] / old - now[key] / new) for key in set(before) | set(now)) / 2


def _firsts(today: dt.date) -> list[dt.date]:
    number = today.year * 12 + today.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]


def _count_reports(found: dict[dt.date, Month], since: dt.datetime) -> None:
    rows = (
        Report.objects.filter(received_at__gte=since, secret=False)
        .order_by()
        .annotate(month=TruncMonth("received_at"))
        .values_list("month", "category_id")
        .annotate(total=Count("pk"))
    )
    for month, category, total in rows:
        row = found.get(month.date())
        if row is not None:
            row.reports += total
            row.mix[category] += total


def _count_handovers(found: dict[dt.date, Month], since: dt.datetime) -> None:
    person = Q(origin=Handover.Origin.PERSON, automatic=False)
    rows = (
        # Every origin is named, so that the index on origin and moment serves.
        Handover.objects.filter(origin__in=Handover.Origin.values, at__gte=since, case__secret=False)
        .order_by()
        .annotate(month=TruncMonth("at"))
        .values("month")
        .annotate(
            handed=Count("pk"),
            machine=Count("pk", filter=Q(automatic=True)),
            person=Count("pk", filter=person),
            back=Count("pk", filter=Q(returned_at__isnull=False)),
        )
    )
    for row in rows:
        month = found.get(row["month"].date())
        if month is not None:
            month.handed, month.automatic, month.by_hand = row["handed"], row["machine"], row["person"]
            month.suggested = month.handed - month.automatic - month.by_hand
            month.returned = row["back"]


def _count_suggestions(found: dict[dt.date, Month], since: dt.datetime) -> None:
    first = Suggestion.objects.filter(rank=1, case__secret=False, case__received_at__gte=since).order_by()
    by_month = first.annotate(month=TruncMonth("case__received_at")).values("month")
    verdicts: dict[Any, tuple[int, int]] = defaultdict(lambda: (0, 0))
    judged_rows = judged().filter(case__received_at__gte=since).order_by()
    for row in (
        judged_rows.annotate(month=TruncMonth("case__received_at"))
        .values("month")
        .annotate(total=Count("pk"), good=Count("pk", filter=Q(right=True)))
    ):
        verdicts[row["month"]] = (row["good"], row["total"])
    for row in by_month.annotate(
        sure=Avg("score", filter=Q(origin=Handover.Origin.TEXT)), strange=Avg("unknown_words")
    ):
        month = found.get(row["month"].date())
        if month is not None:
            month.certainty, month.unknown = row["sure"], row["strange"]
            month.right, month.judged = verdicts[row["month"]]
