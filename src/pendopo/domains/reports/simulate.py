"""The rules as they are and as they would be, both asked about the reports of the last weeks.

The same code as for a new report (`routing.winner`, `CompiledRule`) runs in memory over plain rows. Secret reports are
left out for everybody: a number that moves would tell of them.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from pendopo.base.organizations.public import offices_for_regions
from pendopo.domains.reports import routing, rule_sets
from pendopo.domains.reports.models import Handover, Report, RoutingPolicy, Status
from pendopo.domains.reports.resolution import Share
from pendopo.domains.reports.routing import CompiledRule, Found
from pendopo.domains.reports.rule_sets import RuleSet

DAYS = (7, 30, 90)
LIMIT = 20_000  # reports looked at
READ = 1_000  # of those that move to or from "no rule", so many are given to the text model
EXAMPLES = 3
_UNPROVEN = frozenset({Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED})  # nobody has begun to work on it


@dataclass(frozen=True)
class Row:
    """What routing asks of a report, and which offices kept it (None: nothing is proven yet)."""

    pk: int
    code: str
    category: str
    region: str
    received_at: dt.datetime
    kept_by: frozenset[int] | None


@dataclass
class Side:
    """What a set of rules would have done. `right` of `judged`: the office it names got the report and kept it."""

    by_rule: int = 0
    judged: int = 0
    right: int = 0
    automatic: int = 0
    wins: Counter[int] = field(default_factory=Counter)
    lost_to: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def share(self) -> Share:
        return Share(self.right, self.judged)


@dataclass
class Flow:
    """Reports that would get another first suggestion. An office of None: no suggestion at all."""

    source: int | None
    target: int | None
    count: int = 0
    judged: int = 0
    right_before: int = 0
    right_after: int = 0
    examples: list[int] = field(default_factory=list)


@dataclass
class Replay:
    """What would move. `since` is the first moment looked at, later than asked when there were too many reports."""

    days: int
    since: dt.datetime
    reports: int
    sampled: bool
    before: Side
    after: Side
    flows: list[Flow] = field(default_factory=list)
    unread: int = 0  # reports whose words were not read: more than READ of them
    never: list[int] = field(default_factory=list)  # keys of running rules that won nothing

    @property
    def moved(self) -> int:
        return sum(flow.count for flow in self.flows)

    @property
    def was_right(self) -> Share:
        """Of the moving reports that are judged: right as it is."""
        return Share(sum(f.right_before for f in self.flows), sum(f.judged for f in self.flows))

    @property
    def gets_right(self) -> Share:
        return Share(sum(f.right_after for f in self.flows), sum(f.judged for f in self.flows))

    def summary(self) -> dict[str, int]:
        """Plain numbers for history."""
        return {
            "days": self.days, "reports": self.reports, "moved": self.moved, "judged": self.was_right.whole,
            "right_before": self.was_right.part, "right_after": self.gets_right.part,
            "automatic_before": self.before.automatic, "automatic_after": self.after.automatic,
        }  # fmt: skip


class Matcher:
    """Rules in their order, asked about many reports: category and place of each pair are compared once."""

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        self._rules = tuple(rules)
        self._by_what: dict[tuple[str, str], list[CompiledRule]] = {}

    def fitting(self, *, category: str, region: str, at: dt.datetime) -> list[CompiledRule]:
        """Every rule that fits, first first; `at` in local time."""
        what = (category, region)
        candidates = self._by_what.get(what)
        if candidates is None:
            candidates = [rule for rule in self._rules if rule.fits_what(category=category, region=region)]
            self._by_what[what] = candidates
        return [rule for rule in candidates if rule.fits_when(at)]


def compiled(rules: RuleSet) -> tuple[CompiledRule, ...]:
    """The rules that would be tried, as `routing.compiled_rules` keeps them."""
    return tuple(rule.compiled() for rule in rule_sets.running(rules, routing.open_offices()))


def rows_of(user: Any, *, days: int, now: dt.datetime) -> tuple[list[Row], bool]:
    """The newest reports this person may see, newest first, in two queries; True when there were more."""
    since = now - dt.timedelta(days=days)
    seen = Report.objects.desk_of(user).filter(secret=False, received_at__gte=since, received_at__lte=now)
    found = list(
        seen.order_by("-received_at", "-pk").values_list(
            "pk", "code", "category_id", "region_id", "received_at", "status"
        )[: LIMIT + 1]
    )
    sampled, found = len(found) > LIMIT, found[:LIMIT]
    offices: dict[int, set[int]] = defaultdict(set)
    handed = Handover.objects.filter(
        case__secret=False, case__received_at__gte=found[-1][4] if found else now, case__received_at__lte=now
    )
    for case, target, returned in handed.order_by().values_list("case_id", "target_id", "returned_at"):
        offices[case] |= {target} if returned is None else set()
    rows = []
    for pk, code, category, region, at, status in found:
        proven = pk in offices and status not in _UNPROVEN
        rows.append(Row(pk, code, category, region, at, frozenset(offices[pk]) if proven else None))
    return rows, sampled


Said = tuple[int | None, int | None]  # (rule, office)


class _Run:
    """One replay: its rows, the offices of their places, and what the two sets of rules say."""

    def __init__(self, rows: list[Row], before: RuleSet, after: RuleSet, policy: RoutingPolicy) -> None:
        self.rows, self.policy = rows, policy
        places = {row.region for row in rows}
        self.local = offices_for_regions(places | {place.rpartition(".")[0] for place in places})
        self.before, self.after = Side(), Side()
        offices = {rule.key: rule.office for rule in before}
        self._sides = [
            (Matcher(compiled(rules)), side, self._sure(rules, offices))
            for rules, side in ((before, self.before), (after, self.after))
        ]

    def _sure(self, rules: RuleSet, offices: dict[int, int | None]) -> frozenset[int]:
        """Keys of the rules that may act alone: by their own record, which a new office does not inherit."""
        if not self.policy.automatic:
            return frozenset()
        alone = [rule.key for rule in rules if rule.automatic and offices.get(rule.key, -1) == rule.office]
        records = {pk: routing.track_record(Handover.Origin.RULE, rule_id=pk) for pk in alone}
        return frozenset(pk for pk, record in records.items() if routing.proven(*record, self.policy))

    def ask(self, row: Row) -> tuple[Said, Said]:
        """(rule, office) that would speak first, before and after; both None when no rule does."""
        at = timezone.localtime(row.received_at)
        before, after = self._sides
        return self._ask(*before, row, at), self._ask(*after, row, at)

    def _ask(self, matcher: Matcher, side: Side, sure: frozenset[int], row: Row, at: dt.datetime) -> Said:
        fitting = matcher.fitting(category=row.category, region=row.region, at=at)
        best = routing.winner(fitting, self.local.get(row.region))
        if best is None:
            return None, None
        key = best[0].rule.pk or 0
        side.by_rule += 1
        side.wins[key] += 1
        side.automatic += key in sure
        for loser in fitting:
            if loser is not best[0]:
                side.lost_to[loser.rule.pk or 0][key] += 1
        if row.kept_by is not None:
            side.judged += 1
            side.right += best[1] in row.kept_by
        return key, best[1]

    def fallbacks(self, rows: list[Row]) -> dict[int, Found | None]:
        """What words and place suggest for reports without a rule, in one query."""
        reports = Report.objects.filter(pk__in=[row.pk for row in rows[:READ]], secret=False)
        found: dict[int, Found | None] = {}
        for report in reports.only("text", "category", "region"):
            local = self.local.get(report.region_id)
            found[report.pk] = next(
                iter(routing.without_rules(report, local, office_of=self.local.get)), None
            )
        return found


def replay(*, user: Any, before: RuleSet, after: RuleSet, days: int, now: dt.datetime) -> Replay:
    """What the rules `after` would have suggested other than those `before` do. A fixed number of queries."""
    rows, sampled = rows_of(user, days=days, now=now)
    run = _Run(rows, before, after, RoutingPolicy.objects.first() or RoutingPolicy())
    said = [(row, *run.ask(row)) for row in rows]
    loose = [row for row, old, new in said if (old[0] is None) != (new[0] is None)]
    fallbacks = run.fallbacks(loose) if loose else {}
    flows: dict[tuple[int | None, int | None], Flow] = {}
    for row, old, new in said:
        if old[0] is None and new[0] is None:
            continue
        source = _office(run, row, old, run.before, fallbacks)
        target = _office(run, row, new, run.after, fallbacks)
        if source != target:
            unread = (old[0] is None or new[0] is None) and row.pk not in fallbacks
            _count(flows.setdefault((source, target), Flow(source, target)), row, judge=not unread)
    running = rule_sets.running(after, routing.open_offices())
    return Replay(
        days,
        rows[-1].received_at if sampled else now - dt.timedelta(days=days),
        len(rows),
        sampled,
        run.before,
        run.after,
        sorted(flows.values(), key=lambda flow: -flow.count),
        max(0, len(loose) - READ),
        [rule.key for rule in running if not run.after.wins[rule.key]],
    )


def _office(
    run: _Run,
    row: Row,
    said: Said,
    side: Side,
    fallbacks: dict[int, Found | None],
) -> int | None:
    """The office of the first suggestion; where no rule speaks, that of words or place."""
    if said[0] is not None:
        return said[1]
    found = fallbacks.get(row.pk)
    if found is not None and run.policy.automatic and routing.is_sure_enough(found, run.policy):
        side.automatic += 1
    return found.office_id if found else None


def _count(flow: Flow, row: Row, *, judge: bool) -> None:
    flow.count += 1
    if len(flow.examples) < EXAMPLES:
        flow.examples.append(row.pk)
    if judge and row.kept_by is not None:
        flow.judged += 1
        flow.right_before += flow.source in row.kept_by
        flow.right_after += flow.target in row.kept_by


def examples(user: Any, result: Replay) -> dict[int, Report]:
    """The reports named as examples, in one query, as this person may see them."""
    wanted = [pk for flow in result.flows for pk in flow.examples]
    seen = Report.objects.desk_of(user).filter(secret=False, pk__in=wanted)
    return {report.pk: report for report in seen.only("code", "public_text", "received_at", "office")}
