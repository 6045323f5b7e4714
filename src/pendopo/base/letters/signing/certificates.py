"""The certificate of the office's seal: where it lies, and one made for trying out.

A certificate that we made ourselves proves that a letter was not changed, and nothing about who we are: readers
say "unknown". So its name says "sertifikat uji", and so does every letter sealed with it.
"""

import contextlib
import datetime as dt
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

TEST_MARK = "sertifikat uji"
LIVES = dt.timedelta(days=2 * 365)


class Unusable(Exception):
    """There is no seal, or it does not open. The message says what to do."""


@dataclass(frozen=True)
class State:
    """What the certificate says about itself."""

    subject: str
    issuer: str
    until: dt.datetime
    self_signed: bool


def state() -> State | None:
    """What there is. None without a certificate; raises Unusable for one that does not open."""
    path = Path(settings.SEAL_P12)
    if not path.is_file():
        return None
    return _state(path, path.stat().st_mtime_ns, passphrase())


def is_test() -> bool:
    """Whether letters must say that the seal is only for trying out."""
    try:
        found = state()
    except Unusable:
        return False
    return found is not None and found.self_signed


def passphrase() -> bytes:
    """The setting's word, or the one laid beside a certificate of our own making."""
    if settings.SEAL_PASSPHRASE:
        return str(settings.SEAL_PASSPHRASE).encode()
    with contextlib.suppress(OSError):
        return _beside().read_bytes().strip()
    return b""


def make(name: str, *, now: dt.datetime) -> Path:
    """Make a certificate named `name`, kept only for this user. Raises Unusable when one is there already."""
    path = Path(settings.SEAL_P12)
    if path.exists():
        raise Unusable(f"Sertifikat sudah ada di {path}. Pindahkan dulu bila ingin membuat yang baru.")
    word = passphrase() or secrets.token_urlsafe(32).encode()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.SEAL_PASSPHRASE:
        _write(_beside(), word)
    _write(path, _self_signed(name, word, now))
    return path


def make_if_missing(name: str, *, now: dt.datetime) -> bool:
    """`make` unless there is one; whether it was made. For the demo city and tests."""
    try:
        make(name, now=now)
    except Unusable:
        return False
    return True


def _beside() -> Path:
    return Path(settings.SEAL_P12).with_suffix(".passphrase")


def _self_signed(name: str, word: bytes, now: dt.datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    named = name if TEST_MARK in name.lower() else f"{name} ({TEST_MARK})"
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{named[:62]})" if len(named) > 64 else named),
        ]
    )
    usage = x509.KeyUsage(True, True, *([False] * 7))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(word)
    return pkcs12.serialize_key_and_certificates(named.encode(), key, certificate, None, locked)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


_seen: dict[tuple[Path, int, bytes], State] = {}


def _state(path: Path, changed: int, word: bytes) -> State:
    """Opening it costs half a second of key stretching, so what it says is remembered while the file stays."""
    if found := _seen.get((path, changed, word)):
        return found
    try:
        _key, certificate, _more = pkcs12.load_key_and_certificates(path.read_bytes(), word or None)
    except (ValueError, OSError):
        raise Unusable("Sertifikat segel tidak terbuka; periksa SEAL_P12 dan SEAL_PASSPHRASE.") from None
    if certificate is None:
        raise Unusable("Berkas SEAL_P12 tidak memuat sertifikat.")
    _seen.clear()
    said = _seen[(path, changed, word)] = State(
        subject=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        until=certificate.not_valid_after_utc,
        self_signed=certificate.issuer == certificate.subject,
    )
    return said


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()
