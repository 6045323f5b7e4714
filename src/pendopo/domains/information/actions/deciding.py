"""The written notice (pemberitahuan tertulis): decided once, by PPID, whole as the law wants it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.domains.information import letters, telling
from pendopo.domains.information.actions import tasks
from pendopo.domains.information.actions.clockwork import drop, start_anew, used_days
from pendopo.domains.information.actions.common import find_request, remember
from pendopo.domains.information.actions.grounding import GIVES, Draft, Whole, whole
from pendopo.domains.information.models import (
    REQUEST_UNDECIDED,
    AnswerFile,
    Decision,
    DecisionGround,
    DecisionKind,
    InformationRequest,
    Objection,
    RedactedPart,
    RequestStatus,
)
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import who
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.text import clean_line

STATUS_OF = {
    DecisionKind.FULL: RequestStatus.GRANTED,
    DecisionKind.PARTIAL: RequestStatus.GRANTED,
    DecisionKind.REFUSED: RequestStatus.REFUSED,
    DecisionKind.NOT_HELD: RequestStatus.NOT_HELD,
}


@transaction.atomic
def decide(*, request_id: int, draft: Draft, by: User, now: dt.datetime) -> Decision:
    """Decide a request. Of two officers at once the second gets a sentence. Raises Refused, NotAllowed."""
    request = find_request(request_id, by)
    if not who.decides(by):
        raise NotAllowed("may_decide")
    if request.status not in REQUEST_UNDECIDED:
        raise Refused(
            _("Permohonan ini sudah diputus: %(state)s.") % {"state": request.get_status_display().lower()}
        )
    if not policy.may_decide(by, request):
        raise Refused(_("Permohonan ini masih menunggu dilengkapi pemohon."))
    return settle(request, draft, by=by, now=now)


def settle(
    request: InformationRequest,
    draft: Draft,
    *,
    by: User,
    now: dt.datetime,
    objection: Objection | None = None,
) -> Decision:
    """Write the notice of a locked request, also one that an objection or a ruling asks for. Raises Refused."""
    found = whole(request, draft, today=clock.local_date(now))
    in_time = _stop_answering(request, now=now)
    decision = _write(request, found, in_time, by=by, now=now, objection=objection)
    _attach(decision, found, by=by, now=now)
    request.decision, request.decided_at, request.cost = decision.kind, now, decision.cost
    request.touch("decision", "decided_at", "decided_in_time", "answer_days", "cost", now=now)
    _move(request, STATUS_OF[DecisionKind(decision.kind)], now=now)
    _next_clocks(request, decision, now=now)
    tasks.end_with_case(request, by=by, now=now)
    facts = {"decision": DecisionKind(decision.kind).label}
    remember(request, "decided", by=by, now=now, facts=facts, public=True)
    if decision.other_body_told:
        remember(request, "forwarded", by=by, now=now, facts={"target": decision.other_body}, public=True)
    letters.notice(request, decision, by=by, now=now)
    with override(request.language):
        said = str(DecisionKind(decision.kind).label)
    telling.tell_requester(request, "decided", now=now, once=f"d{decision.sequence}", decision=said)
    return decision


def _stop_answering(request: InformationRequest, *, now: dt.datetime) -> bool | None:
    """End the clock of the notice; None when it ended before (an objection was accepted, a ruling is carried out)."""
    measured = request.clocks.filter(step="answer", stopped_at=None).first()
    if measured is None:
        return None
    request.answer_days = used_days(measured, now=now)
    request.decided_in_time = clocks.stop(request, "answer", now=now)
    return request.decided_in_time


def _write(
    request: InformationRequest,
    found: Whole,
    in_time: bool | None,
    *,
    by: User,
    now: dt.datetime,
    objection: Objection | None,
) -> Decision:
    draft = found.draft
    gives = draft.kind in GIVES
    last = request.decisions.aggregate(last=Max("sequence"))["last"] or 0
    return Decision.objects.create(
        case=request,
        sequence=last + 1,
        kind=draft.kind,
        held=draft.kind != DecisionKind.NOT_HELD,
        other_body=found.other_body,
        other_body_told=bool(draft.forward and draft.kind == DecisionKind.NOT_HELD),
        material=found.material if gives else "",
        reason=found.reason,
        form=draft.form if gives else "",
        send_way=draft.send_way if gives else "",
        cost=draft.cost if gives else 0,
        payment=clean_line(draft.payment)[:200] if gives else "",
        objection=objection,
        by=by,
        at=now,
        in_time=in_time,
    )


def _attach(decision: Decision, found: Whole, *, by: User, now: dt.datetime) -> None:
    """Grounds, blackened parts and files, each with what the check found."""
    DecisionGround.objects.bulk_create(
        DecisionGround(
            decision=decision, ground=test.ground, law=test.law, test=test,
            expires_on=None if test.permanent else test.expires_on,
        )
        for test in found.tests
    )  # fmt: skip
    RedactedPart.objects.bulk_create(
        RedactedPart(
            decision=decision, title=clean_line(part.title)[:200], page=part.page, letter=part.letter,
            reason=clean_line(part.reason)[:300],
        )
        for part in found.draft.blackened
    )  # fmt: skip
    AnswerFile.objects.bulk_create(_files(decision, found, now=now))


def _files(decision: Decision, found: Whole, *, now: dt.datetime) -> Iterable[AnswerFile]:
    for upload in found.draft.uploads:
        yield AnswerFile(
            decision=decision, file=upload.file, title=clean_line(upload.title)[:200] or upload.file.name,
            redaction=upload.redaction, verdict=found.draft.checks[upload.file.sha256], at=now,
        )  # fmt: skip
    for row in found.task_files:
        yield AnswerFile(
            decision=decision, file=row.file, title=row.file.name[:200],
            verdict=found.draft.checks[row.file.sha256], at=now,
        )  # fmt: skip
    for item in found.items:
        yield AnswerFile(decision=decision, item=item, title=item.title, at=now)


def _move(request: InformationRequest, status: str, *, now: dt.datetime) -> None:
    """A second notice of the same outcome (more is given after an objection) moves nothing."""
    if request.status != status:
        request.move_to(status, now=now)


def _next_clocks(request: InformationRequest, decision: Decision, *, now: dt.datetime) -> None:
    """Handing over, and the requester's right to object, both count from the notice."""
    drop(request, "complete", "deliver", now=now)
    if decision.kind in GIVES:
        start_anew(request, "deliver", at=now, now=now)
    start_anew(request, "objection", at=now, now=now)
