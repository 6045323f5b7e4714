"""What every verb needs: the locked request or objection and its line of history."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information.models import InformationRequest, Objection, RequestMessage

CITIZEN_LABEL = "Pemohon"


def find_for_staff(request_id: int, by: User) -> InformationRequest:
    """The request, locked, if it is on this person's desk. Raises InformationRequest.DoesNotExist."""
    rows = InformationRequest.objects.desk_of(by).select_for_update(of=("self",))
    found: InformationRequest = rows.select_related("office").get(pk=request_id)
    return found


def find_for_requester(request_id: int, by: Any, holding: Collection[int]) -> InformationRequest:
    """The request, locked, for the visitor who proved to have sent it. Raises InformationRequest.DoesNotExist."""
    rows = InformationRequest.objects.visible_to(by, holding=holding).select_for_update(of=("self",))
    found: InformationRequest = rows.select_related("office").get(pk=request_id)
    return found


def find_objection_for_requester(objection_id: int, by: Any, holding: Collection[int]) -> Objection:
    """The objection, locked, for who proved to have filed it. Raises Objection.DoesNotExist."""
    rows = Objection.objects.visible_to(by, holding=holding).select_for_update(of=("self",))
    found: Objection = rows.select_related("office").get(pk=objection_id)
    return found


def remember(
    request: InformationRequest,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    label: str = "",
) -> None:
    """Append a line of history for the request's office. `public` lines are read by the requester."""
    record(
        actor=by, verb=f"information.{verb}", subject=request, organization=request.office_id, facts=facts,
        public=public, actor_label=label, at=now,
    )  # fmt: skip


def remember_objection(
    objection: Objection,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    label: str = "",
) -> None:
    """The same for an objection, in the office of Atasan PPID."""
    record(
        actor=by, verb=f"objections.{verb}", subject=objection, organization=objection.office_id, facts=facts,
        public=public, actor_label=label, at=now,
    )  # fmt: skip


def write_message(
    request: InformationRequest, kind: MessageKind, body: str, *, by: User | None, now: dt.datetime, from_office: bool
) -> RequestMessage:
    """Add words to the conversation. Staff write for the request's office."""
    return RequestMessage.objects.create(
        case=request, kind=kind, body=body, at=now, author=by, office=request.office if from_office else None
    )
