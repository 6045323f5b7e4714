"""Signing a letter: by the office's seal inside the act that issues it, or by a person afterwards."""

import datetime as dt
import hashlib
import logging

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files import actions as files
from pendopo.base.files.examine import PDFS, Examined
from pendopo.base.files.models import FileKind
from pendopo.base.letters import policy
from pendopo.base.letters.kinds import LetterKind, SignedBy, letter_kinds
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.papers import LANGUAGE, place_of
from pendopo.base.letters.signing.ways import SEAL, UPLOAD, Signed, SigningFailed, SignSecret, signer_of
from pendopo.kernel.errors import Refused, require

logger = logging.getLogger(__name__)
AT_ONCE = 500


def seal(letter: Letter, pdf: bytes, kind: LetterKind, *, now: dt.datetime) -> None:
    """Put the office's seal on a letter that was just printed. Raises SigningFailed; then nothing changed."""
    signed = signer_of(SEAL).sign(pdf, reason=told(kind), place=place_of(letter.office), secret=None, now=now)
    _take(letter, signed, by=None)


@sensitive_variables("secret")
def sign(
    *,
    letter_id: int,
    signer: str,
    by: User,
    now: dt.datetime,
    secret: SignSecret | None = None,
    upload: bytes = b"",
) -> Letter:
    """Sign a waiting letter as `by`. Raises NotAllowed, SigningFailed, Refused (done already), DoesNotExist.

    Two transactions, because the answer of a signing service may take half a minute and no row may be locked so
    long. Who comes second finds the letter signed; a failure is written down and the letter waits.
    """
    letter = Letter.objects.visible_to(by).select_related("office", "file").get(pk=letter_id)
    require(policy.may_sign, by, letter)
    _still_waiting(letter)
    way = signer_of(signer, upload) if signer == UPLOAD else signer_of(signer)
    kind = letter_kinds.get(letter.kind)
    reason = told(kind) if kind else letter.kind
    try:
        signed = way.sign(
            bytes_of(letter), reason=reason, place=place_of(letter.office), secret=secret, now=now
        )
    except SigningFailed as no:
        _write_failure(letter, str(no), by=by, now=now)
        raise
    return _finish(letter_id, letter.sha256, signed, by=by)


def bytes_of(letter: Letter) -> bytes:
    """The letter's PDF as it is kept. Raises Refused when its data was wiped."""
    if letter.file is None:
        raise Refused(_("Berkas surat ini sudah dihapus."))
    with default_storage.open(letter.file.key) as stored:
        return bytes(stored.read())


def told(kind: LetterKind) -> str:
    """The kind in the letter's language: it goes into the signature, whatever the signing person reads."""
    with override(LANGUAGE):
        return str(kind.label)


@transaction.atomic
def _finish(letter_id: int, before: str, signed: Signed, *, by: User) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).select_related("office").get(pk=letter_id)
    _still_waiting(letter)
    if letter.sha256 != before or letter.file_id is None:  # also when its person was forgotten meanwhile
        raise Refused(_("Surat ini berubah sementara Anda menandatangani. Buka lagi suratnya."))
    _take(letter, signed, by=by)
    return letter


def _take(letter: Letter, signed: Signed, *, by: User | None) -> None:
    old = letter.file
    assert old is not None
    whole = Examined(FileKind.PDF, old.name, "application/pdf", signed.pdf)
    letter.file = files.store(upload=whole, by=by, now=signed.at, allowed=PDFS)
    letter.sha256 = hashlib.sha256(signed.pdf).hexdigest()
    letter.signed_how, letter.signed_at, letter.signed_by = signed.how[:200], signed.at, by
    letter.signer_name = signed.signer[:120] or letter.signer_name
    letter.last_error = ""
    letter.move_to(Status.SIGNED)
    letter.save()
    record(
        actor=by, verb="letters.signed", subject=letter, organization=letter.office_id,
        facts={"how": letter.signed_how}, at=signed.at,
    )  # fmt: skip


@transaction.atomic
def _write_failure(letter: Letter, why: str, *, by: User, now: dt.datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(last_error=why[:300])
    record(
        actor=by, verb="letters.sign_failed", subject=letter, organization=letter.office_id, facts={"why": why[:300]},
        at=now,
    )  # fmt: skip


def _still_waiting(letter: Letter) -> None:
    if letter.status == Status.SIGNED:
        raise Refused(_("Surat ini sudah ditandatangani."))
    if letter.status != Status.ISSUED:
        raise Refused(_("Surat ini tidak menunggu tanda tangan."))


def seal_waiting(*, now: dt.datetime) -> int:
    """Seal what could not be sealed when it was issued; each by itself. How many succeeded."""
    sealed = {kind.key for kind in letter_kinds if kind.signed_by == SignedBy.SEAL}
    failed = Letter.objects.waiting().filter(kind__in=sealed).exclude(last_error="").order_by("issued_at")
    return sum(_seal_again(pk, now=now) for pk in failed.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _seal_again(letter_id: int, *, now: dt.datetime) -> bool:
    rows = Letter.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    letter = rows.select_related("office", "file").filter(pk=letter_id, file__isnull=False).first()
    kind = letter_kinds.get(letter.kind) if letter else None
    if letter is None or kind is None:
        return False
    try:
        seal(letter, bytes_of(letter), kind, now=now)
    except SigningFailed as no:
        logger.warning("letter %s waits for its seal: %s", letter.pk, type(no).__name__)
        return False
    return True
