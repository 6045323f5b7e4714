"""Statutory values every installation starts with. Rooms register their own beside these."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pendopo.base.cases.models import ClockRule, EscalationStep


@dataclass(frozen=True)
class RuleSeed:
    step: str
    case_class: str
    amount: int
    unit: str
    starts_on: str
    source: str
    confirmed: bool = False
    valid_from: dt.date = dt.date(2018, 1, 1)
    ceiling: int | None = None


def load_rules(kind: str, rules: Iterable[RuleSeed], escalation: Iterable[tuple[int, str]]) -> None:
    """Insert what is missing; a row that an office has changed is never touched."""
    if not ClockRule.objects.filter(kind=kind).exists():
        ClockRule.objects.bulk_create(ClockRule(kind=kind, **rule.__dict__) for rule in rules)
    if not EscalationStep.objects.filter(kind=kind).exists():
        EscalationStep.objects.bulk_create(
            EscalationStep(
                kind=kind,
                percent=percent,
                audience=audience,
                source="kebijakan bawaan, dapat diubah koordinator",
            )
            for percent, audience in escalation
        )
