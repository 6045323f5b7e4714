"""A letter signed elsewhere and brought back: is it ours, and is it really signed?"""

import datetime as dt
import io
import logging

from django.utils.translation import gettext as _
from pypdf import PdfReader

from pendopo.base.letters.signing import checking
from pendopo.base.letters.signing.ways import UPLOAD, Signed, SigningFailed, SignSecret

logger = logging.getLogger(__name__)
logging.getLogger("pypdf").setLevel(logging.ERROR)
STAMP_WORDS = 80  # what a visible signature may add to a page


class Upload:
    """Takes a file that holds our letter, page for page, and carries a signature over all of it."""

    key = UPLOAD

    def __init__(self, signed: bytes) -> None:
        self.signed = signed

    def sign(
        self, pdf: bytes, *, reason: str, place: str, secret: SignSecret | None, now: dt.datetime
    ) -> Signed:
        found = checking.signatures(self.signed)
        if not found:
            raise SigningFailed(
                _("Berkas ini belum ditandatangani secara elektronik. Tandatangani dulu, lalu unggah lagi."),
                field="upload",
            )
        if not all(one.intact for one in found) or not found[-1].whole:
            raise SigningFailed(
                _("Tanda tangan di berkas ini tidak sah: isinya berubah setelah ditandatangani."),
                field="upload",
            )
        if not same_letter(pdf, self.signed):
            raise SigningFailed(
                _(
                    "Berkas ini bukan surat yang diunduh dari sini. Tandatangani berkas itu tanpa mengubah isinya."
                ),
                field="upload",
            )
        last = found[-1]
        how = f"tanda tangan elektronik yang diunggah, sertifikat dari {last.issuer}"
        return Signed(self.signed, how, last.signer, now)


def same_letter(ours: bytes, theirs: bytes) -> bool:
    """Whether the other file shows our pages: as many, with our words in our order, plus at most a stamp's."""
    before, after = _pages(ours), _pages(theirs)
    if not before or len(before) != len(after):
        return False
    return all(_within(own, other) for own, other in zip(before, after, strict=True))


def _pages(pdf: bytes) -> list[list[str]]:
    try:
        return [page.extract_text().split() for page in PdfReader(io.BytesIO(pdf)).pages]
    except Exception:  # as in `checking`: whatever breaks inside, it is not our letter
        logger.info("an unreadable PDF", exc_info=True)
        return []


def _within(own: list[str], other: list[str]) -> bool:
    rest = iter(other)
    return len(other) - len(own) <= STAMP_WORDS and all(word in rest for word in own)
