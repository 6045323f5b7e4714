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
from pendopo.base.files.examine import IMAGES, Examined, examine
from pendopo.base.files.models import File, FileKind
from pendopo.base.files.refusals import FileRefused

__all__ = ["FileRefused", "store", "store_image", "store_photos"]


@transaction.atomic
def store(
    *,
    upload: UploadedFile | Examined,
    by: User | None,
    now: dt.datetime,
    allowed: frozenset[FileKind],
    thorough: bool = False,
) -> File:
    """Keep a file and return its row. Raises FileRefused.

    Give it what a field of `files.fields` returned (examined already), or a bare upload. `by` is None for
    people without an account; `thorough` as in `examine`, for bare uploads. The caller links the row in the
    same transaction; a row that no room links is swept away after a day.
    """
    examined = upload if isinstance(upload, Examined) else examine(upload, allowed, thorough=thorough)
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


@transaction.atomic
def store_image(*, upload: UploadedFile | Examined, by: User | None, now: dt.datetime) -> File:
    """`store` for one photo. Raises FileRefused."""
    return store(upload=upload, by=by, now=now, allowed=IMAGES)


@transaction.atomic
def store_photos(
    uploads: Iterable[UploadedFile | Examined], *, by: User | None, now: dt.datetime
) -> list[File]:
    """`store` for several photos: all or none. Raises FileRefused for the first that does not fit."""
    return [store_image(upload=upload, by=by, now=now) for upload in uploads]


def _write(number: uuid.UUID, now: dt.datetime, mark: str, data: bytes, kind: FileKind) -> str:
    ending = "jpg" if kind == FileKind.IMAGE else kind.lower()
    month = now.astimezone(dt.UTC).strftime("%Y/%m")
    return default_storage.save(f"{month}/{number}{mark}.{ending}", ContentFile(data))
