"""The clock of one office's task: measured, ended, begun anew, warned about. A room says which tables and rule."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks, moving
from pendopo.base.cases.models import ClockRule, EscalationStep, Unit
from pendopo.base.cases.sweep import reached
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.public import escalation_chain
from pendopo.base.ui import words
from pendopo.kernel import clock as time


@dataclass(frozen=True)
class TaskClocks:
    """The tasks of one kind of case. `clocks` is an AbstractClock with `task` (one to one) and `chosen`, `tasks` an
    AbstractTask; `page` names the address of a task. Messages are the events `<kind>.task_soon` and `.task_late`.
    """

    kind: str
    step: str
    clocks: Any
    tasks: Any
    page: str

    def new(self, task: Any, rule: ClockRule, *, due_on: dt.date | None, now: dt.datetime) -> Any:
        """An unsaved clock; also fills the task's `due_on`. A chosen day is measured in days of the rule's kind."""
        today = time.local_date(now)
        length = rule.amount if due_on is None else _length(rule, today, due_on)
        measured = self.clocks(
            task=task, step=self.step, rule=rule, amount=length, unit=rule.unit, started_at=now, started_on=today,
            chosen=due_on is not None,
        )  # fmt: skip
        clocks.compute(measured, self.kind)
        if due_on is not None:
            measured.due_on = measured.alarm_on = due_on
        task.due_on = measured.due_on
        return measured

    def stop(self, task: Any, *, now: dt.datetime) -> None:
        """Nobody has to act any more. Tasks from before clocks have none."""
        measured = self.clocks.objects.filter(task=task, stopped_at=None).first()
        if measured is not None:
            measured.stopped_at, measured.next_look_on = now, None
            measured.in_time = measured.due_on is None or time.local_date(now) <= measured.due_on
            measured.save(update_fields=["stopped_at", "next_look_on", "in_time"])

    def restart(self, task: Any, rule: ClockRule, *, now: dt.datetime) -> None:
        """Asked again: the time begins anew, by the rule. The caller saves the task's new day."""
        self.clocks.objects.filter(task=task).delete()
        self.new(task, rule, due_on=None, now=now).save()

    def warn(self, *, now: dt.datetime) -> int:
        """Warn the asked offices of tasks that reached their next threshold; returns how many. Safe to run twice."""
        today = time.local_date(now)
        due = self.clocks.objects.filter(stopped_at=None, next_look_on__lte=today)
        return sum(self._warn(pk, today=today, now=now) for pk in list(due.values_list("pk", flat=True)))

    @transaction.atomic
    def _warn(self, pk: int, *, today: dt.date, now: dt.datetime) -> bool:
        found = self.clocks.objects.select_for_update(of=("self",), skip_locked=True)
        measured = (
            found.filter(pk=pk, stopped_at=None, next_look_on__lte=today)
            .select_related("task__office", "task__case")
            .first()
        )
        if measured is None:
            return False
        percent = reached(measured, self.kind, today)
        if percent:
            self._tell(measured, percent, today=today, now=now)
            measured.warned_percent = percent
        measured.next_look_on = clocks.next_look(measured, self.kind)
        measured.save(update_fields=["warned_percent", "next_look_on"])
        return bool(percent)

    def _tell(self, measured: Any, percent: int, *, today: dt.date, now: dt.datetime) -> None:
        task, link = measured.task, reverse(self.page, args=[measured.task_id])
        event = f"{self.kind}.task_late" if percent >= 100 else f"{self.kind}.task_soon"
        for person in self._people(task, percent, today):
            with override(person.language):
                due = words.long_date(measured.due_on)
            send(
                event=event,
                to=Recipient(user=person, language=person.language),
                context={
                    "code": task.case.code, "registration": getattr(task.case, "registration", ""),
                    "office": task.office.name, "percent": percent, "date": due, "url": settings.PUBLIC_URL + link,
                },
                about=task.case,
                link=link,
                dedupe_key=f"{event}:{measured.pk}:{percent}:{person.pk}",
                now=now,
            )  # fmt: skip

    def _people(self, task: Any, percent: int, today: dt.date) -> list[User]:
        """The same steps as for cases of the kind, up the ladder of the asked office."""
        steps = EscalationStep.objects.filter(kind=self.kind, percent=percent)
        wanted = set(steps.values_list("audience", flat=True))
        chain = [step for step in escalation_chain(task.office, today) if step.name in wanted]
        return list({person.pk: person for step in chain for person in step.users}.values())

    def recompute(self) -> int:
        """The calendar changed: days counted by the rule move, chosen ones stay. Returns how many moved."""
        return moving.move_tasks(self.clocks, self.tasks, self.kind)


def _length(rule: ClockRule, today: dt.date, due_on: dt.date) -> int:
    if rule.unit == Unit.CALENDAR_DAYS:
        return max(1, (due_on - today).days)
    return max(1, working_calendar(clocks.government_scope()).count(today, due_on))
