"""What follows a decision: the information is handed over. And the way out of a state nobody foresaw."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information import letters, telling
from pendopo.domains.information.actions import ending, tasks
from pendopo.domains.information.actions.clockwork import drop, go_on
from pendopo.domains.information.actions.common import find_request, reason_of, remember, say
from pendopo.domains.information.models import REQUEST_UNDECIDED, InformationRequest, RequestStatus, SendWay
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

_BEGINS = {RequestStatus.INCOMPLETE: "complete", RequestStatus.GRANTED: "deliver"}


@transaction.atomic
def deliver(*, request_id: int, note: str = "", by: User, now: dt.datetime) -> InformationRequest:
    """Hand the information over. Files become downloadable for the requester; other ways need to whom and how."""
    request = find_request(request_id, by)
    require(policy.may_deliver, by, request)
    decision = request.decisions.first()
    words = clean_line(note)[:500]
    if decision is not None and decision.send_way != SendWay.ONLINE and len(words) < 5:
        raise Refused(_("Tulis kepada siapa, bagaimana, dan apa yang diserahkan."), field="note")
    request.move_to(RequestStatus.DELIVERED, now=now)
    request.delivered_at = now
    request.touch("delivered_at", now=now)
    clocks.stop(request, "deliver", now=now)
    if words:
        say(request, MessageKind.NOTE, words, by=by, now=now)
    remember(request, "delivered", by=by, now=now, public=True)
    letters.handover(request, decision, words, by=by, now=now)
    telling.tell_requester(request, "delivered", now=now, once=f"v{request.version}")
    return request


@transaction.atomic
def override(*, request_id: int, status: str, reason: str, by: User, now: dt.datetime) -> InformationRequest:
    """Put a stuck request into a state, by PPID, with a reason that stays in history."""
    request = find_request(request_id, by)
    require(policy.may_override, by, request)
    words = reason_of(reason)
    if status not in RequestStatus.values:
        raise Refused(_("Pilih keadaannya."), field="status")
    decided = status in {"GRANTED", "DELIVERED", "REFUSED", "NOT_HELD"}
    if decided and not request.decision:
        raise Refused(_("Keadaan ini perlu putusan tertulis. Pakai “Putuskan”."), field="status")
    say(request, MessageKind.NOTE, words, by=by, now=now)
    request.override(status, now=now)
    _set_clocks(request, now=now)
    if status in {RequestStatus.WITHDRAWN, RequestStatus.LAPSED}:
        ending.let_go(request, by=by, now=now)
    elif request.closed_at is not None:
        tasks.end_with_case(request, by=by, now=now)
    remember(request, "overridden", by=by, now=now, facts={"status": RequestStatus(status).label})
    return request


def _set_clocks(request: InformationRequest, *, now: dt.datetime) -> None:
    """As the state has it. The law's clock of the notice never begins anew by hand."""
    drop(request, "complete", "deliver", now=now)
    if request.status in REQUEST_UNDECIDED:
        go_on(request, "answer", now=now)
        turn = clocks.pause if request.status == RequestStatus.INCOMPLETE else clocks.resume
        turn(request, now=now)
    else:
        drop(request, "answer", now=now)
    if step := _BEGINS.get(RequestStatus(request.status)):
        clocks.start(request, step, now=now)
