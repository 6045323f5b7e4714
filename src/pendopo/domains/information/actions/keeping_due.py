"""Periodic entries: they fall due, their keepers are told, and they are renewed or confirmed."""

import datetime as dt
import hashlib
import math
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import EscalationStep
from pendopo.base.organizations.models import Organization
from pendopo.domains.information import entries, notifying
from pendopo.domains.information.actions.keeping import find, reasoned, remember, touch
from pendopo.domains.information.models import Item, ItemStatus
from pendopo.domains.information.policy import keeping as policy
from pendopo.domains.information.rules import DUE_ITEMS
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require

LATE = 100  # percent of the time
SOON = dt.timedelta(days=60)  # no cycle's last tenth is longer


@transaction.atomic
def confirm(*, item_id: int, seen: int | None, reason: str, by: User, now: dt.datetime) -> Item:
    """ "Masih berlaku": looked at, nothing to change. The content did not change, so `modified_at` stays.

    Raises NotAllowed and Refused.
    """
    item = find(item_id, by, seen)
    require(policy.may_keep, by, item.office_id)
    if item.status != ItemStatus.FIXED or item.next_due_on is None:
        raise Refused(_("Hanya entri terbit yang diperbarui berkala yang dapat dinyatakan masih berlaku."))
    words = reasoned(reason)
    item.checked_on, item.warned_percent = clock.local_date(now), 0
    item.next_due_on = entries.next_due(item.cycle, item.checked_on)
    touch(item, "checked_on", "next_due_on", "warned_percent")
    remember(item, "item_confirmed", by=by, now=now, facts={"reason": words, "next": item.next_due_on})
    return item


def reached(item: Item, percents: Sequence[int], today: dt.date) -> int:
    """The highest threshold (percent of the time between two updates) whose day has come; 0 for none."""
    if item.next_due_on is None:
        return 0
    since = item.checked_on or clock.local_date(item.created_at)
    span = max((item.next_due_on - since).days, 1)
    days = (today - since).days
    return max((one for one in percents if days >= math.ceil(span * one / 100)), default=0)


def warn(*, now: dt.datetime) -> int:
    """One message for each office and threshold about all its entries that reached it. Safe to run twice.

    Returns the number of entries told of.
    """
    steps: dict[int, set[str]] = {}
    for percent, audience in EscalationStep.objects.filter(kind=DUE_ITEMS).values_list("percent", "audience"):
        steps.setdefault(percent, set()).add(audience)
    if not steps:
        return 0
    today = clock.local_date(now)
    waiting = Item.objects.due(on=today + SOON).filter(warned_percent__lt=max(steps))
    offices = set(waiting.order_by().values_list("office_id", flat=True))
    return sum(_warn_office(office, steps, today, now) for office in sorted(offices))


@transaction.atomic
def _warn_office(office_id: int, steps: dict[int, set[str]], today: dt.date, now: dt.datetime) -> int:
    office = Organization.objects.get(pk=office_id)
    rows = Item.objects.due(on=today + SOON).filter(office=office, warned_percent__lt=max(steps)).light()
    found: dict[int, list[Item]] = {}
    for item in rows.select_for_update(of=("self",)).order_by("next_due_on", "pk"):
        percent = reached(item, sorted(steps), today)
        if percent > item.warned_percent:
            found.setdefault(percent, []).append(item)
    for percent, items in found.items():
        Item.objects.filter(pk__in=[item.pk for item in items]).update(warned_percent=percent)
        _tell(office, percent, items, steps[percent], today, now)
    return sum(map(len, found.values()))


def _tell(
    office: Organization, percent: int, items: list[Item], to: set[str], today: dt.date, now: dt.datetime
) -> None:
    """Who joins at a threshold; a message is about all entries, so many entries are one message."""
    event = "information.items_late" if percent >= LATE else "information.items_soon"
    same = hashlib.sha256(",".join(f"{item.pk}:{item.next_due_on}" for item in items).encode()).hexdigest()
    notifying.tell(
        event,
        notifying.people(office, to, today).values(),
        {"office": office.name, "count": len(items), "titles": notifying.titles(items)},
        key=f"{office.pk}:{percent}:{same[:16]}",
        link=reverse("information:items") + "?tab=perbarui",
        about=None,
        now=now,
    )
