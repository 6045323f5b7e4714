"""Which grounds of objection (UU 14/2008 Pasal 35) are true today, since when, and until when they may be used.

`standings` is pure: everything it judges is in `Facts`. The window of Pasal 36 ayat (1) counts from the day the
ground was there; for a ground that grows out of silence that is the day after the limit.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from django.utils.translation import gettext as _

from pendopo.base.cases import clocks
from pendopo.base.ui import words
from pendopo.domains.information.models import (
    Category,
    Decision,
    DecisionKind,
    InformationRequest,
    Item,
    ItemStatus,
    Objection,
    ObjectionGround,
    ObjectionStatus,
    RequestClock,
    RequestStatus,
)
from pendopo.kernel import clock

G, D = ObjectionGround, DecisionKind
_DAY = dt.timedelta(days=1)
LastDay = Callable[[dt.date], dt.date]  # the last day to object, from the day the ground was there


class Why(StrEnum):
    """What stands between a ground and its use today."""

    OPEN = "open"
    NOT_TRUE = "not true"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"
    USED = "used"


@dataclass(frozen=True)
class Facts:
    """What a request's grounds depend on. Days are local dates; `objected` is the latest day each ground was used,
    withdrawn objections aside. `answer_due` and `deliver_due` are None while no such limit can be told.
    """

    received_on: dt.date
    ended: bool = False  # withdrawn or lapsed: nothing was refused
    answer_due: dt.date | None = None
    decision: str = ""
    decided_on: dt.date | None = None
    cost: int = 0
    deliver_due: dt.date | None = None
    delivered_on: dt.date | None = None
    objected: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """One ground today. `since` is the day it was there (or will be), `until` the last day to use it."""

    ground: ObjectionGround
    why: Why
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def open(self) -> bool:
        return self.why == Why.OPEN

    @property
    def label(self) -> str:
        return str(self.ground.label)

    @property
    def sentence(self) -> str:
        """Why it can or cannot be used, for the person who asks."""
        since = words.long_date(self.since) if self.since else ""
        until = words.long_date(self.until) if self.until else ""
        if self.why == Why.OPEN:
            return _("Dapat diajukan sampai %(day)s.") % {"day": until}
        if self.why == Why.TOO_EARLY:
            return _(
                "Belum dapat diajukan. Alasan ini baru ada bila sampai sebelum %(day)s belum juga dipenuhi."
            ) % {"day": since}
        if self.why == Why.TOO_LATE:
            return _("Waktunya sudah lewat: paling lambat %(day)s.") % {"day": until}
        if self.why == Why.USED:
            return _("Sudah Anda ajukan.")
        return _("Alasan ini tidak berlaku untuk permohonan ini.")


def standings(facts: Facts, today: dt.date, last_day: LastDay) -> list[Offer]:
    """Every ground but b (which needs no request), true or not, in the order of the law."""
    found = _found_on(facts)
    offers = []
    for ground in G:
        if ground == G.NOT_PUBLISHED:
            continue
        since = None if facts.ended else found.get(ground)
        offers.append(_judged(ground, since, facts, today, last_day))
    return offers


def _judged(
    ground: ObjectionGround, since: dt.date | None, facts: Facts, today: dt.date, last_day: LastDay
) -> Offer:
    if since is None:
        return Offer(ground, Why.NOT_TRUE)
    used = facts.objected.get(ground)
    anchor = facts.decided_on or facts.received_on
    until = last_day(since)
    if used is not None and used >= anchor:
        return Offer(ground, Why.USED, since, until)
    if today < since:
        return Offer(ground, Why.TOO_EARLY, since, until)
    return Offer(ground, Why.TOO_LATE if today > until else Why.OPEN, since, until)


def _found_on(facts: Facts) -> dict[ObjectionGround, dt.date]:
    """The day each ground is there; a day to come for what silence will make true."""
    decided = facts.decided_on
    if decided is None:
        return {G.NO_ANSWER: facts.answer_due + _DAY} if facts.answer_due else {}
    found: dict[ObjectionGround, dt.date] = {}
    if facts.decision in (D.REFUSED, D.PARTIAL):
        found[G.REFUSED] = decided
    if facts.decision in (D.FULL, D.PARTIAL, D.NOT_HELD):
        found[G.NOT_AS_ASKED] = decided
    if facts.decision in (D.FULL, D.PARTIAL) and facts.delivered_on is None and facts.deliver_due:
        found[G.NOT_FULFILLED] = facts.deliver_due + _DAY
    if facts.cost > 0:
        found[G.UNFAIR_COST] = decided
    late = [
        day
        for day, due in ((decided, facts.answer_due), (facts.delivered_on, facts.deliver_due))
        if day and due and day > due
    ]
    if late:
        found[G.TOO_LATE] = max(late)  # the later one: the window that is kinder to who asks
    return found


def offers_for(request: InformationRequest, *, today: dt.date) -> list[Offer]:
    """Every ground of a request with its standing today. Four queries."""
    return standings(facts_of(request), today, last_day_to_object)


def facts_of(request: InformationRequest) -> Facts:
    """The facts of a request as they stand in the database."""
    decision = Decision.objects.filter(case=request).order_by("-sequence").first()
    due = {
        one.step: one.due_on
        for one in RequestClock.objects.filter(case=request, step__in=("answer", "deliver")).order_by(
            "started_at", "pk"
        )
    }
    used = Objection.objects.filter(request=request).exclude(status=ObjectionStatus.WITHDRAWN)
    objected: dict[str, dt.date] = {}
    for ground, received_at in used.order_by("received_at").values_list("ground", "received_at"):
        objected[ground] = clock.local_date(received_at)
    handed = request.status == RequestStatus.DELIVERED and request.delivered_at is not None
    return Facts(
        received_on=clock.local_date(request.received_at),
        ended=request.status in {RequestStatus.WITHDRAWN, RequestStatus.LAPSED},
        answer_due=due.get("answer"),
        decision=decision.kind if decision else "",
        decided_on=clock.local_date(decision.at) if decision else None,
        cost=int(decision.cost) if decision else 0,
        deliver_due=due.get("deliver"),
        delivered_on=clock.local_date(request.delivered_at) if handed and request.delivered_at else None,
        objected=objected,
    )


def last_day_to_object(since: dt.date) -> dt.date:
    """By the rule in force on the day the ground was there (Pasal 36 ayat 1)."""
    rule = clocks.rule_for(InformationRequest.KIND, "objection", case_class="", on=since)
    return clocks.days_after(since, rule.amount, rule.unit)


def item_is_overdue(item: Item, *, today: dt.date) -> bool:
    """Ground b: an entry that must be announced regularly and is past its day.

    The failure lasts until the entry is renewed, so who finds it today may object today.
    """
    published = item.status == ItemStatus.FIXED and item.category == Category.BERKALA
    return published and item.next_due_on is not None and item.next_due_on < today


def dispute_until(objection: Objection, running: Sequence[Any], *, today: dt.date) -> dt.date | None:
    """The last day to go to Komisi Informasi (Pasal 37 ayat 2): after the answer, or after the silence.

    None while Atasan PPID still has time, for an objection that was taken back, and when nothing is left to judge.
    """
    if objection.status == ObjectionStatus.WITHDRAWN:
        return None
    started = next((one for one in running if one.step == "dispute"), None)
    if started is not None:
        return cast("dt.date | None", started.due_on)
    if objection.answered_at is not None:
        return _last_day_to_dispute(clock.local_date(objection.answered_at))
    reply = next((one for one in running if one.step == "reply"), None)
    if reply is None or reply.due_on is None or today <= reply.due_on:
        return None
    return _last_day_to_dispute(reply.due_on)


def _last_day_to_dispute(since: dt.date) -> dt.date:
    rule = clocks.rule_for(Objection.KIND, "dispute", case_class="", on=since)
    return clocks.days_after(since, rule.amount, rule.unit)
