"""What is missing in a request: asked for, and given. And the requester's words to the office."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.base.files import sealed
from pendopo.base.files.examine import Examined
from pendopo.domains.information import proofs, telling
from pendopo.domains.information.actions.common import (
    CITIZEN_LABEL,
    find_own_request,
    find_request,
    remember,
    say,
)
from pendopo.domains.information.events import RequestCompleted, RequesterWrote
from pendopo.domains.information.models import IdentityProof, InformationRequest, ProofKind, RequestStatus
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.sealing import HOST, NewProof, new_proof
from pendopo.kernel import events
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean

S = RequestStatus
SHORTEST = 5  # letters of a question or an answer that says something


@transaction.atomic
def ask_to_complete(*, request_id: int, missing: str, by: User, now: dt.datetime) -> InformationRequest:
    """Say what is missing; the office's time stands still and the requester's begins.

    Raises NotAllowed, Refused (nothing said), InformationRequest.DoesNotExist.
    """
    request = find_request(request_id, by)
    require(policy.may_ask_to_complete, by, request)
    missing = clean(missing)
    if len(missing) < SHORTEST:
        raise Refused(_("Tulis apa yang kurang, supaya pemohon dapat melengkapinya."), field="missing")
    wait_for_requester(request, missing, by=by, now=now)
    return request


def wait_for_requester(request: InformationRequest, missing: str, *, by: User, now: dt.datetime) -> None:
    """The change itself, for a request that the calling action locked. One that waits already is only told more."""
    if request.status != S.INCOMPLETE:
        request.move_to(S.INCOMPLETE, now=now)
        clocks.pause(request, now=now)
        clocks.start(request, "complete", now=now)
    say(request, MessageKind.QUESTION, missing, by=by, now=now)
    remember(request, "incomplete", by=by, now=now, public=True)
    telling.tell_requester(request, "incomplete", now=now, once=now.isoformat(), missing=missing)


@transaction.atomic
def complete(
    *, request_id: int, body: str, file: Examined | None = None, holding: Collection[int] = (), by: Any,
    now: dt.datetime,
) -> InformationRequest:  # fmt: skip
    """Give what was missing: words, a document in place of the one that was refused, or both. The office's clock
    goes on from tomorrow; a second click of the same button changes nothing.

    Raises NotAllowed, Refused (nothing given), InformationRequest.DoesNotExist.
    """
    request = find_own_request(request_id, by, holding)
    body = clean(body)
    if not body and file is None:
        raise Refused(_("Tulis jawaban Anda, atau kirim bukti yang diminta."), field="body")
    with override(request.language):
        words = body or _("Bukti identitas dikirim.")
    if request.status == S.REGISTERED and _said_last(request, words):
        require(policy.is_requester, by, request, holding=holding)
        return request
    require(policy.may_complete, by, request, holding=holding)
    request.move_to(S.REGISTERED, now=now)
    clocks.stop(request, "complete", now=now)
    clocks.resume(request, now=now)
    if file is not None:
        proofs.add(request, [_sealed(request, file, by=by, now=now)], now=now)
    say(request, MessageKind.REPLY, words, by=_account(by), now=now, office=False)
    remember(request, "completed", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_requester(request, "completed", now=now, once=now.isoformat())
    events.publish(RequestCompleted(request.pk))
    return request


def _sealed(request: InformationRequest, file: Examined, *, by: Any, now: dt.datetime) -> NewProof:
    """The document, of the kind of the one that was refused last."""
    refused = IdentityProof.objects.filter(case=request, accepted=False).order_by("-judged_at").first()
    row = sealed.seal(upload=file, by=_account(by), now=now, host=HOST)
    return new_proof(refused.kind if refused else ProofKind.KTP, sealed_file=row.pk)


@transaction.atomic
def write(
    *, request_id: int, body: str, holding: Collection[int] = (), by: Any, now: dt.datetime
) -> InformationRequest:
    """A word from the requester to the office; no state changes. Raises NotAllowed, Refused, DoesNotExist."""
    request = find_own_request(request_id, by, holding)
    require(policy.may_write, by, request, holding=holding)
    body = clean(body)
    if not body:
        raise Refused(_("Tulis pesan Anda."), field="body")
    if _said_last(request, body):
        return request  # the button was pressed twice
    message = say(request, MessageKind.REPLY, body, by=_account(by), now=now, office=False)
    remember(request, "replied", by=None, label=CITIZEN_LABEL, now=now, public=True)
    events.publish(RequesterWrote(request.pk, message.pk))
    return request


def _said_last(request: InformationRequest, words: str) -> bool:
    """Whether these are the last words of the conversation, and the requester's own."""
    last = request.messages.exclude(kind=MessageKind.NOTE).order_by("-pk").first()
    return last is not None and last.kind == MessageKind.REPLY and last.body == words


def _account(by: Any) -> User | None:
    return by if getattr(by, "is_authenticated", False) else None
