"""Messages about tasks: to the asked office, and to the one that leads. No words of the report travel in them."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.notices.actions import Recipient, send
from pendopo.domains.reports import telling
from pendopo.domains.reports.models import ReportTask
from pendopo.kernel import clock


def tell_asked(task: ReportTask, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell the officers of the asked office."""
    people = telling.on_duty(task.office, clock.local_date(now))
    _tell(task, event, people, reverse("reports:task", args=[task.pk]), now=now, once=once)


def tell_lead(task: ReportTask, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell who holds the report; while nobody does, the officers of the leading office."""
    report = task.case
    people = [report.handler] if report.handler else telling.on_duty(report.office, clock.local_date(now))
    link = reverse("reports:task", args=[task.pk])
    if event == "reports.tasks_done":  # the next step is on the case: write the summary
        link = reverse("desk:case", args=[report.KIND, report.code])
    _tell(task, event, people, link, now=now, once=once)


def _tell(
    task: ReportTask, event: str, people: Sequence[User], link: str, *, now: dt.datetime, once: str
) -> None:
    for person in people:
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={"code": task.case.code, "office": task.office.name, "url": settings.PUBLIC_URL + link},
            about=task.case,
            link=link,
            dedupe_key=f"{event}:{task.pk}:{once}:{person.pk}",
            now=now,
        )
