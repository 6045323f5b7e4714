"""The clock forgets: each rule in force, row by row, never what a legal hold protects.

Placing a hold and forgetting a batch exclude each other (an advisory lock of PostgreSQL), so a hold that was
confirmed to a person is never overtaken by a batch that was read before it.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from pendopo.base.privacy.models import LegalHold, RetentionRule, RetentionRun
from pendopo.base.registries.personal import Keeper, keepers
from pendopo.kernel import clock

logger = logging.getLogger(__name__)

AT_ONCE = 50  # rows of one transaction: what a killed run has to do again
_LOCK = 27_2022  # any number that nobody else of the product uses as an advisory lock


@dataclass(frozen=True)
class Line:
    """One keeper in a report: its rule (None: kept for ever), what is due now, of it held, the latest run."""

    keeper: Keeper
    rule: RetentionRule | None
    due: int
    held: int
    last: RetentionRun | None

    @property
    def free(self) -> int:
        return self.due - self.held


def report(*, now: dt.datetime) -> list[Line]:
    """What is due, what is held and what was done last, for every keeper. Changes nothing."""
    rules, held = _rules(now), LegalHold.objects.held(on=clock.local_date(now))
    lines = []
    for keeper in keepers:
        rule = rules.get(keeper.key)
        due = protected = 0
        if rule is not None:
            rows = keeper.due(now - dt.timedelta(days=rule.days))
            due, protected = rows.count(), rows.filter(keeper.under_hold(held)).count()
        last = RetentionRun.objects.filter(keeper=keeper.key).first()
        lines.append(Line(keeper, rule, due, protected, last))
    return lines


def run(*, now: dt.datetime) -> list[RetentionRun]:
    """Forget what is due. Safe to run twice and to kill: each batch is a transaction of its own."""
    forget_ended_holds(now=now)
    rules = _rules(now)
    return [_run_one(keeper, rules[keeper.key], now) for keeper in keepers if keeper.key in rules]


def forget_ended_holds(*, now: dt.datetime) -> int:
    """A hold that ended no longer says whom it protected."""
    ended = LegalHold.objects.ended(on=clock.local_date(now))
    return int(ended.update(email="", phone="", user=None))


def lock_for_hold() -> None:
    """Wait until no batch is being forgotten, and let none begin before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _rules(now: dt.datetime) -> dict[str, RetentionRule]:
    return {rule.keeper: rule for rule in RetentionRule.objects.in_force(on=clock.local_date(now))}


def _run_one(keeper: Keeper, rule: RetentionRule, now: dt.datetime) -> RetentionRun:
    row = RetentionRun.objects.create(keeper=keeper.key, days=rule.days, started_at=now)
    before = now - dt.timedelta(days=rule.days)
    for done, failed in _batches(keeper, before, now):
        row.done += done
        row.failed += failed
        row.save(update_fields=["done", "failed"])
    held = LegalHold.objects.held(on=clock.local_date(now))
    row.held = keeper.due(before).filter(keeper.under_hold(held)).count()
    row.finished_at = clock.now()
    row.save(update_fields=["held", "finished_at"])
    return row


def _batches(keeper: Keeper, before: dt.datetime, now: dt.datetime) -> Iterator[tuple[int, int]]:
    """(handled, failed) of each batch."""
    last: Any = None
    while True:
        with transaction.atomic():
            lock_for_hold()
            held = LegalHold.objects.held(on=clock.local_date(now))
            rows = keeper.due(before).exclude(keeper.under_hold(held)).order_by("pk")
            if last is not None:
                rows = rows.filter(pk__gt=last)
            pks = list(rows.values_list("pk", flat=True)[:AT_ONCE])
            results = [_act(keeper, pk, now) for pk in pks]
        if not pks:
            return
        last = pks[-1]
        yield results.count(True), results.count(None)


def _act(keeper: Keeper, pk: Any, now: dt.datetime) -> bool | None:
    """Whether the row was handled; None when it failed. One bad row stops neither the batch nor the night."""
    try:
        with transaction.atomic():
            return bool(keeper.act(pk=pk, now=now))
    except Exception as error:
        logger.error("retention %s: row %s failed: %s", keeper.key, pk, type(error).__name__)
        return None
