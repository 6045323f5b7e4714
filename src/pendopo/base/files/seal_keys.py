"""The keys around the keys of sealed files: one wrapping key from each setting, the newest first.

A file's own random key is wrapped (AES-256-GCM) by a key that follows from SEAL_KEY by HKDF (RFC 5869). After a
change of the setting the old value stands in SEAL_KEY_FALLBACKS until the nightly job has wrapped all anew.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class KeyUnknown(Exception):
    """None of the settings' keys opens this; it was wrapped by another, or was changed."""


def mark() -> str:
    """A short name of the newest wrapping key, to find files still wrapped by an older one. Tells nothing of it."""
    return hashlib.sha256(b"mark" + _wrapping_keys()[0]).hexdigest()[:16]


def wrap(key: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_wrapping_keys()[0]).encrypt(nonce, key, bound_to)


def unwrap(wrapped: bytes, bound_to: bytes) -> bytes:
    """Raises KeyUnknown."""
    for candidate in _wrapping_keys():
        try:
            return AESGCM(candidate).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound_to)
        except (InvalidTag, ValueError):
            continue
    raise KeyUnknown


def _wrapping_keys() -> list[bytes]:
    # SECRET_KEY last: files sealed before SEAL_KEY was set.
    secrets = [settings.SEAL_KEY, *settings.SEAL_KEY_FALLBACKS, settings.SECRET_KEY]
    return [
        HKDF(SHA256(), length=32, salt=None, info=b"pendopo.files.seal").derive(secret.encode())
        for secret in dict.fromkeys(filter(None, secrets))
    ]
