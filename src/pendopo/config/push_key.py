"""The key that signs push messages (VAPID, RFC 8292): made once, kept in `var/secrets` beside the signing key."""

import base64
import secrets
from pathlib import Path

from pendopo.config import embedded
from pendopo.config.binaries import Unusable

# The order of P-256 (FIPS 186-5): a private key is a number below it. No library is loaded for that.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def kept(var: Path, *, keep: bool) -> str:
    """The key of this `var` folder; "" where none can be kept: a key that changes would silence every phone."""
    file = var / "secrets" / "push_key"
    try:
        key = file.read_text().strip()
    except OSError:
        key = ""
    if key:
        return key
    key = _new()
    if not keep:
        return key
    try:
        embedded.private_folder(var)
        embedded.write_private(file, key)
    except (OSError, Unusable):
        return ""
    return key


def _new() -> str:
    number = secrets.randbelow(_ORDER - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")
