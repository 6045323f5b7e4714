"""What every verb of the desk needs: the locked case, its line of history, its words, its clocks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases import clocks
from pendopo.base.cases.models import AbstractCase, AbstractClock, MessageKind
from pendopo.domains.information.models import Dispute, InformationRequest, Objection
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

MIN_WORDS = 10  # letters of a reason that somebody else has to understand
_PREFIX = {InformationRequest.KIND: "information", Objection.KIND: "objections", Dispute.KIND: "disputes"}


def find_request(request_id: int, by: User) -> InformationRequest:
    """The request, locked, if it is on this person's desk. Raises InformationRequest.DoesNotExist."""
    found = InformationRequest.objects.desk_of(by).select_for_update(of=("self",))
    request: InformationRequest = found.select_related("office").defer("search").get(pk=request_id)
    return request


def lock_request(request_id: int) -> InformationRequest:
    """The request, locked, for an act whose right was asked of another record (an objection, a dispute)."""
    found = InformationRequest.objects.select_for_update(of=("self",)).select_related("office")
    request: InformationRequest = found.defer("search").get(pk=request_id)
    return request


def find_objection(objection_id: int, by: User) -> Objection:
    """Likewise. Raises Objection.DoesNotExist."""
    found = Objection.objects.desk_of(by).select_for_update(of=("self",))
    objection: Objection = found.select_related("office").get(pk=objection_id)
    return objection


def find_dispute(dispute_id: int, by: User) -> Dispute:
    """Likewise. Raises Dispute.DoesNotExist."""
    found = Dispute.objects.desk_of(by).select_for_update(of=("self",))
    dispute: Dispute = found.select_related("office", "objection").get(pk=dispute_id)
    return dispute


def remember(
    case: AbstractCase,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
) -> None:
    """Append a line of history for the case's office. `public` shows it to the requester."""
    record(
        actor=by, verb=f"{_PREFIX[case.KIND]}.{verb}", subject=case, organization=case.office_id,
        facts=facts, public=public, restricted=case.secret, at=now,
    )  # fmt: skip


def say(case: AbstractCase, kind: MessageKind, body: str, *, by: User | None, now: dt.datetime) -> Any:
    """Add words of the office to the conversation, or a note among staff."""
    rows: Any = case.messages  # type: ignore[attr-defined]
    return rows.create(kind=kind, body=body, at=now, author=by, office=case.office)


def reason_of(words: str, *, field: str = "reason", least: int = MIN_WORDS, said: str = "") -> str:
    """The cleaned words. Raises Refused beside the field when they are too few to be understood."""
    text = clean(words)
    if len(text) < least:
        raise Refused(said or _("Tulis alasan yang dapat dipahami orang lain."), field=field)
    return text


def line_of(words: str, most: int) -> str:
    return clean_line(words)[:most]


def start_anew(case: AbstractCase, step: str, *, at: dt.datetime, now: dt.datetime) -> AbstractClock:
    """End a running clock of the step, whatever its date, and start it again from day 0 `at`."""
    case.clocks.filter(step=step, stopped_at=None).update(  # type: ignore[attr-defined]
        stopped_at=now, next_look_on=None
    )
    fresh = clocks.new_clock(case, step, started_at=at)
    fresh.save()
    clocks.refresh_due(case)
    return fresh


def drop(case: AbstractCase, *steps: str, now: dt.datetime) -> None:
    """End clocks that nobody needs any more without judging whether they were kept."""
    case.clocks.filter(step__in=steps, stopped_at=None).update(  # type: ignore[attr-defined]
        stopped_at=now, next_look_on=None
    )
    clocks.refresh_due(case)


def used_days(measured: AbstractClock, *, now: dt.datetime) -> int:
    """Counted working days from day 0 to today."""
    calendar = working_calendar(clocks.government_scope())
    return calendar.count(measured.started_on, clock.local_date(now), measured.pause_days)
