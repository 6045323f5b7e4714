"""The koordinator's rules and threshold: saved with a line of history, never switched off silently."""

import datetime as dt

from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import policy
from pendopo.domains.reports.models import Category, RoutingPolicy, RoutingRule
from pendopo.kernel.errors import require


@transaction.atomic
def save_rule(*, rule: RoutingRule, categories: list[Category], regions: list[object], by: User,
              now: dt.datetime) -> RoutingRule:  # fmt: skip
    """Insert or change a rule with its categories and regions. Raises NotAllowed."""
    require(policy.may_route_by_rule, by)
    rule.changed_by, rule.changed_at = by, now
    rule.save()
    rule.categories.set(categories)
    rule.regions.set(regions)  # type: ignore[arg-type]
    record(
        actor=by,
        verb="reports.rule_saved",
        subject=rule,
        organization=_intake(),
        facts={"name": rule.name},
        at=now,
    )
    return rule


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


def _intake() -> int | None:
    return Organization.objects.filter(is_intake=True).values_list("pk", flat=True).first()


def next_order() -> int:
    """A place after the last rule, with room to put others between."""
    last = RoutingRule.objects.order_by("-order").values_list("order", flat=True).first()
    return (last or 0) // 10 * 10 + 10
