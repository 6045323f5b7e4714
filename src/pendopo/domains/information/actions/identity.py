"""Looking at a proof of identity, and the verdict after which nothing of it is left but yes or no."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.audit import looks
from pendopo.base.files.models import SealedFile
from pendopo.base.files.public import sealed_link
from pendopo.base.files.seal_hosts import Opening
from pendopo.domains.information import proofs
from pendopo.domains.information.actions import completing
from pendopo.domains.information.actions.common import find_request, remember
from pendopo.domains.information.models import IdentityProof, InformationRequest, ProofKind, RequestStatus
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.sealing import number_of
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line


@transaction.atomic
def look(*, proof_id: int, purpose: str, by: User, now: dt.datetime) -> tuple[IdentityProof, str, str]:
    """The proof, its number in the clear, and an address of the file for this person and five minutes.

    Written into the history with the purpose. Raises NotAllowed, Refused (no purpose, destroyed already),
    IdentityProof.DoesNotExist.
    """
    require(policy.may_verify, by)
    proof = _on_desk(proof_id, by)
    purpose = clean_line(purpose)[:80]
    if len(purpose) < 5:
        raise Refused(_("Tulis untuk keperluan apa bukti identitas ini dibuka."), field="purpose")
    if proof.destroyed_at is not None:
        raise Refused(_("Bukti ini sudah diperiksa dan dimusnahkan."))
    _remember_look(proof, purpose, by=by, now=now)
    row = SealedFile.objects.filter(pk=proof.sealed_file).first() if proof.sealed_file else None
    return proof, number_of(proof), sealed_link(row, user=by, purpose=purpose, now=now) if row else ""


def opening(look: Opening) -> bool:
    """Asked by the files room each time a sealed file is opened: still allowed, still needed, written down."""
    if not policy.may_verify(look.user):
        return False
    seen = IdentityProof.objects.visible_to(look.user).select_related("case")
    proof = seen.filter(sealed_file=look.file.pk, destroyed_at=None).first()
    if proof is None:
        return False
    _remember_look(proof, look.purpose, by=look.user, now=look.now)
    return True


@transaction.atomic
def judge(*, proof_id: int, accept: bool, reason: str, by: User, now: dt.datetime) -> IdentityProof:
    """Say whether a proof holds; file and number are destroyed in the same breath.

    A refusal makes the request wait for another proof. Raises NotAllowed, Refused (no reason, judged already, the
    request is in process), IdentityProof.DoesNotExist.
    """
    require(policy.may_verify, by)
    case_id = _on_desk(proof_id, by).case_id
    request = find_request(case_id, by)
    proof: IdentityProof = IdentityProof.objects.select_for_update().get(pk=proof_id)
    if proof.judged_at is not None or proof.destroyed_at is not None:
        raise Refused(_("Bukti ini sudah diperiksa dan dimusnahkan."))
    reason = clean_line(reason)[:300]
    if not accept:
        _may_reject(request, reason)
    proof.accepted, proof.reason = accept, "" if accept else reason
    proof.judged_by, proof.judged_at = by, now
    proofs.destroy(proof, now=now)
    facts = {"kind": ProofKind(proof.kind).label}
    verb = "identity_accepted" if accept else "identity_rejected"
    remember(request, verb, by=by, now=now, facts=facts, public=True)
    if not accept:
        completing.wait_for_requester(request, _missing(request, proof), by=by, now=now)
    return proof


def _may_reject(request: InformationRequest, reason: str) -> None:
    if len(reason) < 5:
        raise Refused(_("Tulis alasannya, supaya pemohon tahu apa yang harus diperbaiki."), field="reason")
    if request.status not in {RequestStatus.REGISTERED, RequestStatus.INCOMPLETE}:
        raise Refused(
            _("Permohonan ini sudah diproses, jadi bukti identitasnya tidak dapat ditolak lagi."),
            field="reason",
        )


def _missing(request: InformationRequest, proof: IdentityProof) -> str:
    with override(request.language):
        words = {"kind": ProofKind(proof.kind).label, "reason": proof.reason}
        return _("Bukti identitas (%(kind)s) tidak dapat diterima: %(reason)s") % words


def _on_desk(proof_id: int, by: User) -> IdentityProof:
    seen: IdentityProof = IdentityProof.objects.visible_to(by).select_related("case__office").get(pk=proof_id)
    return seen


def _remember_look(proof: IdentityProof, purpose: str, *, by: User, now: dt.datetime) -> None:
    facts = {"purpose": purpose, "role": looks.role_at(by, proof.case.office_id)}
    remember(proof.case, "identity_viewed", by=by, now=now, facts=facts)
