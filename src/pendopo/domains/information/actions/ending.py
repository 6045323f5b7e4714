"""How a request ends without a decision: taken back by who asked, closed on their word, or never completed."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information import proofs, telling
from pendopo.domains.information.actions import tasks
from pendopo.domains.information.actions.clockwork import drop
from pendopo.domains.information.actions.common import (
    CITIZEN_LABEL,
    find_own_request,
    find_request,
    lock_request,
    reason_of,
    remember,
    say,
)
from pendopo.domains.information.events import RequestWithdrawn
from pendopo.domains.information.models import InformationRequest, RequestClock, RequestStatus
from pendopo.domains.information.policy import desk as desk_policy
from pendopo.domains.information.policy import requests as policy
from pendopo.kernel import clock, events
from pendopo.kernel.errors import require


@transaction.atomic
def withdraw(
    *, request_id: int, holding: Collection[int] = (), by: Any, now: dt.datetime
) -> InformationRequest:
    """The requester no longer asks. A second click of the same button changes nothing.

    Raises NotAllowed, InformationRequest.DoesNotExist.
    """
    request = find_own_request(request_id, by, holding)
    if request.status == RequestStatus.WITHDRAWN:
        require(policy.is_requester, by, request, holding=holding)
        return request
    require(policy.may_withdraw, by, request, holding=holding)
    request.move_to(RequestStatus.WITHDRAWN, now=now)
    let_go(request, by=None, now=now)
    remember(request, "withdrawn", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_requester(request, "withdrawn", now=now, once="1")
    events.publish(RequestWithdrawn(request.pk))
    return request


@transaction.atomic
def close_on_word(*, request_id: int, reason: str, by: User, now: dt.datetime) -> InformationRequest:
    """Close on the requester's own word, given to an officer. The requester reads who did it."""
    request = find_request(request_id, by)
    require(desk_policy.may_withdraw, by, request)
    words = reason_of(reason)
    request.move_to(RequestStatus.WITHDRAWN, now=now)
    let_go(request, by=by, now=now)
    say(request, MessageKind.NOTE, words, by=by, now=now)
    remember(request, "withdrawn_by_staff", by=by, now=now, public=True)
    telling.tell_requester(request, "closed_on_word", now=now, once=f"v{request.version}")
    return request


@transaction.atomic
def lapse(*, request_id: int, today: dt.date, now: dt.datetime) -> bool:
    """End a request that was not completed in time. False when it was completed meanwhile."""
    request = lock_request(request_id)
    late = RequestClock.objects.filter(case=request, step="complete", stopped_at=None, due_on__lt=today)
    if request.status != RequestStatus.INCOMPLETE or not late.exists():
        return False
    request.move_to(RequestStatus.LAPSED, now=now)
    let_go(request, by=None, now=now)
    remember(request, "lapsed", by=None, now=now, public=True)
    telling.tell_requester(request, "lapsed", now=now, once=f"v{request.version}")
    return True


def lapse_all(*, now: dt.datetime) -> int:
    """Every request whose requester's time passed; each in a transaction of its own. Returns how many."""
    today = clock.local_date(now)
    late = RequestClock.objects.filter(step="complete", stopped_at=None, due_on__lt=today)
    ids = list(late.values_list("case_id", flat=True))
    return sum(lapse(request_id=pk, today=today, now=now) for pk in ids)


def let_go(request: InformationRequest, *, by: User | None, now: dt.datetime) -> None:
    """The locked request ended without a decision: nobody was late, no unit looks, no identity proof is needed."""
    drop(request, "answer", "complete", "deliver", now=now)
    tasks.end_with_case(request, by=by, now=now)
    proofs.destroy_unjudged(request, now=now)
