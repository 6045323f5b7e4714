"""What keepers of the lists are told. A message about many entries is one message."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.public import escalation_chain
from pendopo.base.ui import words
from pendopo.domains.information.models import ConsequenceTest, Decree, Item
from pendopo.domains.information.offices import main_office
from pendopo.kernel import clock

MOST_TITLES = 8


def people(office: Organization, audiences: Iterable[str], today: dt.date) -> dict[int, User]:
    """Who works in these seats for an office; at the intake office the koordinator does the officer's work."""
    chain = {step.name: list(step.users) for step in escalation_chain(office, today)}
    if office.is_intake:
        chain["OFFICER"] = [*chain.get("OFFICER", ()), *chain.get("COORDINATOR", ())]
    return {person.pk: person for name in audiences for person in chain.get(name, ())}


def tell(
    event: str,
    to: Iterable[User],
    context: Mapping[str, Any],
    *,
    key: str,
    link: str,
    about: Model | None,
    now: dt.datetime,
) -> None:
    """The same message to several people, each once."""
    for person in to:
        with override(person.language):
            spoken = {name: _spoken(value) for name, value in context.items()}
        send(
            event=event,
            to=Recipient(user=person, language=person.language),
            context={**spoken, "url": settings.PUBLIC_URL + link},
            about=about,
            link=link,
            dedupe_key=f"{event}:{key}:{person.pk}",
            now=now,
        )


def _spoken(value: Any) -> str | int:
    if isinstance(value, dt.date):
        return words.long_date(value)
    return value if isinstance(value, int) else str(value or "")


def _proposer(item: Item, today: dt.date) -> list[User]:
    """Who proposed; when nobody did, the officers of the office."""
    found = item.proposed_by
    return [found] if found and found.is_active else list(people(item.office, ["OFFICER"], today).values())


def item_returned(item: Item, *, now: dt.datetime) -> None:
    tell(
        "information.item_returned",
        _proposer(item, clock.local_date(now)),
        {"title": item.title, "reason": item.return_reason},
        key=f"{item.pk}:{item.version}",
        link=reverse("information:entry", args=[item.pk]),
        about=item,
        now=now,
    )


def items_fixed(items: Sequence[Item], decree: Decree, *, now: dt.datetime) -> None:
    """Each proposer hears once how many of the own entries the decree fixed."""
    mine: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if item.proposed_by_id and item.proposed_by_id != decree.made_by_id:
            mine[item.proposed_by_id].append(item)
    for person in User.objects.filter(pk__in=mine, is_active=True):
        own = mine[person.pk]
        tell(
            "information.items_fixed",
            [person],
            {"count": len(own), "decree": decree.number, "titles": titles(own)},
            key=str(decree.pk),
            link=reverse("information:decree", args=[decree.pk]),
            about=decree,
            now=now,
        )


def titles(items: Sequence[Item]) -> str:
    """The first titles as lines of a list."""
    lines = [f"– {item.title}" for item in items[:MOST_TITLES]]
    return "\n".join([*lines, "– …"] if len(items) > MOST_TITLES else lines)


def test_returned(test: ConsequenceTest, *, now: dt.datetime) -> None:
    _about_test(
        "information.test_returned", test, {"reason": test.return_reason}, key=str(test.version), now=now
    )


def test_fixed(test: ConsequenceTest, *, now: dt.datetime) -> None:
    _about_test("information.test_fixed", test, {"decree": str(test.decree)}, key="", now=now)


def test_expiring(test: ConsequenceTest, *, days: int, now: dt.datetime) -> None:
    """Owner and PPID Utama, in time to open the information or to make a new test."""
    _about_test("information.test_expiring", test, {"days": days}, key="", now=now, utama=True)


def test_ended(test: ConsequenceTest, *, now: dt.datetime) -> None:
    """The information is not withheld any more: somebody must open it."""
    _about_test("information.test_ended", test, {"reason": test.ended_reason}, key="", now=now, utama=True)


def _about_test(
    event: str,
    test: ConsequenceTest,
    context: Mapping[str, Any],
    *,
    key: str,
    now: dt.datetime,
    utama: bool = False,
) -> None:
    today = clock.local_date(now)
    to = people(test.office, ["OFFICER", "HEAD"] if utama else ["OFFICER"], today)
    if test.made_by is not None and test.made_by.is_active:
        to[test.made_by.pk] = test.made_by
    if utama:
        to |= people(main_office(), ["COORDINATOR"], today)
    tell(
        event,
        to.values(),
        {"code": test.code, "until": test.expires_on, **context},
        key=f"{test.pk}:{key}",
        link=reverse("information:test", args=[test.pk]),
        about=test,
        now=now,
    )
