"""What the pages about rules show: the list with its warnings, a simulated change in words, the history of a rule."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from pendopo.base.audit.models import Entry
from pendopo.base.audit.timelines import actor_of, officer_sentence
from pendopo.base.organizations.models import Organization
from pendopo.base.regions.models import Region
from pendopo.domains.reports import routing, rule_health, rule_sets, simulate
from pendopo.domains.reports.desk_entry import DAYS
from pendopo.domains.reports.models import Category, Report, RoutingPolicy, RoutingRule
from pendopo.domains.reports.rule_health import Mark, World
from pendopo.domains.reports.rule_sets import Change, RuleSet, Snapshot

RECENT = 10
DELETED = "reports.rule_deleted"
_VERBS = ("reports.rule_saved", DELETED, "reports.rule_moved", "reports.rule_restored")


@dataclass(frozen=True)
class Listed:
    """One rule on the list. `right` of `total` is its record; `first` and `last` have nowhere to move."""

    rule: RoutingRule
    right: int
    total: int
    marks: list[Mark]
    first: bool
    last: bool

    @property
    def runs(self) -> bool:
        return self.rule.active and not any(mark.kind == "stopped" for mark in self.marks)

    @property
    def days(self) -> str:
        return day_names(self.rule.weekdays)


def listed(user: Any) -> dict[str, Any]:
    """Rules in their order with record and warnings, and what was deleted lately: five queries."""
    found = list(
        RoutingRule.objects.visible_to(user)
        .select_related("office")
        .prefetch_related("categories", "regions")
        .order_by("order", "pk")
    )
    rules = tuple(Snapshot.of(rule, rule.categories.all(), rule.regions.all()) for rule in found)
    marks = rule_health.marks(rules, _world_of(found))
    records = routing.track_records()
    rows = [
        Listed(rule, *records.get(rule.pk, (0, 0)), marks.get(rule.pk, []), at == 0, at == len(found) - 1)
        for at, rule in enumerate(found)
    ]
    gone = Entry.objects.filter(subject_kind="reports.routingrule", verb=DELETED)
    return {
        "rows": rows,
        "warned": [row for row in rows if row.marks],
        "deleted": list(gone.select_related("organization").order_by("-at", "-pk")[:RECENT]),
    }


def _world_of(found: list[RoutingRule]) -> World:
    """Only what these rules point at, already read."""
    return World(
        {rule.office.pk: (rule.office.name, rule.office.active) for rule in found if rule.office},
        {one.pk: (str(one), one.active) for rule in found for one in rule.categories.all()},
        {one.pk: (one.name, one.served) for rule in found for one in rule.regions.all()},
    )


def world() -> World:
    """Everything a rule may point at, in three queries."""
    return World(
        {pk: (name, active) for pk, name, active in Organization.objects.values_list("pk", "name", "active")},
        {one.pk: (str(one), one.active) for one in Category.objects.all()},
        {code: (name, served) for code, name, served in Region.objects.values_list("code", "name", "served")},
    )


def day_names(days: Any) -> str:
    names = dict(DAYS)
    return ", ".join(str(names[day]) for day in sorted(days) if day in names)


def described(rule: Snapshot, known: World) -> dict[str, str]:
    """The rule in words: label → value, in the order of the form."""
    nobody = (_("tidak dikenal"), False)
    window = "–".join(
        time_format(dt.time.fromisoformat(at), "H.i") for at in (rule.from_time, rule.until_time) if at
    )
    office = known.offices.get(rule.office, nobody)[0] if rule.office else _("kantor di tempat kejadian")
    return {
        _("Nama aturan"): rule.name,
        _("Urutan"): str(rule.order),
        _("Kategori"): ", ".join(known.categories.get(one, nobody)[0] for one in rule.categories)
        or _("semua kategori"),
        _("Wilayah"): ", ".join(known.regions.get(one, nobody)[0] for one in rule.regions)
        or _("semua wilayah"),
        _("Hari"): day_names(rule.weekdays) or _("setiap hari"),
        _("Jam"): window or _("sepanjang hari"),
        _("Teruskan ke"): office,
        _("Dipakai"): _("ya") if rule.active else _("tidak"),
        _("Boleh otomatis"): _("ya") if rule.automatic else _("tidak"),
    }


def differences(old: Snapshot | None, new: Snapshot | None, known: World) -> list[tuple[str, str, str]]:
    """(what, before, after) of everything that differs; a rule that comes or goes is told whole."""
    before = described(old, known) if old else {}
    after = described(new, known) if new else {}
    return [
        (label, before.get(label, ""), after.get(label, ""))
        for label in (after or before)
        if before.get(label) != after.get(label)
    ]


def changed(change: Change, rules: RuleSet, known: World) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(name of a rule, its differences) for every rule the change touches."""
    stand = {rule.pk: rule for rule in rules}
    told = [(rule.name, differences(stand.get(rule.pk), rule, known)) for rule in change.puts]
    return told + [
        (stand[pk].name, differences(stand[pk], None, known)) for pk in change.deletes if pk in stand
    ]


