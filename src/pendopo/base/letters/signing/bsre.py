"""BSrE, the state's certification body: the person's own certificate, reached over its web service.

Shapes of questions and answers follow what public clients of the service agree on (POST /api/v2/sign/pdf, basic
auth, JSON). The passphrase or one-time code goes into the request and nowhere else: words that come back are
never shown or logged, because a server may repeat what it was told.
"""

import base64
import binascii
import datetime as dt
import json
import logging
import ssl
from typing import Any

import aiohttp
import certifi
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_variables

from pendopo.base.letters.signing import bsre_ready, checking
from pendopo.base.letters.signing.loops import wait_for
from pendopo.base.letters.signing.ways import BSRE, Signed, SigningFailed, SignSecret

logger = logging.getLogger(__name__)
MOST_BYTES = 40 * 1024 * 1024
WRONG_SECRET = {2031, 2018}  # status codes public clients show for a wrong passphrase or code


class Unreached(Exception):
    """No connection was made, so nothing was asked: asking again is safe."""


class BSrE:
    """Signs with the certificate that BSrE keeps for a person."""

    key = BSRE

    @sensitive_variables("secret", "asked")
    def sign(
        self, pdf: bytes, *, reason: str, place: str, secret: SignSecret | None, now: dt.datetime
    ) -> Signed:
        if secret is None or not (secret.passphrase or secret.totp):
            raise SigningFailed(_("Isi passphrase atau kode sekali pakai."), field="passphrase")
        look = {"tampilan": "INVISIBLE", "reason": reason, "location": place}
        asked = {
            **_who(secret.identity),
            **({"totp": secret.totp} if secret.totp else {"passphrase": secret.passphrase}),
            "signatureProperties": [look],
            "file": [base64.b64encode(pdf).decode()],
        }
        status, answer = _ask("/api/v2/sign/pdf", asked)
        if status != 200:
            raise SigningFailed(**_why(status, answer))
        signed = _file_in(answer)
        found = checking.signatures(signed)
        if not found or not found[-1].intact or not found[-1].whole:
            raise SigningFailed(_("Jawaban BSrE tidak memuat tanda tangan yang sah. Coba lagi."))
        return Signed(signed, gettext_noop("tanda tangan elektronik BSrE"), found[-1].signer, now)

    def verify(self, pdf: bytes) -> dict[str, Any]:
        """What BSrE says about a signed file. Raises SigningFailed."""
        status, answer = _ask("/api/v2/verify/pdf", {"file": base64.b64encode(pdf).decode()}, again=True)
        if status != 200:
            raise SigningFailed(**_why(status, answer))
        return answer

    def user_status(self, identity: str) -> str:
        """`ISSUE` for a person whose certificate can sign. Raises SigningFailed."""
        status, answer = _ask("/api/v2/user/check/status", _who(identity), again=True)
        if status != 200:
            raise SigningFailed(**_why(status, answer))
        return str(answer.get("status", ""))[:40]


def _who(identity: str) -> dict[str, str]:
    return {"email": identity} if "@" in identity else {"nik": identity}


@sensitive_variables()
def _ask(path: str, asked: dict[str, Any], *, again: bool = False) -> tuple[int, dict[str, Any]]:
    """Status and JSON of the answer. Without a connection it tries twice; a question that changes nothing
    (`again`) also after a broken answer.
    """
    if not bsre_ready():
        raise SigningFailed(_("BSrE belum diatur di mesin ini."))
    body = json.dumps(asked).encode()
    for last in (False, True):
        try:
            status, words = wait_for(_post(settings.BSRE_URL + path, body))
        except (Unreached, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            logger.warning("BSrE %s: %s", path, type(error).__name__)
            if last or not (again or isinstance(error, Unreached)):
                raise SigningFailed(
                    _("BSrE tidak dapat dihubungi. Surat tetap tersimpan; coba lagi nanti.")
                ) from None
            continue
        if again and status >= 500 and not last:
            continue
        return status, _json(words)
    raise AssertionError("unreachable")  # pragma: no cover


async def _post(url: str, body: bytes) -> tuple[int, bytes]:
    trusted = ssl.create_default_context(cafile=settings.BSRE_CA_FILE or certifi.where())
    account = base64.b64encode(f"{settings.BSRE_USER}:{settings.BSRE_PASSWORD}".encode()).decode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Pendopo",
        "Authorization": f"Basic {account}",
    }
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=trusted),
        timeout=aiohttp.ClientTimeout(total=settings.BSRE_SECONDS, sock_connect=5),
        trust_env=False,
    ) as session:
        try:
            asking = session.post(url, data=body, headers=headers, allow_redirects=False)
            async with asking as answer:
                kept = bytearray()
                while piece := await answer.content.read(65_536):
                    kept += piece
                    if len(kept) > MOST_BYTES:
                        raise ValueError("too large")
                return answer.status, bytes(kept)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise Unreached from None


def _json(words: bytes) -> dict[str, Any]:
    try:
        said = json.loads(words)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _file_in(answer: dict[str, Any]) -> bytes:
    files = answer.get("file")
    first = files[0] if isinstance(files, list) and files else files
    try:
        return base64.b64decode(str(first or ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _why(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    """Our own sentence for a refusal; of theirs only the number."""
    told = answer.get("status_code")
    code = told if isinstance(told, int) else status
    logger.warning("BSrE refused: HTTP %s, code %s", status, code)
    if status == 401:
        return {"message": _("BSrE menolak nama pengguna layanan. Hubungi pengelola Pendopo.")}
    if code in WRONG_SECRET:
        return {"message": _("Passphrase atau kode sekali pakai salah."), "field": "passphrase"}
    if status >= 500:
        return {"message": _("BSrE sedang terganggu. Surat tetap tersimpan; coba lagi nanti.")}
    return {
        "message": _("BSrE menolak (kode %(code)s). Periksa NIK atau surel, lalu coba lagi.")
        % {"code": code},
        "field": "identity",
    }
