"""Rows of identity proofs: added with a request, destroyed by a verdict or by its end."""

import datetime as dt
from collections.abc import Iterable

from pendopo.base.audit.actions import record
from pendopo.base.files import sealed
from pendopo.base.files.models import SealedFile
from pendopo.domains.information.models import IdentityProof, InformationRequest
from pendopo.domains.information.sealing import NewProof


def add(request: InformationRequest, new: Iterable[NewProof], *, now: dt.datetime) -> None:
    """Hang sealed documents on a request; one INSERT."""
    IdentityProof.objects.bulk_create(
        IdentityProof(
            case=request,
            kind=proof.kind,
            sealed_number=proof.sealed_number,
            number_hash=proof.number_hash,
            sealed_file=proof.sealed_file,
            given_at=now,
        )
        for proof in new
    )


def destroy(proof: IdentityProof, *, now: dt.datetime) -> None:
    """Forget number and file key of a locked proof, and save it. The hash and the verdict stay."""
    row = SealedFile.objects.filter(pk=proof.sealed_file).first() if proof.sealed_file else None
    proof.sealed_number, proof.sealed_file, proof.destroyed_at = None, None, now
    proof.save()
    if row is not None:
        sealed.destroy(row, now=now)


def destroy_unjudged(request: InformationRequest, *, now: dt.datetime) -> int:
    """The request ended before anybody had to know who asks. Returns how many were destroyed."""
    rows = list(request.proofs.select_for_update().filter(destroyed_at=None))
    for proof in rows:
        destroy(proof, now=now)
    if rows:
        record(
            actor=None, verb="information.identity_destroyed", subject=request, organization=request.office_id,
            public=True, at=now,
        )  # fmt: skip
    return len(rows)
