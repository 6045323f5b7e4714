"""The first acts on a request: who holds it, is it complete, does work on it begin."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.looks import role_at
from pendopo.base.cases.models import MessageKind
from pendopo.domains.information import letters, telling, telling_desk
from pendopo.domains.information.actions import completing
from pendopo.domains.information.actions.common import find_request, reason_of, remember, say
from pendopo.domains.information.models import InformationRequest, RequestContact, RequestStatus
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


@transaction.atomic
def take(*, request_id: int, by: User, now: dt.datetime) -> InformationRequest:
    """ "Saya yang menangani": the officer becomes the handler."""
    request = find_request(request_id, by)
    require(policy.may_take, by, request)
    request.handler = by
    request.touch("handler", now=now)
    remember(request, "taken", by=by, now=now)
    return request


@transaction.atomic
def give(*, request_id: int, officer_id: int, by: User, now: dt.datetime) -> InformationRequest:
    """Make a colleague on duty at PPID Utama the handler."""
    request = find_request(request_id, by)
    require(policy.may_give, by, request)
    on_duty = {one.pk: one for one in telling_desk.staff_of(request.office, clock.local_date(now))}
    officer = on_duty.get(officer_id)
    if officer is None:
        raise Refused(_("Petugas ini tidak sedang bertugas di PPID Utama."), field="officer")
    if request.handler_id == officer.pk:
        raise Refused(_("Permohonan ini sudah dipegang petugas itu."), field="officer")
    request.handler = officer
    request.touch("handler", now=now)
    remember(request, "given", by=by, now=now, facts={"to": str(officer)})
    if officer.pk != by.pk:
        telling_desk.tell_handler(request, "information.given", now=now, once=f"v{request.version}")
    return request


def begin_work(request: InformationRequest, *, by: User, now: dt.datetime) -> None:
    """The locked request was found complete; asking a unit or for more time says so too."""
    if request.status == RequestStatus.REGISTERED:
        if request.handler_id is None:
            request.handler = by
            request.touch("handler", now=now)
        request.move_to(RequestStatus.IN_PROGRESS, now=now)
        remember(request, "started", by=by, now=now, public=True)


@transaction.atomic
def begin(*, request_id: int, by: User, now: dt.datetime) -> InformationRequest:
    """The request is complete and is worked on."""
    request = find_request(request_id, by)
    require(policy.may_begin, by, request)
    begin_work(request, by=by, now=now)
    return request


@transaction.atomic
def ask_to_complete(*, request_id: int, missing: str, by: User, now: dt.datetime) -> InformationRequest:
    """`completing.ask_to_complete`, with the letter that says it."""
    request = completing.ask_to_complete(request_id=request_id, missing=missing, by=by, now=now)
    letters.ask_to_complete(request, clean(missing), by=by, now=now)
    return request


@transaction.atomic
def note(*, request_id: int, body: str, by: User, now: dt.datetime) -> InformationRequest:
    """Words among staff; the requester never reads them."""
    request = find_request(request_id, by)
    require(policy.may_note, by, request)
    words = reason_of(body, field="body", least=1, said=_("Tulis catatannya dulu."))
    say(request, MessageKind.NOTE, words, by=by, now=now)
    request.touch(now=now)  # a second click of the same button finds a newer version
    remember(request, "noted", by=by, now=now)
    return request


@transaction.atomic
def write(*, request_id: int, body: str, by: User, now: dt.datetime) -> InformationRequest:
    """Words to the requester, who may answer while the request is open. No clock moves."""
    request = find_request(request_id, by)
    require(policy.may_write, by, request)
    message = say(request, MessageKind.ANSWER, reason_of(body, field="body"), by=by, now=now)
    request.touch(now=now)
    remember(request, "wrote", by=by, now=now, public=True)
    telling.tell_requester(request, "wrote", now=now, once=f"m{message.pk}")
    return request


@transaction.atomic
def open_contact(*, request_id: int, purpose: str, by: User, now: dt.datetime) -> RequestContact:
    """Show who asked. Every look is written down with its purpose before the data leaves this function."""
    request = find_request(request_id, by)
    require(policy.may_see_contact, by, request)
    remember(
        request,
        "contact_viewed",
        by=by,
        now=now,
        facts={"purpose": clean_line(purpose)[:120], "role": role_at(by, request.office_id)},
    )
    return RequestContact.objects.get(case=request)


__all__ = ["ask_to_complete", "begin", "begin_work", "give", "note", "open_contact", "take", "write"]
