"""Warnings before and after a limit, and new dates when the calendar changes. Both safe to run twice."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.calendar.public import refresh
from pendopo.base.cases import clocks, moving
from pendopo.base.cases.events import DeadlinesRecomputed, DeadlineWarned
from pendopo.base.cases.models import AbstractCase, AbstractClock, EscalationStep
from pendopo.base.cases.registry import CaseKind, kinds
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.public import escalation_chain
from pendopo.base.ui import words
from pendopo.kernel import clock as time
from pendopo.kernel import events


def warn_all(*, now: dt.datetime) -> int:
    """Warn for every clock that reached its next threshold; returns how many. One transaction a clock."""
    today = time.local_date(now)
    warned = 0
    for kind in kinds:
        due = kind.clocks.filter(stopped_at=None, paused=False, next_look_on__lte=today)
        due = due.exclude(step__in=kind.reporter_steps)  # nobody in an office is late with these
        for pk in due.values_list("pk", flat=True):
            warned += _warn(kind, pk, today=today, now=now)
    return warned


@transaction.atomic
def _warn(kind: CaseKind, clock_id: int, *, today: dt.date, now: dt.datetime) -> bool:
    """Tell the people of the highest threshold reached; thresholds slept through are not told one by one."""
    clock = (
        kind.clocks.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=clock_id, stopped_at=None, paused=False, next_look_on__lte=today)
        .select_related("case__office", "case__handler")
        .first()
    )
    if clock is None:
        return False
    percent = reached(clock, kind.key, today)
    if percent:
        _tell(kind, clock, percent, today=today, now=now)
        clock.warned_percent = percent
        events.publish(DeadlineWarned(kind.key, clock.case_id, clock.step, percent))
    clock.next_look_on = clocks.next_look(clock, kind.key)
    clock.save(update_fields=["warned_percent", "next_look_on"])
    return bool(percent)


def reached(clock: AbstractClock, kind: str, today: dt.date) -> int:
    """The highest threshold whose day has come, 0 when none above the last warning has."""
    reached = 0
    while True:
        day = clocks.next_look(clock, kind, above=max(reached, clock.warned_percent))
        if day is None or day > today:
            return reached
        reached = clocks.next_percent(kind, above=max(reached, clock.warned_percent)) or reached


def _tell(kind: CaseKind, clock: Any, percent: int, *, today: dt.date, now: dt.datetime) -> None:
    case: AbstractCase = clock.case
    audiences = EscalationStep.objects.filter(kind=kind.key, percent=percent).values_list(
        "audience", flat=True
    )
    event = "cases.late" if percent >= 100 else "cases.soon"
    link = kind.desk_url(case)
    for person in _people(case, set(audiences), today):
        with override(person.language):
            step, due = str(kind.step_labels.get(clock.step, clock.step)), words.long_date(clock.due_on)
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={
                "code": case.code,
                "office": case.office.name,
                "step": step,
                "date": due,
                "percent": percent,
                "url": settings.PUBLIC_URL + link,
            },
            about=case,
            link=link,
            dedupe_key=f"{event}:{kind.key}:{clock.pk}:{percent}:{person.pk}",
            now=now,
        )


def _people(case: AbstractCase, audiences: set[str], today: dt.date) -> Iterable[User]:
    """Who is warned. A secret case never leaves its office: koordinator and sekda are not told.

    At the intake office the koordinator does the officer's work.
    """
    chain = {step.name: step.users for step in escalation_chain(case.office, today)}
    if case.office.is_intake:
        chain["OFFICER"] = [*chain["OFFICER"], *chain["COORDINATOR"]]
    if case.handler is not None:
        chain["OFFICER"] = [case.handler]
    if case.secret:
        audiences = {a for a in audiences if a in {"OFFICER", "HEAD"}} or {"HEAD"}
        if not any(chain[name] for name in audiences):
            audiences = {"OFFICER"}
    people = {person.pk: person for name in audiences for person in chain.get(name, ())}
    return people.values()


def recompute(*, first_day: str, last_day: str, scope: str) -> int:
    """The calendar changed: measure every running clock that the changed days can touch anew.

    Writes the new dates and one history line (old → new) for each case whose limit moved; returns how many.
    """
    refresh()  # this process may still remember the old days
    changed = sum(moving.move_all(kind, first_day=first_day, last_day=last_day) for kind in kinds)
    with transaction.atomic():
        events.publish(DeadlinesRecomputed(changed))
    return changed
