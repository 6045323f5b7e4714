"""What is missing in a request: asked for, given, or never given. And the requester's withdrawal and words."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information import proofs, telling
from pendopo.domains.information.actions.common import (
    CITIZEN_LABEL,
    find_for_requester,
    find_for_staff,
    remember,
    write_message,
)
from pendopo.domains.information.events import RequestCompleted, RequestEnded, RequesterWrote
from pendopo.domains.information.models import InformationRequest, RequestClock, RequestStatus
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.sealing import NewProof
from pendopo.kernel import clock, events
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean

S = RequestStatus
SHORTEST = 5  # letters of a question or an answer that says something


@transaction.atomic
def ask_to_complete(*, request_id: int, missing: str, by: User, now: dt.datetime) -> InformationRequest:
    """Say what is missing; the office's time stands still and the requester's begins.

    Raises NotAllowed, Refused (nothing said), InformationRequest.DoesNotExist.
    """
    request = find_for_staff(request_id, by)
    require(policy.may_ask_to_complete, by, request)
    missing = clean(missing)
    if len(missing) < SHORTEST:
        raise Refused(_("Tulis apa yang kurang, supaya pemohon dapat melengkapinya."), field="missing")
    wait_for_requester(request, missing, by=by, now=now)
    return request


def wait_for_requester(request: InformationRequest, missing: str, *, by: User, now: dt.datetime) -> None:
    """The change itself, for a request that the calling action locked."""
    request.move_to(S.INCOMPLETE, now=now)
    clocks.pause(request, now=now)
    clocks.start(request, "complete", now=now)
    write_message(request, MessageKind.QUESTION, missing, by=by, now=now, from_office=True)
    remember(request, "incomplete", by=by, now=now, public=True)
    telling.tell_requester(request, "incomplete", now=now, once=now.isoformat(), missing=missing)


@transaction.atomic
def complete(
    *, request_id: int, body: str, new_proofs: Sequence[NewProof] = (), holding: Collection[int] = (), by: Any,
    now: dt.datetime,
) -> InformationRequest:  # fmt: skip
    """Give what was missing. The office's clock goes on from tomorrow.

    Raises NotAllowed, Refused (nothing given), InformationRequest.DoesNotExist.
    """
    request = find_for_requester(request_id, by, holding)
    require(policy.may_complete, by, request, holding=holding)
    body = clean(body)
    if not body and not new_proofs:
        raise Refused(_("Tulis jawaban Anda, atau kirim bukti yang diminta."), field="body")
    request.move_to(S.REGISTERED, now=now)
    clocks.stop(request, "complete", now=now)
    clocks.resume(request, now=now)
    proofs.add(request, new_proofs, now=now)
    write_message(
        request, MessageKind.REPLY, body or _("Bukti identitas dikirim."), by=_account(by), now=now, from_office=False
    )
    remember(request, "completed", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_requester(request, "completed", now=now, once=now.isoformat())
    events.publish(RequestCompleted(request.pk))
    return request


@transaction.atomic
def lapse(*, request_id: int, today: dt.date, now: dt.datetime) -> bool:
    """End a request that was not completed in time. False when it was completed meanwhile."""
    request = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    late = RequestClock.objects.filter(case=request, step="complete", stopped_at=None, due_on__lt=today)
    if request.status != S.INCOMPLETE or not late.exists():
        return False
    request.move_to(S.LAPSED, now=now)
    _end(request, now=now)
    remember(request, "lapsed", by=None, now=now, public=True)
    telling.tell_requester(request, "lapsed", now=now, once="1")
    return True


def lapse_all(*, now: dt.datetime) -> int:
    """Every request whose requester's time passed; each in a transaction of its own. Returns how many."""
    today = clock.local_date(now)
    late = RequestClock.objects.filter(step="complete", stopped_at=None, due_on__lt=today)
    return sum(lapse(request_id=pk, today=today, now=now) for pk in late.values_list("case_id", flat=True))


@transaction.atomic
def withdraw(
    *, request_id: int, holding: Collection[int] = (), by: Any, now: dt.datetime
) -> InformationRequest:
    """The requester no longer asks. Identity proofs are destroyed at once.

    Raises NotAllowed, InformationRequest.DoesNotExist.
    """
    request = find_for_requester(request_id, by, holding)
    require(policy.may_withdraw, by, request, holding=holding)
    request.move_to(S.WITHDRAWN, now=now)
    _end(request, now=now)
    remember(request, "withdrawn", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_requester(request, "withdrawn", now=now, once="1")
    return request


@transaction.atomic
def write(
    *, request_id: int, body: str, holding: Collection[int] = (), by: Any, now: dt.datetime
) -> InformationRequest:
    """A word from the requester to the office; no state changes. Raises NotAllowed, Refused, DoesNotExist."""
    request = find_for_requester(request_id, by, holding)
    require(policy.may_write, by, request, holding=holding)
    body = clean(body)
    if not body:
        raise Refused(_("Tulis pesan Anda."), field="body")
    last = request.messages.order_by("-at", "-pk").first()
    if last is not None and last.kind == MessageKind.REPLY and last.body == body:
        return request  # the button was pressed twice
    write_message(request, MessageKind.REPLY, body, by=_account(by), now=now, from_office=False)
    remember(request, "replied", by=None, label=CITIZEN_LABEL, now=now, public=True)
    events.publish(RequesterWrote(request.pk))
    return request


def _end(request: InformationRequest, *, now: dt.datetime) -> None:
    clocks.stop(request, now=now)
    proofs.destroy_unjudged(request, now=now)
    events.publish(RequestEnded(request.pk, request.status))


def _account(by: Any) -> User | None:
    return by if getattr(by, "is_authenticated", False) else None
