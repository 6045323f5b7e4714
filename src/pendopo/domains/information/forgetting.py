"""How requests and objections forget people. Everything here is safe to run twice.

Decided: the statutory registers keep name, address, occupation and contact as long as the row of the privacy room
says (or until an erasure is granted); then the person goes and number, dates, question and decision stay, so the
register has no gaps. Identity proofs never wait that long.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import MessageKind
from pendopo.base.files.models import SealedFile
from pendopo.base.letters import public as letters
from pendopo.base.notices import retention as outbox
from pendopo.base.registries import personal
from pendopo.base.registries.personal import Erased, Erasure, Held, Holding, Subject
from pendopo.domains.information import proofs, receipts
from pendopo.domains.information.actions import drafts
from pendopo.domains.information.actions.common import remember
from pendopo.domains.information.models import (
    IdentityProof,
    InformationRequest,
    Objection,
    ObjectionContact,
    RequestContact,
    RequestDraft,
)

ERASED_WORDS = "[Dihapus atas permintaan pemohon.]"


@transaction.atomic
def forget_requester(request: InformationRequest, *, now: dt.datetime) -> int:
    """Take the person out of a request: contact, account, proofs, letters' words, messages already sent.

    Returns 1 when something was forgotten.
    """
    contact = RequestContact.objects.select_for_update().get(case=request)
    proofs.destroy_unjudged(request, now=now)
    outbox.forget_about("information.informationrequest", request.pk)
    if contact.forgotten_at is not None:
        return 0
    letters.forget(about=(receipts.REQUEST, request.pk), now=now)
    contact.proxy_for = ""
    _empty(contact, request, now=now)
    request.proofs.update(number_hash="")
    remember(request, "contact_forgotten", by=None, now=now)
    return 1


@transaction.atomic
def forget_objector(objection: Objection, *, now: dt.datetime) -> int:
    """The same for an objection."""
    contact = ObjectionContact.objects.select_for_update().get(case=objection)
    outbox.forget_about("information.objection", objection.pk)
    if contact.forgotten_at is not None:
        return 0
    letters.forget(about=(receipts.OBJECTION, objection.pk), now=now)
    contact.proxy_name = ""
    _empty(contact, objection, now=now)
    remember(objection, "contact_forgotten", by=None, now=now)
    return 1


def _empty(
    contact: RequestContact | ObjectionContact, case: InformationRequest | Objection, *, now: dt.datetime
) -> None:
    contact.name = contact.email = contact.phone = contact.address = contact.occupation = ""
    contact.forgotten_at = now
    contact.save()
    case.reporter = None
    case.touch("reporter", now=now)


@transaction.atomic
def forget_words(request: InformationRequest, *, now: dt.datetime) -> int:
    """Take out what the requester wrote beside the question itself. Returns 1 when something was erased."""
    replies = request.messages.filter(kind=MessageKind.REPLY).exclude(body=ERASED_WORDS)
    if not replies.update(body=ERASED_WORDS):
        return 0
    remember(request, "words_erased", by=None, now=now)
    return 1


def held_requests(held: Held, path: str = "") -> Q:
    """Rows whose request a hold protects; `path` leads from the row to the request ("case__")."""
    return _held(held, InformationRequest.KIND, path)


def held_objections(held: Held, path: str = "") -> Q:
    return _held(held, Objection.KIND, path)


def _held(held: Held, kind: str, path: str) -> Q:
    return (
        Q(**{f"{path}pk__in": held.cases_of(kind)})
        | Q(**{f"{path}reporter__in": held.users})
        | Q(**{f"{path}contact__email__in": held.emails})
        | Q(**{f"{path}contact__phone__in": held.phones})
    )


def _contacts(before: dt.datetime) -> QuerySet[RequestContact]:
    """Of requests that ended, and on which no objection is open."""
    ended = RequestContact.objects.filter(forgotten_at=None, case__closed_at__lt=before)
    return ended.exclude(
        case__in=Objection.objects.filter(closed_at=None, request__isnull=False).values("request")
    )


def _objection_contacts(before: dt.datetime) -> QuerySet[ObjectionContact]:
    return ObjectionContact.objects.filter(forgotten_at=None, case__closed_at__lt=before)


def _proofs(before: dt.datetime) -> QuerySet[IdentityProof]:
    """Never judged, and the case is over: nobody needs them any more."""
    return IdentityProof.objects.filter(destroyed_at=None, case__closed_at__lt=before)


def _drafts(before: dt.datetime) -> QuerySet[RequestDraft]:
    return RequestDraft.objects.filter(updated_at__lt=before)


def _forget_contact(*, pk: int, now: dt.datetime) -> bool:
    request = InformationRequest.objects.filter(contact__pk=pk).first()
    return request is not None and bool(forget_requester(request, now=now))


def _forget_objector(*, pk: int, now: dt.datetime) -> bool:
    objection = Objection.objects.filter(contact__pk=pk).first()
    return objection is not None and bool(forget_objector(objection, now=now))


def _destroy_proof(*, pk: int, now: dt.datetime) -> bool:
    proof = IdentityProof.objects.select_related("case").filter(pk=pk, destroyed_at=None).first()
    return proof is not None and bool(proofs.destroy_unjudged(proof.case, now=now))


def _delete_draft(*, pk: uuid.UUID, now: dt.datetime) -> bool:
    draft = RequestDraft.objects.select_for_update().filter(pk=pk).first()
    if draft is None:
        return False
    drafts.throw_away(draft=draft, now=now)
    return True


def _held_draft(held: Held) -> Q:
    return Q(answers__email__in=held.emails) | Q(answers__phone__in=held.phones)


def _drafts_of(subject: Subject) -> QuerySet[RequestDraft]:
    mine = Q(answers__email__in=subject.emails) | Q(answers__phone__in=subject.phones)
    return RequestDraft.objects.filter(mine)


def collect_drafts(subject: Subject) -> Holding:
    return Holding(
        [
            {
                "berubah": draft.updated_at,
                "jawaban": draft.answers,
                "bukti identitas": SealedFile.objects.filter(
                    pk__in=draft.proofs.values("sealed_file"), destroyed_at=None
                ).count(),
            }
            for draft in _drafts_of(subject)
        ]
    )


def erase_drafts(order: Erasure) -> Erased:
    found = _drafts_of(order.subject)
    held = found.filter(_held_draft(order.held)).count()
    rows = list(found.exclude(_held_draft(order.held)))
    for draft in rows:
        drafts.throw_away(draft=draft, now=order.now)
    return Erased(len(rows), held)


def register() -> None:
    """What the clock forgets. How long each is kept stands in the privacy room's rows."""
    ended = _("perkara selesai")
    gone = _(
        "Nama, alamat, pekerjaan, kontak, akun, dan isi suratnya dihapus; nomor, tanggal, dan putusannya tetap."
    )
    rows: tuple[Any, ...] = (
        ("information.proofs", _("Bukti identitas yang tidak sempat diperiksa"), ended,
         _("Berkas dan nomornya dimusnahkan."), _proofs, lambda held: held_requests(held, "case__"), _destroy_proof),
        ("information.contact", _("Pemohon informasi di register"), ended, gone,
         _contacts, lambda held: held_requests(held, "case__"), _forget_contact),
        ("information.objector", _("Pengaju keberatan di register"), ended, gone,
         _objection_contacts, lambda held: held_objections(held, "case__"), _forget_objector),
        ("information.drafts", _("Permohonan informasi yang tidak jadi dikirim"), _("perubahan terakhir"),
         _("Dihapus dengan bukti identitasnya."), _drafts, _held_draft, _delete_draft),
    )  # fmt: skip
    for order, (key, label, since, outcome, due, under_hold, act) in enumerate(rows):
        personal.keepers.register(
            personal.Keeper(key, label, since, outcome, due, under_hold, act, 20 + order)
        )
