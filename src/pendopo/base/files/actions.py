"""Keeping files. The object is written first and the row after it: what dies between leaves only an object
that nobody points to, and the sweep takes it away.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.files import refusals
from pendopo.base.files.examine import Examined, examine
from pendopo.base.files.models import File, FileKind


@transaction.atomic(savepoint=False)
def store(
    *, upload: UploadedFile | Examined, by: User | None, now: dt.datetime, allowed: frozenset[FileKind]
) -> File:
    """Keep a file and return its row. Raises FileRefused.

    Give it what a field of `files.fields` returned (examined already), or a bare upload. `by` is None for
    people without an account. The caller links the row in the same transaction; a row that no room links is
    swept away after a day.
    """
    examined = upload if isinstance(upload, Examined) else examine(upload, allowed)
    if examined.kind not in allowed:
        raise refusals.wrong_kind(examined.name, examined.kind.lower(), allowed)
    number = uuid.uuid4()
    key = _write(number, now, "", examined.data, examined.kind)
    small = _write(number, now, "-kecil", examined.thumbnail, examined.kind) if examined.thumbnail else ""
    return File.objects.create(
        id=number,
        kind=examined.kind,
        name=examined.name,
        content_type=examined.content_type,
        size=len(examined.data),
        sha256=hashlib.sha256(examined.data).hexdigest(),
        width=examined.width,
        height=examined.height,
        key=key,
        thumbnail_key=small,
        uploaded_by=by,
        created_at=now,
    )


def _write(number: uuid.UUID, now: dt.datetime, mark: str, data: bytes, kind: FileKind) -> str:
    ending = "pdf" if kind == FileKind.PDF else "jpg"
    month = now.astimezone(dt.UTC).strftime("%Y/%m")
    return default_storage.save(f"{month}/{number}{mark}.{ending}", ContentFile(data))


def store_photos(uploads: Iterable[Examined], *, by: User | None, now: dt.datetime) -> list[File]:
    """Keep what a photo field returned, in order."""
    return [store(upload=upload, by=by, now=now, allowed=frozenset({FileKind.IMAGE})) for upload in uploads]
