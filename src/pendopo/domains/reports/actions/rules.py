"""The koordinator's rules and threshold: changed with a line of history, never switched off silently."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import escalation_chain
from pendopo.base.regions.models import Region
from pendopo.domains.reports import policy, rule_sets
from pendopo.domains.reports.models import Category, RoutingPolicy, RoutingRule
from pendopo.domains.reports.rule_sets import Change, RuleSet, Snapshot
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require

VERBS = {
    "new": "reports.rule_saved", "edit": "reports.rule_saved", "delete": "reports.rule_deleted",
    "move": "reports.rule_moved", "restore": "reports.rule_restored",
}  # fmt: skip


class RulesChanged(Refused):
    """Somebody else changed the rules since this change was thought up. Nothing was saved."""


@transaction.atomic
def change_rules(
    *, change: Change, by: User, now: dt.datetime, effect: Mapping[str, int] | None = None
) -> bool:
    """Make the rules stand as the change wants; False when they stood so already (a second click).

    `effect` is what a simulation foretold; history keeps it. Raises NotAllowed; RulesChanged when the rules are not
    those the change was made for; Refused for an office that closed or a category or place that is gone.
    """
    require(policy.may_route_by_rule, by)
    # One change at a time: an insert by somebody else locks no rule, so all lock the policy.
    RoutingPolicy.objects.select_for_update().get_or_create(pk=1)
    rules = rule_sets.read()
    if change.is_done_in(rules):
        return False
    if change.version != rule_sets.version_of(rules):
        raise RulesChanged(
            _("Aturan sudah diubah orang lain sejak Anda mencobanya. Belum ada yang disimpan.")
        )
    before = {rule.pk: rule for rule in rules}
    for wanted in change.puts:
        _check(wanted)
    saved = [_put(wanted, before, by=by, now=now) for wanted in change.puts]
    for pk in change.deletes:
        _tell(RoutingRule(pk=pk), change, before[pk], None, effect, by=by, now=now)
    RoutingRule.objects.filter(pk__in=change.deletes).delete()
    for row, wanted in zip(saved, change.puts, strict=True):
        if change.kind != "move" or row.pk == change.subject:
            _tell(row, change, before.get(wanted.pk), replace(wanted, pk=row.pk), effect, by=by, now=now)
    return True


def _check(wanted: Snapshot) -> None:
    """What was there when the change was tried may be gone when it is saved."""
    open_offices = Organization.objects.filter(active=True)
    if wanted.active and wanted.office is not None and not open_offices.filter(pk=wanted.office).exists():
        raise Refused(_("Kantor tujuannya sudah ditutup. Pilih kantor lain."), field="office")
    if Category.objects.filter(pk__in=wanted.categories).count() != len(wanted.categories):
        raise Refused(_("Salah satu kategorinya sudah tidak ada."), field="categories")
    if Region.objects.filter(pk__in=wanted.regions).count() != len(wanted.regions):
        raise Refused(_("Salah satu wilayahnya sudah tidak ada."), field="regions")


def _put(
    wanted: Snapshot, before: Mapping[int | None, Snapshot], *, by: User, now: dt.datetime
) -> RoutingRule:
    known = RoutingRule.objects.filter(pk=wanted.key).first() if wanted.pk in before else None
    row = replace(wanted, pk=None).as_rule(known)
    row.changed_by, row.changed_at = by, now
    row.save()
    row.categories.set(Category.objects.filter(pk__in=wanted.categories))
    row.regions.set(Region.objects.filter(pk__in=wanted.regions))
    return row


def _tell(
    row: RoutingRule, change: Change, before: Snapshot | None, after: Snapshot | None,
    effect: Mapping[str, int] | None, *, by: User, now: dt.datetime,
) -> None:  # fmt: skip
    facts: dict[str, Any] = {
        "name": change.name,
        "before": before.as_facts() if before else None,
        "after": after.as_facts() if after else None,
        "effect": dict(effect) if effect else None,
    }
    record(actor=by, verb=VERBS[change.kind], subject=row, organization=_intake(), facts=facts, at=now)


@transaction.atomic
def save_policy(*, automatic: bool, min_precision: float, min_cases: int, by: User,
                now: dt.datetime) -> RoutingPolicy:  # fmt: skip
    """Set when routing may act alone. Raises NotAllowed."""
    require(policy.may_route_by_rule, by)
    row: RoutingPolicy
    row, _new = RoutingPolicy.objects.select_for_update().get_or_create(pk=1)
    row.automatic, row.min_precision, row.min_cases = automatic, min_precision, min_cases
    row.changed_by, row.changed_at = by, now
    row.save()
    record(
        actor=by,
        verb="reports.policy_saved",
        subject=row,
        organization=_intake(),
        facts={"automatic": automatic, "percent": round(min_precision * 100)},
        at=now,
    )
    return row


@transaction.atomic
def tell_stranded(*, organization_id: int) -> int:
    """An office closed: tell the koordinator which rules stopped running with it; how many there are.

    Reacts to OfficeClosed. A second run tells nobody twice on the same day.
    """
    names = list(
        RoutingRule.objects.filter(office_id=organization_id, active=True).values_list("order", "name")
    )
    intake = Organization.objects.filter(is_intake=True).first()
    office = Organization.objects.filter(pk=organization_id, active=False).first()
    if not names or intake is None or office is None:
        return 0
    now = clock.now()
    today = clock.local_date(now)
    link = reverse("reports:rules")
    people = next(step.users for step in escalation_chain(intake, today) if step.name == "COORDINATOR")
    for person in people:
        send(
            event="reports.rules_stopped",
            to=Recipient(user=person, language=person.language),
            context={
                "office": office.name,
                "count": len(names),
                "rules": "; ".join(f"{order}. {name}" for order, name in names[:10]),
                "url": settings.PUBLIC_URL + link,
            },
            about=office,
            link=link,
            dedupe_key=f"reports.rules_stopped:{organization_id}:{today}:{person.pk}",
            now=now,
        )
    return len(names)


def _intake() -> int | None:
    return Organization.objects.filter(is_intake=True).values_list("pk", flat=True).first()


def next_order(rules: RuleSet) -> int:
    """A place after the last rule, with room to put others between."""
    return min(max((rule.order for rule in rules), default=0) // 10 * 10 + 10, 32_767)
