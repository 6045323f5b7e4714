"""Messages among offices: who holds a request, asked units, Atasan PPID. No words of a request travel in them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import AbstractCase
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import escalation_chain, head_of, officers_of
from pendopo.domains.information.models import InformationRequest, Objection, UnitTask
from pendopo.domains.information.offices import main_office
from pendopo.kernel import clock

MOST_TOLD = 12  # of one office; whoever else works there finds it on the desk


def staff_of(office: Organization, today: dt.date) -> list[User]:
    """Who does the daily work of an office: its officers, at PPID Utama its koordinator too."""
    return sorted(_working(office, today), key=lambda one: (str(one), one.pk))


def _working(office: Organization, today: dt.date) -> list[User]:
    """The same; who leads the daily work first."""
    if not office.is_intake:
        return officers_of(office, today)
    chain = {step.name: step.users for step in escalation_chain(office, today)}
    people = [*chain.get("COORDINATOR", ()), *chain.get("OFFICER", ())]
    return list({one.pk: one for one in people}.values())


def _on_duty(office: Organization, today: dt.date) -> Sequence[User]:
    """The daily staff, not all of a large office; an office without any hears through its head."""
    people = _working(office, today)[:MOST_TOLD]
    if people:
        return people
    head = head_of(office, today)
    return [head] if head else []


def tell_handler(
    request: InformationRequest, event: str, *, now: dt.datetime, once: str, but: int | None = None
) -> None:
    """Tell who holds the request; while nobody does, PPID Utama's people. `but` knows it already."""
    people = [request.handler] if request.handler else _on_duty(request.office, clock.local_date(now))
    _send(request, event, [one for one in people if one.pk != but], _desk(request), now=now, once=once)


def tell_unit(task: UnitTask, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell the asked unit; the message leads to its task, never to the request."""
    people = _on_duty(task.office, clock.local_date(now))
    link = reverse("information:task", args=[task.pk])
    _send(task.case, event, people, link, now=now, once=f"{task.pk}:{once}", office=task.office.name)


def tell_lead(task: UnitTask, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell who holds the request what a unit did."""
    request = task.case
    people = [request.handler] if request.handler else _on_duty(request.office, clock.local_date(now))
    link = reverse("information:task", args=[task.pk])
    _send(request, event, people, link, now=now, once=f"{task.pk}:{once}", office=task.office.name)


def tell_ppid(objection: Objection, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell PPID Utama about an objection: who held the request, else the people on duty."""
    request = objection.request
    people = (
        [request.handler] if request and request.handler else _on_duty(main_office(), clock.local_date(now))
    )
    _send(objection, event, people, _desk(objection), now=now, once=once)


def tell_answerer(objection: Objection, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell Atasan PPID (or who acts for them), and who took the preparation."""
    head = head_of(objection.office, clock.local_date(now))
    people = {one.pk: one for one in (head, objection.handler) if one is not None}
    _send(objection, event, people.values(), _desk(objection), now=now, once=once)


def tell_atasan(case: AbstractCase, event: str, *, now: dt.datetime, once: str) -> None:
    """Tell the office that holds an objection or dispute."""
    _send(case, event, _on_duty(case.office, clock.local_date(now)), _desk(case), now=now, once=once)


def _desk(case: AbstractCase) -> str:
    return reverse("desk:case", args=[case.KIND, case.code])


def _send(
    case: Any, event: str, people: Iterable[User], link: str, *, now: dt.datetime, once: str, office: str = ""
) -> None:
    for person in people:
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={
                "code": case.code, "registration": getattr(case, "registration", ""),
                "office": office or case.office.name, "url": settings.PUBLIC_URL + link,
            },
            about=case,
            link=link,
            dedupe_key=f"{event}:{case.pk}:{once}:{person.pk}",
            now=now,
        )  # fmt: skip