@dataclass(frozen=True)
class ShownFlow:
    """One line of the table "what would move"."""

    source: str
    target: str
    flow: simulate.Flow
    examples: list[Report]


@dataclass(frozen=True)
class ShownRule:
    """One rule in the replay: how often it spoke first, before and after, and who spoke before it."""

    rule: Snapshot
    before: int
    after: int
    beaten_by: list[tuple[str, int]]
    marks: list[Mark]
    new_marks: list[Mark] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """Something to look at: it wins more or less often, or never."""
        return self.before != self.after or not self.after or bool(self.marks)


def simulated(change: Change, *, user: Any, days: int, now: dt.datetime) -> dict[str, Any]:
    """The whole page about a change that is not saved, played on the reports of the last `days`."""
    rules = rule_sets.read()
    after = change.applied_to(rules)
    known = world()
    result = simulate.replay(user=user, before=rules, after=after, days=days, now=now)
    seen = simulate.examples(user, result)
    nowhere = _("tanpa saran")
    names = {pk: name for pk, (name, _open) in known.offices.items()}
    flows = [
        ShownFlow(
            names.get(flow.source or 0, nowhere), names.get(flow.target or 0, nowhere), flow,
            [seen[pk] for pk in flow.examples if pk in seen],
        )
        for flow in result.flows
    ]  # fmt: skip
    fresh = change.for_version(rule_sets.version_of(rules))
    played = _played(result, rules, after, known)
    return {
        "change": fresh,
        "token": fresh.sealed(result.summary()),
        "changed": changed(fresh, rules, known),
        "result": result,
        "flows": flows,
        "news": [row for row in played if row.is_news],
        "steady": [row for row in played if not row.is_news],
        "policy": RoutingPolicy.objects.first() or RoutingPolicy(),
        "days_choices": simulate.DAYS,
        "done": fresh.is_done_in(rules),
        "read": simulate.READ,
    }


def _played(result: simulate.Replay, rules: RuleSet, after: RuleSet, known: World) -> list[ShownRule]:
    was, will = rule_health.marks(rules, known), rule_health.marks(after, known)
    names = {rule.key: f"{rule.order}. {rule.name}" for rule in after}
    return [
        ShownRule(
            rule,
            result.before.wins[rule.key],
            result.after.wins[rule.key],
            [(names[key], count) for key, count in result.after.lost_to[rule.key].most_common(2)]
            if rule.key in result.never
            else [],
            will.get(rule.key, []),
            [mark for mark in will.get(rule.key, []) if mark not in was.get(rule.key, [])],
        )
        for rule in after
        if rule.active
    ]


@dataclass(frozen=True)
class Past:
    """One change of a rule: who, when, what, what was foretold, and whether it can be taken back."""

    entry: Entry
    sentence: str
    who: str
    differences: list[tuple[str, str, str]]
    effect: dict[str, int] | None
    before: Snapshot | None


def past_of(pk: int) -> list[Past]:
    """What happened to a rule, newest first; also to one that was deleted."""
    entries = Entry.objects.about(RoutingRule(pk=pk)).filter(verb__in=_VERBS).select_related("organization")
    known = world()
    told = []
    for entry in entries.order_by("-at", "-pk")[:200]:
        before, after = _snapshot(entry.facts.get("before")), _snapshot(entry.facts.get("after"))
        found = differences(before, after, known)
        effect = entry.facts.get("effect") or None
        told.append(Past(entry, officer_sentence(entry), actor_of(entry), found, effect, before))
    return told


def _snapshot(facts: Any) -> Snapshot | None:
    """None for an entry of an older version, which did not keep the rule."""
    try:
        return Snapshot.from_facts(facts) if facts else None
    except TypeError:
        return None
