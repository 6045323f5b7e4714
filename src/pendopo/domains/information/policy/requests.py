"""Who may do what with a request or objection as its requester, and who may look at identity proofs."""

from collections.abc import Collection
from typing import Any

from pendopo.domains.information.models import (
    REQUEST_UNDECIDED,
    InformationRequest,
    Objection,
    ObjectionStatus,
    RequestStatus,
)
from pendopo.domains.information.policy import who


def is_requester(user: Any, case: Any, *, holding: Collection[int] = ()) -> bool:
    """By proof in this browser, or by the account that sent it. Staff who only see the case are not."""
    return case.pk in holding or (case.reporter_id is not None and case.reporter_id == getattr(user, "pk", None))


def may_enter(user: Any) -> bool:
    """Write down a request that came over the counter, by letter, e-mail or telephone."""
    return who.serves_requests(user)


def may_verify(user: Any) -> bool:
    """Look at identity proofs and say whether they hold: PPID Utama's people only."""
    return who.serves_requests(user)


def may_ask_to_complete(user: Any, request: InformationRequest) -> bool:
    return request.status == RequestStatus.REGISTERED and who.serves_requests(user)


def may_complete(user: Any, request: InformationRequest, *, holding: Collection[int] = ()) -> bool:
    return request.status == RequestStatus.INCOMPLETE and is_requester(user, request, holding=holding)


def may_withdraw(user: Any, request: InformationRequest, *, holding: Collection[int] = ()) -> bool:
    """Until it is decided."""
    return request.status in REQUEST_UNDECIDED and is_requester(user, request, holding=holding)


def may_write(user: Any, request: InformationRequest, *, holding: Collection[int] = ()) -> bool:
    """Add words while somebody still works on it."""
    return request.closed_at is None and is_requester(user, request, holding=holding)


def may_withdraw_objection(user: Any, objection: Objection, *, holding: Collection[int] = ()) -> bool:
    waiting = {ObjectionStatus.REGISTERED, ObjectionStatus.REVIEWED}
    return objection.status in waiting and is_requester(user, objection, holding=holding)
