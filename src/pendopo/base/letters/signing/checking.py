"""Reading signatures inside a PDF: are they whole, do they cover everything, whom do they name."""

import io
import logging
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pendopo.base.letters.signing.loops import wait_for

logger = logging.getLogger(__name__)
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
    except (
        Exception
    ):  # a file from outside, damaged by chance or on purpose, fails anywhere inside the library
        logger.info("a PDF with unreadable signatures", exc_info=True)
        return []


def _seen(one: object) -> Seen:
    context = ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail")
    status = wait_for(async_validate_pdf_signature(one, context, skip_diff=True))  # type: ignore[arg-type]
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
