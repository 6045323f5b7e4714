"""What every way of signing shares: what goes in, what comes out, and how it fails."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from pendopo.base.registries import Text
from pendopo.kernel.errors import Refused

SEAL, BSRE, UPLOAD = "seal", "bsre", "upload"
LABELS: dict[str, Text] = {
    SEAL: _("Segel elektronik kantor"),
    BSRE: _("Tanda tangan elektronik BSrE"),
    UPLOAD: _("Unggah surat yang sudah ditandatangani"),
}
# Named, not imported: the libraries behind them take a second to load, and most processes never sign.
_CLASSES = {
    SEAL: "pendopo.base.letters.signing.seal.LocalP12",
    BSRE: "pendopo.base.letters.signing.bsre.BSrE",
    UPLOAD: "pendopo.base.letters.signing.upload.Upload",
}


class SigningFailed(Refused):
    """It could not be signed now; the letter waits. The message is for the person and never quotes a secret."""


@dataclass(frozen=True)
class SignSecret:
    """What only the signing person knows. It lives as long as the request: never stored, logged or queued."""

    identity: str = field(repr=False)  # NIK or e-mail address known to BSrE
    passphrase: str = field(default="", repr=False)
    totp: str = field(default="", repr=False)

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not kept")


@dataclass(frozen=True)
class Signed:
    """A signed PDF: `how` says the way in words, `signer` whom the certificate names."""

    pdf: bytes = field(repr=False)
    how: str
    signer: str
    at: dt.datetime


class Signer(Protocol):
    """A way to sign. `sign` raises SigningFailed with a sentence; nothing else leaves it on purpose."""

    key: str

    def sign(
        self, pdf: bytes, *, reason: str, place: str, secret: SignSecret | None, now: dt.datetime
    ) -> Signed: ...


def signer_of(key: str, *args: Any) -> Signer:
    """The signer named `key`. Raises KeyError for an unknown one."""
    made: Signer = import_string(_CLASSES[key])(*args)
    return made
