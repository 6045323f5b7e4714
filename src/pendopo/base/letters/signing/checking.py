"""Reading signatures inside a PDF: are they whole, do they cover everything, whom do they name."""

import io
import logging
from dataclasses import dataclass

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

# pyHanko tells at length about certificates it does not know; whether one is known is not asked here.
logging.getLogger("pyhanko").setLevel(logging.ERROR)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Seen:
    """One signature. `intact`: the bytes it covers are unchanged and it was made with its certificate's key.
    `whole`: it covers the file to its end, nothing was added later.
    """

    signer: str
    issuer: str
    intact: bool
    whole: bool


def signatures(pdf: bytes) -> list[Seen]:
    """Every signature in the file, first to last; none for a file that is no PDF. Asks no network."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        found = reader.embedded_regular_signatures
        return [_seen(one) for one in found]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []  # damaged on purpose or by chance: nothing in it can be believed


def _seen(one: object) -> Seen:
    context = ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(one, context, skip_diff=True)  # type: ignore[arg-type]
    certificate = status.signing_cert
    return Seen(
        signer=_name(certificate.subject.native),
        issuer=_name(certificate.issuer.native),
        intact=bool(status.intact and status.valid),
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )


def _name(parts: object) -> str:
    named = parts if isinstance(parts, dict) else {}
    name = named.get("common_name") or named.get("organization_name") or ""
    return str(name)[:120]
