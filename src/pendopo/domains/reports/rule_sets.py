"""The rules as plain values: read together, told apart by a version, changed on paper before they are changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.core import signing

from pendopo.domains.reports.models import RoutingRule
from pendopo.domains.reports.routing import CompiledRule

_SALT = "reports.rule-change"
_FAR = 2**31
KEPT = dt.timedelta(hours=12)  # how long a simulated change may wait for its "Simpan"


@dataclass(frozen=True)
class Snapshot:
    """One rule as it stands or would stand. `pk` None is a rule that does not exist yet; times are ISO, "" none."""

    pk: int | None
    order: int
    name: str
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    from_time: str = ""
    until_time: str = ""
    office: int | None = None
    active: bool = True
    automatic: bool = False

    @property
    def key(self) -> int:
        """What counts are kept under: the id, 0 for the new rule (there is at most one)."""
        return self.pk or 0

    @classmethod
    def of(cls, rule: RoutingRule, categories: Iterable[Any], regions: Iterable[Any]) -> Self:
        return cls(
            rule.pk, rule.order, rule.name,
            tuple(sorted(category.pk for category in categories)), tuple(sorted(region.pk for region in regions)),
            tuple(sorted(rule.weekdays)), _iso(rule.from_time), _iso(rule.until_time), rule.office_id,
            rule.active, rule.automatic,
        )  # fmt: skip

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `as_facts` wrote into history. Raises TypeError for anything else."""
        lists = {name: tuple(facts[name]) for name in ("categories", "regions", "weekdays") if name in facts}
        return cls(**{**facts, **lists})

    def as_facts(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    def as_rule(self, rule: RoutingRule | None = None) -> RoutingRule:
        """The row without its categories and regions: the given one changed, else an unsaved one."""
        rule = rule or RoutingRule(pk=self.pk)
        rule.order, rule.name, rule.weekdays = self.order, self.name, list(self.weekdays)
        rule.from_time, rule.until_time = _time(self.from_time), _time(self.until_time)
        rule.office_id, rule.active, rule.automatic = self.office, self.active, self.automatic
        return rule

    def compiled(self) -> CompiledRule:
        return CompiledRule(self.as_rule(), frozenset(self.categories), self.regions)

    def as_form_data(self) -> dict[str, Any]:
        """What somebody would have typed to get this rule."""
        data = self.as_facts()
        data["office"] = self.office or ""
        return {name: value for name, value in data.items() if value is not False and name != "pk"}


def _iso(value: dt.time | None) -> str:
    return value.isoformat() if value else ""


def _time(value: str) -> dt.time | None:
    return dt.time.fromisoformat(value) if value else None


RuleSet = tuple[Snapshot, ...]


def in_order(rules: Iterable[Snapshot]) -> RuleSet:
    """As they are tried; of two with the same number the older one first."""
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.pk or _FAR)))


def read() -> RuleSet:
    """All rules, on or off, in three queries."""
    found = RoutingRule.objects.order_by("order", "pk").prefetch_related("categories", "regions")
    return tuple(Snapshot.of(rule, rule.categories.all(), rule.regions.all()) for rule in found)


def version_of(rules: RuleSet) -> str:
    """A name for exactly these rules: another one as soon as anybody changes any of them, by whatever door."""
    words = json.dumps([rule.as_facts() for rule in rules], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def running(rules: RuleSet, open_offices: frozenset[int]) -> RuleSet:
    """Those that are tried for a report: switched on, and their office is not closed."""
    return tuple(
        rule for rule in rules if rule.active and (rule.office is None or rule.office in open_offices)
    )


@dataclass(frozen=True)
class Change:
    """What somebody wants to do with the rules. `kind`: new, edit, delete, move or restore.

    `subject` is the rule it is about (None for a new one), `puts` are rules as they shall stand, `deletes` ids of
    rules that shall go. `version` names the rules it was thought up for.
    """

    kind: str
    subject: int | None
    name: str
    puts: RuleSet
    deletes: tuple[int, ...]
    version: str

    def applied_to(self, rules: RuleSet) -> RuleSet:
        """The rules as they would stand. A rule that is gone meanwhile comes back as a new one."""
        known = {rule.pk for rule in rules}
        put = {rule.pk: rule for rule in self.puts if rule.pk in known}
        stay = [put.get(rule.pk, rule) for rule in rules if rule.pk not in self.deletes]
        return in_order([*stay, *(replace(rule, pk=None) for rule in self.puts if rule.pk not in known)])

    def is_done_in(self, rules: RuleSet) -> bool:
        """Do the rules stand as wanted already? Then a second click has nothing to do."""
        as_they_are = {replace(rule, pk=None) for rule in rules}
        stand = {rule.pk: rule for rule in rules}
        wanted = all(
            stand[rule.pk] == rule if rule.pk in stand else replace(rule, pk=None) in as_they_are
            for rule in self.puts
        )
        return wanted and not set(self.deletes) & set(stand)

    def for_version(self, version: str) -> "Change":
        return replace(self, version=version)

    def sealed(self, effect: Mapping[str, int] | None = None) -> str:
        """A signed text that a page may carry and hand back, with what the simulation foretold."""
        facts = [rule.as_facts() for rule in self.puts]
        values = [self.kind, self.subject, self.name, facts, list(self.deletes), self.version]
        return signing.dumps([values, dict(effect) if effect else None], salt=_SALT, compress=True)

    @classmethod
    def opened(cls, token: str) -> tuple[Self, dict[str, int] | None]:
        """Read `sealed`. Raises signing.BadSignature for a forged, broken or old one."""
        values, effect = signing.loads(token, salt=_SALT, max_age=KEPT)
        kind, subject, name, puts, deletes, version = values
        return cls(
            kind, subject, name, tuple(map(Snapshot.from_facts, puts)), tuple(deletes), version
        ), effect


def put(rule: Snapshot, rules: RuleSet, *, kind: str = "") -> Change:
    """A new rule, or one as it shall stand."""
    name = kind or ("edit" if rule.pk else "new")
    return Change(name, rule.pk, rule.name, (rule,), (), version_of(rules))


def drop(rule: Snapshot, rules: RuleSet) -> Change:
    return Change("delete", rule.pk, rule.name, (), (rule.key,), version_of(rules))


def move(rule: Snapshot, rules: RuleSet, *, up: bool) -> Change | None:
    """One place up or down; None at the end. Numbers stay as they are where they can, else all are 10, 20, 30 …"""
    row = list(rules)
    at = row.index(rule)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(row):
        return None
    numbers = [one.order for one in row]
    if len(set(numbers)) < len(numbers):
        numbers = [10 * place for place in range(1, len(row) + 1)]
    row[at], row[to] = row[to], row[at]
    moved = [(one, replace(one, order=number)) for one, number in zip(row, numbers, strict=True)]
    puts = tuple(new for old, new in moved if old != new)
    return Change("move", rule.pk, rule.name, puts, (), version_of(rules))
