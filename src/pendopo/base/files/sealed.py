"""Identity proofs: encrypted before they reach the storage, opened only for who verifies, destroyed at once.

Each file has a random key of its own. Destroying forgets that key, so that no backup of the objects, and no
object a storage kept behind our back, can ever be read again.
"""

import datetime as dt
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.files import pdfs, refusals, seal_hosts, seal_keys
from pendopo.base.files.examine import IMAGES_AND_PDFS, Examined, examine
from pendopo.base.files.models import FileKind, SealedFile


class SealBroken(Exception):
    """The file cannot be opened: destroyed, changed, gone from the storage, or its key is not in the settings."""


@transaction.atomic
def seal(*, upload: UploadedFile | Examined, by: User | None, now: dt.datetime, host: str) -> SealedFile:
    """Keep a photo or PDF as ciphertext and return its row. Raises FileRefused.

    Photos are written anew (no EXIF), PDFs are looked into. `host` is the room's key in `seal_hosts`; link the
    row in the same transaction, or it is swept away after a day.
    """
    seal_hosts.known(host)
    examined = upload if isinstance(upload, Examined) else examine(upload, IMAGES_AND_PDFS, thorough=True)
    if examined.kind not in IMAGES_AND_PDFS:
        raise refusals.wrong_kind(examined.name, examined.kind.lower(), IMAGES_AND_PDFS)
    if not examined.thorough:
        pdfs.prove_inside(examined.data, name=examined.name)
    number, data_key = uuid.uuid4(), AESGCM.generate_key(256)
    bound_to = _bound_to(number, host, examined.kind)
    nonce = os.urandom(seal_keys.NONCE)
    closed = nonce + AESGCM(data_key).encrypt(nonce, examined.data, bound_to)
    month = now.astimezone(dt.UTC).strftime("%Y/%m")
    return SealedFile.objects.create(
        id=number,
        host=host,
        kind=examined.kind,
        content_type=examined.content_type,
        size=len(examined.data),
        key=default_storage.save(f"{month}/{number}.tersegel", ContentFile(closed)),
        wrapped_key=seal_keys.wrap(data_key, bound_to),
        wrapped_by=seal_keys.mark(),
        sealed_by=by,
        created_at=now,
    )


def open_sealed(row: SealedFile) -> bytes:
    """The bytes that were sealed. Raises SealBroken. Whoever calls it has asked the host first."""
    if row.destroyed_at is not None:
        raise SealBroken("destroyed")
    bound_to = _bound_to(row.pk, row.host, row.kind)
    try:
        data_key = seal_keys.unwrap(bytes(row.wrapped_key), bound_to)
        with default_storage.open(row.key) as stored:
            closed = stored.read()
        return AESGCM(data_key).decrypt(closed[: seal_keys.NONCE], closed[seal_keys.NONCE :], bound_to)
    except seal_keys.KeyUnknown:
        raise SealBroken("no key of the settings opens it") from None
    except FileNotFoundError:
        raise SealBroken("no object") from None
    except (InvalidTag, ValueError):
        raise SealBroken("changed") from None


@transaction.atomic
def destroy(row: SealedFile, *, now: dt.datetime) -> None:
    """Forget the key and delete the object, at once and for ever. Doing it twice changes nothing.

    The key goes with the caller's transaction and the object right after it; the sweep finishes what dies
    between.
    """
    kept = SealedFile.objects.select_for_update().get(pk=row.pk)
    if kept.destroyed_at is None:
        kept.wrapped_key, kept.wrapped_by, kept.destroyed_at = b"", "", now
        kept.save(update_fields=["wrapped_key", "wrapped_by", "destroyed_at"])
    row.wrapped_key, row.wrapped_by, row.destroyed_at = b"", "", kept.destroyed_at
    transaction.on_commit(lambda: remove_object(kept.pk))


@transaction.atomic
def remove_object(number: uuid.UUID) -> bool:
    """Delete the object of a destroyed file, if that was not done yet."""
    row = SealedFile.objects.select_for_update().filter(pk=number, destroyed_at__isnull=False).first()
    if row is None or not row.key:
        return False
    default_storage.delete(row.key)
    row.key = ""
    row.save(update_fields=["key"])
    return True


def wrap_anew() -> int:
    """Wrap the keys of all files by the newest wrapping key. Returns how many; then old settings may go."""
    mark, changed = seal_keys.mark(), 0
    waiting = SealedFile.objects.filter(destroyed_at__isnull=True).exclude(wrapped_by=mark)
    for number in list(waiting.values_list("pk", flat=True)):
        changed += _wrap_anew(number, mark)
    return changed


@transaction.atomic
def _wrap_anew(number: uuid.UUID, mark: str) -> bool:
    row = SealedFile.objects.select_for_update().filter(pk=number, destroyed_at__isnull=True).first()
    if row is None:
        return False
    bound_to = _bound_to(row.pk, row.host, row.kind)
    try:
        row.wrapped_key = seal_keys.wrap(seal_keys.unwrap(bytes(row.wrapped_key), bound_to), bound_to)
    except seal_keys.KeyUnknown:
        return False  # its key is not among the settings; `open_sealed` says so
    row.wrapped_by = mark
    row.save(update_fields=["wrapped_key", "wrapped_by"])
    return True


def download_name(row: SealedFile) -> str:
    """A name that tells nothing about the person; what the file was called is not kept."""
    ending = "pdf" if row.kind == FileKind.PDF else "jpg"
    return f"bukti-{str(row.pk)[:8]}.{ending}"


def _bound_to(number: uuid.UUID, host: str, kind: str) -> bytes:
    """What a key and a ciphertext belong to: neither opens under another row."""
    return f"pendopo.sealed|{number}|{host}|{kind}".encode()
