"""The clock of a unit's task: by the rule or a chosen day, warned about, measured anew with the calendar."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks, moving
from pendopo.base.cases.models import ClockRule, EscalationStep
from pendopo.base.cases.sweep import reached
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.public import escalation_chain
from pendopo.base.ui import words
from pendopo.domains.information.models import InformationRequest, UnitTask, UnitTaskClock
from pendopo.kernel import clock as time

KIND, STEP = InformationRequest.KIND, "unit"


def rule_today(*, now: dt.datetime) -> ClockRule:
    """The rule that gives a task its time when nobody chose a day."""
    return clocks.rule_for(KIND, STEP, case_class="", on=time.local_date(now))


def due_by_rule(*, now: dt.datetime) -> dt.date:
    rule = rule_today(now=now)
    return clocks.days_after(time.local_date(now), rule.amount, rule.unit)


def new(task: UnitTask, *, due_on: dt.date | None, now: dt.datetime) -> UnitTaskClock:
    """An unsaved clock; also fills the task's `due_on`. A chosen day is measured in working days up to it."""
    rule, today = rule_today(now=now), time.local_date(now)
    length = rule.amount if due_on is None else max(1, _working_days(today, due_on))
    measured = UnitTaskClock(
        task=task, step=STEP, rule=rule, amount=length, unit=rule.unit, started_at=now, started_on=today,
        chosen=due_on is not None,
    )  # fmt: skip
    clocks.compute(measured, KIND)
    if due_on is not None:
        measured.due_on = measured.alarm_on = due_on
    task.due_on = measured.due_on
    return measured


def _working_days(today: dt.date, due_on: dt.date) -> int:
    return working_calendar(clocks.government_scope()).count(today, due_on)


def stop(task: UnitTask, *, now: dt.datetime) -> None:
    """Nobody has to act any more."""
    measured = UnitTaskClock.objects.filter(task=task, stopped_at=None).first()
    if measured is not None:
        measured.stopped_at, measured.next_look_on = now, None
        measured.in_time = measured.due_on is None or time.local_date(now) <= measured.due_on
        measured.save(update_fields=["stopped_at", "next_look_on", "in_time"])


def restart(task: UnitTask, *, due_on: dt.date | None, now: dt.datetime) -> None:
    """Asked again: the time begins anew."""
    UnitTaskClock.objects.filter(task=task).delete()
    new(task, due_on=due_on, now=now).save()


def warn(*, now: dt.datetime) -> int:
    """Warn the asked units of tasks that reached their next threshold; returns how many. Safe to run twice."""
    today = time.local_date(now)
    due = UnitTaskClock.objects.filter(stopped_at=None, next_look_on__lte=today)
    return sum(_warn(pk, today=today, now=now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _warn(pk: int, *, today: dt.date, now: dt.datetime) -> bool:
    found = UnitTaskClock.objects.select_for_update(of=("self",), skip_locked=True)
    measured = (
        found.filter(pk=pk, stopped_at=None, next_look_on__lte=today)
        .select_related("task__office", "task__case")
        .first()
    )
    if measured is None:
        return False
    percent = reached(measured, KIND, today)
    if percent:
        _tell(measured, percent, today=today, now=now)
        measured.warned_percent = percent
    measured.next_look_on = clocks.next_look(measured, KIND)
    measured.save(update_fields=["warned_percent", "next_look_on"])
    return bool(percent)


def _tell(measured: Any, percent: int, *, today: dt.date, now: dt.datetime) -> None:
    """The steps of requests, up the ladder of the asked unit to the Sekda."""
    task: UnitTask = measured.task
    wanted = set(EscalationStep.objects.filter(kind=KIND, percent=percent).values_list("audience", flat=True))
    people: dict[int, User] = {}
    for step in escalation_chain(task.office, today):
        if step.name in wanted:
            people |= {person.pk: person for person in step.users}
    link = reverse("information:task", args=[task.pk])
    event = "information.task_late" if percent >= 100 else "information.task_soon"
    for person in people.values():
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={
                "registration": task.case.registration, "office": task.office.name, "percent": percent,
                "date": words.long_date(measured.due_on), "url": settings.PUBLIC_URL + link,
            },
            about=task.case,
            link=link,
            dedupe_key=f"{event}:{measured.pk}:{percent}:{person.pk}",
            now=now,
        )  # fmt: skip


def recompute(**_facts: object) -> None:
    """The calendar changed: days counted by the rule move, chosen ones stay."""
    moving.move_tasks(UnitTaskClock, UnitTask, KIND)
