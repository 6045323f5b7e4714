"""The office's own seal: a PKCS#12 file, PAdES B-B, or B-T when a time-stamping server is set."""

import datetime as dt
import io
import logging
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.general import SigningError

from pendopo.base.letters.signing import certificates
from pendopo.base.letters.signing.loops import wait_for
from pendopo.base.letters.signing.ways import SEAL, Signed, SigningFailed, SignSecret

logger = logging.getLogger(__name__)
FIELD = "TandaTangan"
TSA_SECONDS = 8
OWN_WORDS = gettext_noop("segel elektronik (sertifikat uji)")  # kept so; pages translate it
_opened: dict[tuple[Path, int, bytes], signers.SimpleSigner] = {}


class _SameWords(IncrementalPdfFileWriter):
    """Leaves the letter's description of itself alone: written anew by the library, it loses what PDF/A asks for."""

    def _update_meta(self) -> None:
        return


class LocalP12:
    """Signs with the file at SEAL_P12. Needs no secret of a person."""

    key = SEAL

    def sign(
        self, pdf: bytes, *, reason: str, place: str, secret: SignSecret | None, now: dt.datetime
    ) -> Signed:
        known = self._state(now)
        about = signers.PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            location=place,
            name=known.subject,
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
        )
        stamper = (
            timestamps.HTTPTimeStamper(settings.TSA_URL, timeout=TSA_SECONDS) if settings.TSA_URL else None
        )
        try:
            made = signers.PdfSigner(about, _signer(), timestamper=stamper).async_sign_pdf(
                _SameWords(io.BytesIO(pdf)), bytes_reserved=None if stamper else 8192
            )
            out = wait_for(made)
        except (timestamps.TimestampRequestError, OSError) as error:
            logger.warning("time stamp failed: %s", type(error).__name__)
            raise SigningFailed(_("Server cap waktu tidak menjawab. Coba lagi sebentar lagi.")) from None
        except (SigningError, PdfError, ValueError) as error:
            logger.error("seal failed: %s", type(error).__name__)
            raise SigningFailed(
                _("Surat tidak dapat disegel. Periksa sertifikat segel di pengaturan.")
            ) from None
        return Signed(out.getvalue(), _how(known), known.subject, now)

    def _state(self, now: dt.datetime) -> certificates.State:
        try:
            known = certificates.state()
        except certificates.Unusable as problem:
            raise SigningFailed(str(problem)) from None
        if known is None:
            raise SigningFailed(_("Sertifikat segel belum dipasang."))
        if known.until <= now:
            raise SigningFailed(_("Masa berlaku sertifikat segel sudah habis."))
        return known


def _how(known: certificates.State) -> str:
    return OWN_WORDS if known.self_signed else f"segel elektronik, sertifikat dari {known.issuer}"


def _signer() -> signers.SimpleSigner:
    """The opened key, remembered while the file stays the same: opening stretches the passphrase anew."""
    path = Path(settings.SEAL_P12)
    mark = (path, path.stat().st_mtime_ns, certificates.passphrase())
    if mark not in _opened:
        made = signers.SimpleSigner.load_pkcs12_data(
            path.read_bytes(), other_certs=[], passphrase=mark[2] or None
        )
        if made is None:
            raise SigningFailed(_("Sertifikat segel tidak terbuka."))
        _opened.clear()
        _opened[mark] = made
    return _opened[mark]
