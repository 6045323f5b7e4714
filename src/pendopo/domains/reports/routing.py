"""Which office should act: the koordinator's rules, the place, and the words – each with its reason."""

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import office_for_region
from pendopo.domains.reports import textmodel
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, RoutingRule, Suggestion
from pendopo.kernel.caches import timed

Origin = Handover.Origin
TOP = 3


@dataclass(frozen=True)
class Found:
    """One suggested office. `score` is the text model's calibrated certainty, None for rules and place."""

    office_id: int
    origin: str
    reason: str
    score: float | None = None
    rule_id: int | None = None
    words: list[str] = field(default_factory=list)

    def as_fields(self) -> dict[str, Any]:
        return {
            "office_id": self.office_id,
            "origin": self.origin,
            "reason": self.reason[:300],
            "score": self.score,
            "rule_id": self.rule_id,
            "words": [word[:40] for word in self.words],
        }


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its categories and regions read once, so that matching a report asks no query."""

    rule: RoutingRule
    categories: frozenset[str]
    regions: tuple[str, ...]

    def fits(self, *, category: str, region: str, at: dt.datetime) -> bool:
        """`at` in local time. An empty condition always fits; a window may pass midnight (22:00–05:00)."""
        if self.categories and category not in self.categories:
            return False
        if self.regions and not any(region == code or region.startswith(code + ".") for code in self.regions):
            return False
        if self.rule.weekdays and at.isoweekday() not in self.rule.weekdays:
            return False
        since, until = self.rule.from_time, self.rule.until_time
        if since is None or until is None:
            return True
        moment = at.time()
        return since <= moment < until if since <= until else (moment >= since or moment < until)


@timed(20)
def compiled_rules() -> tuple[CompiledRule, ...]:
    """Active rules in their order (three queries, kept for 20 seconds in each process)."""
    rules = RoutingRule.objects.filter(active=True).prefetch_related("categories", "regions")
    return tuple(
        CompiledRule(
            rule,
            frozenset(category.pk for category in rule.categories.all()),
            tuple(region.pk for region in rule.regions.all()),
        )
        for rule in rules
    )


def suggest(report: Report, *, now: dt.datetime) -> list[Found]:
    """Up to three offices, best first: a fitting rule wins, then words above place when they are sure.

    The text model is silent until it is trained; then only place and rules speak.
    """
    local = office_for_region(report.region_id)
    by_rule = _by_rule(report, local, now=now)
    by_words = _by_words(report)
    by_place = _by_place(report, local)
    found: dict[int, Found] = {}
    for candidate in [*by_rule, *by_words, *by_place]:
        found.setdefault(candidate.office_id, candidate)
    return list(found.values())[:TOP]


def _by_rule(report: Report, local: Organization | None, *, now: dt.datetime) -> list[Found]:
    at = timezone.localtime(now)
    for compiled in compiled_rules():
        if compiled.fits(category=report.category_id, region=report.region_id, at=at):
            office_id = compiled.rule.office_id or (local.pk if local else None)
            if office_id is not None:
                reason = _("Aturan %(order)s: %(name)s") % {
                    "order": compiled.rule.order,
                    "name": compiled.rule.name,
                }
                return [Found(office_id, Origin.RULE, reason, rule_id=compiled.rule.pk)]
    return []


def _by_place(report: Report, local: Organization | None) -> list[Found]:
    if local is None:
        return []
    return [
        Found(local.pk, Origin.PLACE, _("Tempat kejadian di wilayah %(office)s") % {"office": local.name})
    ]


def _by_words(report: Report) -> list[Found]:
    model = textmodel.in_use()
    if model is None:
        return []
    found = []
    for guess in model.predict(report.text, category=report.category_id, top=TOP):
        share = round(guess.certainty * 100)
        reason = _("Isi laporan mirip laporan yang dikerjakan kantor ini (kepastian %(share)s %%)") % {
            "share": share
        }
        found.append(Found(guess.office_id, Origin.TEXT, reason, score=guess.certainty, words=guess.words))
    return found


def is_sure_enough(best: Found | Suggestion, policy: RoutingPolicy) -> bool:
    """May this suggestion act alone? Only when its own measured precision is proven above the threshold.

    Text: certainty above the threshold that reached the precision on later, unseen reports. Rule and place:
    the share of earlier disposisi from it that were not returned, as a cautious (Wilson, 95 %) lower bound.
    """
    if best.origin == Origin.TEXT:
        model = textmodel.in_use()
        limit = model.threshold_for(policy.min_precision) if model else None
        return limit is not None and best.score is not None and best.score >= limit
    if (
        best.origin == Origin.RULE
        and not RoutingRule.objects.filter(pk=best.rule_id or 0, automatic=True).exists()
    ):
        return False
    kept, total = track_record(best.origin, rule_id=best.rule_id)
    return total >= policy.min_cases and lower_bound(kept, total) >= policy.min_precision


def track_record(origin: str, *, rule_id: int | None) -> tuple[int, int]:
    """(not returned, all) disposisi made from this origin (and rule).

    Secret reports are left out: a number that moves would tell of them.
    """
    rows = Handover.objects.filter(origin=origin, case__secret=False)
    if rule_id is not None:
        rows = rows.filter(rule_id=rule_id)
    counts = rows.aggregate(total=Count("pk"), kept=Count("pk", filter=Q(returned_at=None)))
    return counts["kept"], counts["total"]


def lower_bound(kept: int, total: int, z: float = 1.96) -> float:
    """Wilson score lower bound of a share; 0 for no cases (E. B. Wilson, 1927)."""
    if total == 0:
        return 0.0
    share = kept / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (centre - spread) / (1 + z * z / total)


def track_records() -> dict[int, tuple[int, int]]:
    """(not returned, all) disposisi of every rule that made any, by rule id, in one query.

    Secret reports are left out, as in `track_record`.
    """
    rows = (
        Handover.objects.filter(rule__isnull=False, case__secret=False)
        .values("rule_id")
        .annotate(total=Count("pk"), kept=Count("pk", filter=Q(returned_at=None)))
    )
    return {row["rule_id"]: (row["kept"], row["total"]) for row in rows}
