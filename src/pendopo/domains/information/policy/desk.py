"""Who may do what on the desk of PPID: with requests, units' tasks, objections and disputes.

Whether an act fits the moment beyond its state (asked for more time twice, too late) is said by the action, in a
sentence; a predicate here only opens the door.
"""

from typing import Any

from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information.models import (
    REQUEST_UNDECIDED,
    Dispute,
    DisputeStatus,
    InformationRequest,
    Objection,
    ObjectionGround,
    ObjectionStatus,
    RequestStatus,
    UnitTask,
)
from pendopo.domains.information.policy import who

_WORKED_ON = (RequestStatus.REGISTERED, RequestStatus.IN_PROGRESS)
_OPEN_OBJECTION = (ObjectionStatus.REGISTERED, ObjectionStatus.REVIEWED)


# Requests


def may_take(user: Any, case: InformationRequest) -> bool:
    return case.closed_at is None and case.handler_id != user.pk and who.serves_requests(user)


def may_give(user: Any, case: InformationRequest) -> bool:
    """Hand to a colleague of PPID Utama."""
    return case.closed_at is None and who.serves_requests(user)


def may_begin(user: Any, case: InformationRequest) -> bool:
    return case.status == RequestStatus.REGISTERED and who.serves_requests(user)


def may_note(user: Any, case: InformationRequest) -> bool:
    return who.serves_requests(user)


def may_write(user: Any, case: InformationRequest) -> bool:
    """Write to the requester, as long as the requester can answer."""
    return case.closed_at is None and who.serves_requests(user)


def may_split(user: Any, case: InformationRequest) -> bool:
    """Ask units of the government for their part."""
    return case.status in _WORKED_ON and who.serves_requests(user)


def may_extend(user: Any, case: InformationRequest) -> bool:
    return case.status in _WORKED_ON and who.serves_requests(user)


def may_decide(user: Any, case: InformationRequest) -> bool:
    """The written notice: PPID itself."""
    return case.status in _WORKED_ON and who.decides(user)


def may_deliver(user: Any, case: InformationRequest) -> bool:
    return case.status == RequestStatus.GRANTED and who.serves_requests(user)


def may_withdraw(user: Any, case: InformationRequest) -> bool:
    """Close on the requester's own word."""
    return case.status in REQUEST_UNDECIDED and who.serves_requests(user)


def may_log(user: Any, case: InformationRequest) -> bool:
    """Write what the public log shows of the request."""
    return who.serves_requests(user)


def may_make_item(user: Any, case: InformationRequest) -> bool:
    """Put an answer that was given into the list of public information."""
    return case.status in (RequestStatus.GRANTED, RequestStatus.DELIVERED) and who.serves_requests(user)


def may_see_contact(user: Any, case: InformationRequest) -> bool:
    return who.serves_requests(user)


def may_override(user: Any, case: InformationRequest) -> bool:
    """The way out of a state the table did not foresee."""
    return who.decides(user)


# Tasks of units


def may_lead_task(user: Any, case: InformationRequest) -> bool:
    """Speak for the asking side."""
    return who.serves_requests(user)


def may_do_task(user: Any, task: UnitTask) -> bool:
    """Speak for the asked unit: the people who work there."""
    return roles_of(user).has(task.office_id, *WORKING_ROLES)


# Objections


def may_prepare(user: Any, case: Objection) -> bool:
    """Review, ask for explanations, write notes: Atasan PPID's office and PPID Utama."""
    return case.status in _OPEN_OBJECTION and who.prepares_objections(user)


def may_review(user: Any, case: Objection) -> bool:
    return case.status == ObjectionStatus.REGISTERED and who.prepares_objections(user)


def may_note_objection(user: Any, case: Objection) -> bool:
    return who.prepares_objections(user)


def may_answer_objection(user: Any, case: Objection) -> bool:
    return case.status in _OPEN_OBJECTION and who.answers_objections(user)


def may_settle(user: Any, case: Objection) -> bool:
    """By deliberation: grounds b to g only (Pasal 35 ayat 2)."""
    return case.ground != ObjectionGround.REFUSED and may_answer_objection(user, case)


def may_write_response(user: Any, case: Objection) -> bool:
    """Write down how the requester took the answer."""
    return case.status == ObjectionStatus.ANSWERED and who.prepares_objections(user)


def may_withdraw_objection(user: Any, case: Objection) -> bool:
    return may_prepare(user, case)


def may_register_dispute(user: Any, case: Objection) -> bool:
    return case.status != ObjectionStatus.WITHDRAWN and who.prepares_objections(user)


# Disputes


def may_keep_dispute(user: Any, case: Dispute) -> bool:
    """Keep its papers: numbers, hearings, notes."""
    return case.closed_at is None and who.prepares_objections(user)


def may_mediate(user: Any, case: Dispute) -> bool:
    """UU 14/2008 Pasal 40 ayat (1): mediation is for grounds b to g."""
    return (
        case.status == DisputeStatus.PRELIMINARY
        and case.objection.ground != ObjectionGround.REFUSED
        and may_keep_dispute(user, case)
    )


def may_execute(user: Any, case: Dispute) -> bool:
    """Carry out what was ruled or agreed: PPID itself, for it may open information."""
    return case.status in (DisputeStatus.SETTLED, DisputeStatus.FINAL) and who.decides(user)


# Limits


def may_set_limits(user: Any) -> bool:
    """A local limit shorter than the law: the koordinator of the government."""
    return roles_of(user).has(who.main_office_id(), Role.COORDINATOR)


def may_see_limits(user: Any) -> bool:
    return who.is_ppid(user)
