"""An objection to Atasan PPID arrives, or is taken back by who filed it."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.domains.information import jobs, numbering, offers, offices, telling
from pendopo.domains.information.actions.common import (
    CITIZEN_LABEL,
    find_own_objection,
    find_own_request,
    remember,
)
from pendopo.domains.information.events import ObjectionFiled, ObjectionWithdrawn
from pendopo.domains.information.models import (
    InformationRequest,
    Item,
    Objection,
    ObjectionContact,
    ObjectionGround,
    ObjectionStatus,
    RequestChannel,
)
from pendopo.domains.information.policy import requests as policy
from pendopo.kernel import clock, events, ids, phones
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean, clean_line


@dataclass(frozen=True)
class NewObjector:
    """Who objects where there was no request to copy it from."""

    name: str
    address: str = ""
    occupation: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def object_to(
    *, request_id: int, ground: str, position: str, proxy_name: str = "", key: uuid.UUID | None = None,
    holding: Collection[int] = (), by: Any, now: dt.datetime,
) -> Objection:  # fmt: skip
    """File an objection on a request. Raises NotAllowed, Refused (ground not true today), DoesNotExist."""
    request = find_own_request(request_id, by, holding)
    if not policy.is_requester(by, request, holding=holding):
        raise NotAllowed("is_requester")
    made = _made_by(key)
    if made is not None:
        return made
    offer = _offer(request, ground, today=clock.local_date(now))
    objection = _insert(
        ground=ground, found_on=offer.since or clock.local_date(now), position=position, purpose=request.purpose,
        request=request, item=None, reporter=request.reporter, language=request.language, key=key,
        by_proxy=bool(proxy_name), now=now,
    )  # fmt: skip
    contact = request.contact
    _add_contact(
        objection,
        NewObjector(contact.name, contact.address, contact.occupation, contact.email, contact.phone),
        proxy_name,
    )
    _tell(objection, now=now)
    return objection


@transaction.atomic
def object_to_item(
    *, item_id: int, position: str, objector: NewObjector, proxy_name: str = "", language: str = "id",
    key: uuid.UUID | None = None, by: Any, now: dt.datetime,
) -> Objection:  # fmt: skip
    """File an objection because an entry that must be announced regularly is late. Needs no request.

    Raises Refused (not late), Item.DoesNotExist.
    """
    # Locked, so that of two clicks at once the second finds what the first made.
    item = Item.objects.published().select_for_update(of=("self",)).light().get(pk=item_id)
    made = _made_by(key)
    if made is not None:
        return made
    today = clock.local_date(now)
    if not offers.item_is_overdue(item, today=today):
        raise Refused(_("Informasi ini tidak terlambat diperbarui, jadi alasan ini belum ada."))
    objection = _insert(
        ground=ObjectionGround.NOT_PUBLISHED, found_on=today, position=position, purpose="", request=None, item=item,
        reporter=by if getattr(by, "is_authenticated", False) else None, language=language, key=key,
        by_proxy=bool(proxy_name), now=now,
    )  # fmt: skip
    _add_contact(objection, objector, proxy_name)
    _tell(objection, now=now)
    return objection


@transaction.atomic
def withdraw(*, objection_id: int, holding: Collection[int] = (), by: Any, now: dt.datetime) -> Objection:
    """Take it back. Raises NotAllowed (answered already, or not the person's own), Objection.DoesNotExist.

    `holding` are objections; who holds the request holds its objections too, and the view has added them.
    """
    objection = find_own_objection(objection_id, by, holding)
    require(policy.may_withdraw_objection, by, objection, holding=holding)
    objection.move_to(ObjectionStatus.WITHDRAWN, now=now)
    clocks.stop(objection, now=now)
    remember(objection, "withdrawn", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_objector(objection, "withdrawn", now=now, once="1")
    events.publish(ObjectionWithdrawn(objection.pk))
    return objection


def _made_by(key: uuid.UUID | None) -> Objection | None:
    """What this form made already, when its button was pressed twice."""
    return Objection.objects.filter(form_key=key).first() if key else None


def _offer(request: InformationRequest, ground: str, *, today: dt.date) -> offers.Offer:
    for offer in offers.offers_for(request, today=today):
        if offer.ground == ground:
            if not offer.open:
                raise Refused(offer.sentence, field="ground")
            return offer
    raise Refused(_("Pilih alasan keberatan dari daftar."), field="ground")


def _insert(
    *, ground: str, found_on: dt.date, position: str, purpose: str, request: InformationRequest | None,
    item: Item | None, reporter: User | None, language: str, key: uuid.UUID | None, by_proxy: bool, now: dt.datetime,
) -> Objection:  # fmt: skip
    day = clock.local_date(now)
    objection = Objection(
        code=ids.new_code("KEB"),
        slug=ids.new_slug(),
        status=ObjectionStatus.REGISTERED,
        office=offices.atasan_office(),
        body=offices.body(),
        reporter=reporter,
        channel=RequestChannel.WEB,
        language=language,
        received_at=now,
        updated_at=now,
        request=request,
        item=item,
        ground=ground,
        found_on=found_on,
        position=clean(position),
        purpose=purpose,
        by_proxy=by_proxy,
        form_key=key,
    )
    reply = clocks.new_clock(objection, "reply", started_at=now)
    clocks.set_due(objection, [(reply.due_on, reply.step, reply.paused)])
    pattern = numbering.pattern_of(numbering.OBJECTIONS, on=day)
    taken = numbering.take(numbering.OBJECTIONS, objection.body, on=day, pattern=pattern)
    objection.number, objection.year, objection.registration = taken.number, taken.year, taken.written
    objection.save(force_insert=True)
    reply.case_id = objection.pk  # type: ignore[attr-defined]  # every room's clock has its case
    reply.save(force_insert=True)
    return objection


def _add_contact(objection: Objection, who: NewObjector, proxy_name: str) -> None:
    objection.contact = ObjectionContact.objects.create(
        case=objection,
        name=clean_line(who.name)[:120],
        address=clean_line(who.address)[:300],
        occupation=clean_line(who.occupation)[:120],
        email=who.email.strip().lower(),
        phone=phones.normalize(who.phone) or clean_line(who.phone)[:20],
        proxy_name=clean_line(proxy_name)[:120],
    )


def _tell(objection: Objection, *, now: dt.datetime) -> None:
    facts = {"registration": objection.registration, "ground": ObjectionGround(objection.ground).label}
    remember(objection, "received", by=None, label=CITIZEN_LABEL, now=now, public=True, facts=facts)
    telling.tell_objector(objection, "received", now=now, once="1")
    events.publish(ObjectionFiled(objection.pk))
    jobs.receipt_later("objection", objection.pk)
