"""A request arrives: from the citizen's own phone, or written down by staff for somebody who came, wrote or called."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.domains.information import jobs, numbering, offices, proofs, telling
from pendopo.domains.information.actions.common import CITIZEN_LABEL, remember
from pendopo.domains.information.events import RequestReceived
from pendopo.domains.information.models import (
    Access,
    Form,
    InformationRequest,
    RequestChannel,
    RequestContact,
    RequestDraft,
    RequesterKind,
    RequestStatus,
    SendWay,
)
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.sealing import NewProof
from pendopo.kernel import clock, events, ids, phones
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line

OLDEST = dt.timedelta(days=180)  # an older day of receipt is a slip of the pen


@dataclass(frozen=True)
class NewRequest:
    """The statutory form before it has a number."""

    details: str
    purpose: str
    name: str
    address: str = ""
    occupation: str = ""
    email: str = ""
    phone: str = ""
    requester_kind: str = RequesterKind.PERSON
    by_proxy: bool = False
    proxy_for: str = ""
    access: str = Access.COPY
    form: str = Form.SOFT
    send_way: str = SendWay.ONLINE
    assistance: str = ""
    external_number: str = ""
    channel: str = RequestChannel.WEB
    language: str = "id"
    proofs: Sequence[NewProof] = field(default_factory=tuple)


@transaction.atomic
def receive(*, draft: RequestDraft, new: NewRequest, by: Any, now: dt.datetime) -> InformationRequest:
    """Turn a draft into a request. Sending the same draft again returns the request it made the first time.

    Raises NoPPID before the government is set up.
    """
    # No join here: who waited for this lock would see the draft as it is now, but the joined request as it was.
    draft = RequestDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.request_id is not None:
        return InformationRequest.objects.get(pk=draft.request_id)
    reporter = by if getattr(by, "is_authenticated", False) else None
    request = _insert(new, reporter=reporter, received_at=now, now=now)
    _close(draft, request, now=now)
    remember(request, "received", by=None, label=CITIZEN_LABEL, now=now, public=True, facts=_facts(request))
    _tell(request, now=now)
    return request


@transaction.atomic
def enter(
    *, new: NewRequest, by: User, received_at: dt.datetime, key: uuid.UUID | None = None, shown: bool = False,
    now: dt.datetime,
) -> InformationRequest:  # fmt: skip
    """Write down a request that came another way; day 0 is the day it was received.

    The same `key` of a form makes one request. `shown`: the officer saw the identity proofs on the spot, so they
    are accepted and nothing of them but the hash is kept. Raises NotAllowed, Refused (day of receipt), NoPPID.
    """
    require(policy.may_enter, by)
    if received_at > now:
        raise Refused(_("Tanggal diterima tidak boleh di masa depan."), field="received_at")
    if received_at < now - OLDEST:
        raise Refused(_("Tanggal diterima lebih dari enam bulan lalu. Periksa lagi."), field="received_at")
    draft = _draft_of(key, now=now)
    if draft.request_id is not None:
        return InformationRequest.objects.get(pk=draft.request_id)
    request = _insert(new, reporter=None, entered_by=by, received_at=received_at, now=now)
    if shown:
        request.proofs.update(
            accepted=True, judged_by=by, judged_at=now, destroyed_at=now, sealed_number=None, sealed_file=None
        )
    _close(draft, request, now=now)
    remember(request, "entered", by=by, now=now, public=True, facts=_facts(request))
    _tell(request, now=now)
    return request


def _draft_of(key: uuid.UUID | None, *, now: dt.datetime) -> RequestDraft:
    """The locked row of a form's key; two clicks wait for each other here."""
    made, _new = RequestDraft.objects.get_or_create(
        pk=key or uuid.uuid4(), defaults={"created_at": now, "updated_at": now}
    )
    return RequestDraft.objects.select_for_update().get(pk=made.pk)


def _close(draft: RequestDraft, request: InformationRequest, *, now: dt.datetime) -> None:
    """Everything is on the request now: nothing of the person stays in the draft."""
    draft.request, draft.answers, draft.updated_at = request, {}, now
    draft.save(update_fields=["request", "answers", "updated_at"])
    draft.proofs.all().delete()


def _facts(request: InformationRequest) -> dict[str, Any]:
    return {"channel": RequestChannel(request.channel).label, "registration": request.registration}


def _insert(
    new: NewRequest, *, reporter: User | None, received_at: dt.datetime, now: dt.datetime, entered_by: User | None = None
) -> InformationRequest:
    day = clock.local_date(received_at)
    request = InformationRequest(
        code=ids.new_code("PPID"),
        slug=ids.new_slug(),
        status=RequestStatus.REGISTERED,
        office=offices.main_office(),
        body=offices.body(),
        reporter=reporter,
        entered_by=entered_by,
        channel=new.channel,
        language=new.language,
        received_at=received_at,
        updated_at=now,
        requester_kind=new.requester_kind,
        by_proxy=new.by_proxy,
        details=clean(new.details),
        purpose=clean(new.purpose),
        access=new.access,
        form=new.form,
        send_way=new.send_way,
        assistance=clean_line(new.assistance)[:300],
        external_number=clean_line(new.external_number)[:60],
    )
    answer = clocks.new_clock(request, "answer", started_at=received_at)
    clocks.set_due(request, [(answer.due_on, answer.step, answer.paused)])
    pattern = numbering.pattern_of(numbering.REQUESTS, on=day)
    # From here on everybody who asks this body for a number waits for us: only plain inserts follow.
    taken = numbering.take(numbering.REQUESTS, request.body, on=day, pattern=pattern)
    request.number, request.year, request.registration = taken.number, taken.year, taken.written
    request.save(force_insert=True)
    answer.case_id = request.pk  # type: ignore[attr-defined]  # every room's clock has its case
    answer.save(force_insert=True)
    request.contact = _contact(new, request)
    proofs.add(request, new.proofs, now=now)
    return request


def _contact(new: NewRequest, request: InformationRequest) -> RequestContact:
    return RequestContact.objects.create(
        case=request,
        name=clean_line(new.name)[:120],
        address=clean_line(new.address)[:300],
        occupation=clean_line(new.occupation)[:120],
        email=new.email.strip().lower(),
        phone=phones.normalize(new.phone) or clean_line(new.phone)[:20],
        proxy_for=clean_line(new.proxy_for)[:300],
    )


def _tell(request: InformationRequest, *, now: dt.datetime) -> None:
    telling.tell_requester(request, "received", now=now, once="1")
    events.publish(RequestReceived(request.pk))
    jobs.receipt_later("request", request.pk)
