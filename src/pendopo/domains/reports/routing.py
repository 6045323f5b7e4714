"""Which office should act: the koordinator's rules, the place, and the words – each with its reason."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import office_for_region
from pendopo.domains.reports import textmodel
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, RoutingRule, Status, Suggestion
from pendopo.domains.reports.routing_model.measure import lower_bound
from pendopo.kernel.caches import timed

Origin = Handover.Origin
TOP = 3
LATEST = 1000  # reports by which a rule is judged: offices change their minds


@dataclass(frozen=True)
class Found:
    """One suggested office. `score` is the text model's calibrated certainty, None for rules and place."""

    office_id: int
    origin: str
    reason: str
    score: float | None = None
    rule_id: int | None = None
    words: list[str] = field(default_factory=list)
    unknown_words: float | None = None

    def as_fields(self) -> dict[str, Any]:
        return {
            "office_id": self.office_id,
            "origin": self.origin,
            "reason": self.reason[:300],
            "score": self.score,
            "unknown_words": self.unknown_words,
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
    """Active rules in their order, none that names a closed office (three queries, kept for 20 seconds in each
    process)."""
    open_office = Q(office=None) | Q(office__active=True)
    rules = RoutingRule.objects.filter(open_office, active=True).prefetch_related("categories", "regions")
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
    local = _local_office(report.region_id)
    by_rule = _by_rule(report, local, now=now)
    by_words = _by_words(report, local)
    by_place = _by_place(report, local)
    found: dict[int, Found] = {}
    for candidate in [*by_rule, *by_words, *by_place]:
        found.setdefault(candidate.office_id, candidate)
    best = list(found.values())[:TOP]
    return [replace(best[0], unknown_words=_unknown_words(report.text)), *best[1:]] if best else []


def _unknown_words(text: str) -> float | None:
    """Share of the words that the model in use never learned: when it grows, the city speaks of new things."""
    model = textmodel.in_use()
    return model.unknown_share(text) if model else None


@timed(20)
def _local_office(region: str) -> Organization | None:
    """Who serves a kelurahan, kept for 20 seconds in each process like the rules."""
    return office_for_region(region)


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


def _by_words(report: Report, local: Organization | None) -> list[Found]:
    model = textmodel.in_use()
    if model is None:
        return []
    found = []
    for guess in model.predict(
        report.text, category=report.category_id, area=textmodel.area_of(report.region_id), top=TOP
    ):
        office_id = _office_meant(guess.office_id, report, local)
        if office_id not in _open_offices():
            continue  # closed since the model learned of it, or nobody serves the place
        share = round(guess.certainty * 100)
        reason = _("Isi laporan mirip laporan yang dikerjakan kantor ini (kepastian %(share)s %%)") % {
            "share": share
        }
        found.append(Found(office_id, Origin.TEXT, reason, score=guess.certainty, words=guess.words))
    return found


def _office_meant(guessed: int, report: Report, local: Organization | None) -> int:
    """The office itself for "the kelurahan" and "the kecamatan" of the place; 0 when nobody serves it."""
    if guessed == textmodel.THE_KELURAHAN:
        return local.pk if local else 0
    if guessed == textmodel.THE_KECAMATAN:
        district = office_for_region(report.region_id.rpartition(".")[0])
        return district.pk if district else 0
    return guessed


@timed(20)
def _open_offices() -> frozenset[int]:
    return frozenset(Organization.objects.filter(active=True).values_list("pk", flat=True))


def is_sure_enough(best: Found | Suggestion, policy: RoutingPolicy) -> bool:
    """May this suggestion act alone? Only when its own measured precision is proven above the threshold.

    Text: certainty above the threshold that reached the precision on later, unseen reports. Rule and place:
    how often they were right when they spoke first, as a cautious (Wilson, 95 %) lower bound.
    """
    if best.origin == Origin.TEXT:
        model = textmodel.in_use()
        limit = model.threshold_for(policy.min_precision) if model else None
        return limit is not None and best.score is not None and best.score >= limit
    if best.origin == Origin.RULE:
        rule = RoutingRule.objects.filter(pk=best.rule_id or 0, automatic=True)
        if not rule.exists():
            return False
    kept, total = track_record(best.origin, rule_id=best.rule_id)
    return total >= policy.min_cases and lower_bound(kept, total) >= policy.min_precision


@timed(60)
def track_record(origin: str, *, rule_id: int | None) -> tuple[int, int]:
    """(right, all) of the latest reports for which this origin (and rule) was the first suggestion.

    Right when the office it named got the report and did not return it. Counting only the disposisi that
    followed a suggestion would forget every report that a person sent elsewhere. Kept for a minute.
    """
    rows = judged().filter(origin=origin)
    if rule_id is not None:
        rows = rows.filter(rule_id=rule_id)
    latest = list(rows.order_by("-pk").values_list("right", flat=True)[:LATEST])
    return sum(latest), len(latest)


def judged() -> QuerySet[Any]:
    """First suggestions of reports that an office has begun to work on; one still lying there proves nothing.

    Secret reports are left out: a number that moves would tell of them.
    """
    handed = Handover.objects.filter(case=OuterRef("case"))
    return (
        Suggestion.objects.filter(rank=1, case__secret=False)
        .exclude(case__status__in=(Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED))
        .filter(Exists(handed))
        .annotate(right=Exists(handed.filter(target=OuterRef("office"), returned_at=None)))
    )


def track_records() -> dict[int, tuple[int, int]]:
    """(right, all) of every rule that was the first suggestion of a report, by rule id, in one query."""
    rows = (
        judged()
        .filter(rule__isnull=False)
        .order_by()
        .values("rule_id")
        .annotate(total=Count("pk"), good=Count("pk", filter=Q(right=True)))
    )
    return {row["rule_id"]: (row["good"], row["total"]) for row in rows}
