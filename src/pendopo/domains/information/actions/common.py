"""What every verb on a request, objection or dispute needs: the locked case, its line of history, its words."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.models import AbstractCase, MessageKind
from pendopo.domains.information.models import Dispute, InformationRequest, Objection
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

CITIZEN_LABEL = "Pemohon"
MIN_WORDS = 10  # letters of a reason that somebody else has to understand
_PREFIX = {InformationRequest.KIND: "information", Objection.KIND: "objections", Dispute.KIND: "disputes"}


# On the desk


def find_request(request_id: int, by: User) -> InformationRequest:
    """The request, locked, if it is on this person's desk. Raises InformationRequest.DoesNotExist."""
    return _locked_request(InformationRequest.objects.desk_of(by), request_id)


def lock_request(request_id: int) -> InformationRequest:
    """The request, locked, for an act whose right was asked of another record (an objection, a task) or of none."""
    return _locked_request(InformationRequest.objects.all(), request_id)


def find_objection(objection_id: int, by: User) -> Objection:
    """The objection, locked, if it is on this person's desk. Raises Objection.DoesNotExist."""
    return _locked_objection(Objection.objects.desk_of(by), objection_id)


def find_dispute(dispute_id: int, by: User) -> Dispute:
    """Likewise. Raises Dispute.DoesNotExist."""
    found = Dispute.objects.desk_of(by).select_for_update(of=("self",))
    dispute: Dispute = found.select_related("office", "objection").get(pk=dispute_id)
    return dispute


# Of who sent it


def find_own_request(request_id: int, by: Any, holding: Collection[int]) -> InformationRequest:
    """The request, locked, for the visitor who proved to have sent it. Raises InformationRequest.DoesNotExist."""
    return _locked_request(InformationRequest.objects.visible_to(by, holding=holding), request_id)


def find_own_objection(objection_id: int, by: Any, holding: Collection[int]) -> Objection:
    """The objection, locked, for who proved to have filed it. Raises Objection.DoesNotExist."""
    return _locked_objection(Objection.objects.visible_to(by, holding=holding), objection_id)


def _locked_request(among: Any, request_id: int) -> InformationRequest:
    rows = among.select_for_update(of=("self",)).select_related("office", "handler")
    found: InformationRequest = rows.defer("search").get(pk=request_id)
    return found


def _locked_objection(among: Any, objection_id: int) -> Objection:
    rows = among.select_for_update(of=("self",)).select_related("office")
    found: Objection = rows.get(pk=objection_id)
    return found


# What stays of an act


def remember(
    case: AbstractCase,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    label: str = "",
) -> None:
    """Append a line of history for the case's office. `public` shows it to the requester."""
    record(
        actor=by, verb=f"{_PREFIX[case.KIND]}.{verb}", subject=case, organization=case.office_id, facts=facts,
        public=public, restricted=case.secret, actor_label=label, at=now,
    )  # fmt: skip


def say(
    case: AbstractCase,
    kind: MessageKind,
    body: str,
    *,
    by: User | None,
    now: dt.datetime,
    office: bool = True,
) -> Any:
    """Add words to the conversation, or a note among staff; without `office` they are the requester's."""
    rows: Any = case.messages  # type: ignore[attr-defined]
    return rows.create(kind=kind, body=body, at=now, author=by, office=case.office if office else None)


def reason_of(words: str, *, field: str = "reason", least: int = MIN_WORDS, said: str = "") -> str:
    """The cleaned words. Raises Refused beside the field when they are too few to be understood."""
    text = clean(words)
    if len(text) < least:
        raise Refused(said or _("Tulis alasan yang dapat dipahami orang lain."), field=field)
    return text


def line_of(words: str, most: int) -> str:
    return clean_line(words)[:most]
