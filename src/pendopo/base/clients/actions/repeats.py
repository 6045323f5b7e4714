"""Doing once what a machine asked several times, and photos that came before their report."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.clients.models import ApiClient, ClientUpload, KeptAnswer
from pendopo.base.clients.problems import Problem
from pendopo.base.files.actions import store_image
from pendopo.base.files.models import File
from pendopo.kernel.errors import Refused

KEPT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """An answer as it went out: HTTP status, JSON text, address of what was made. `replayed` on repeats."""

    code: int
    body: str
    location: str = ""
    replayed: bool = False


@transaction.atomic
def once(*, client: ApiClient, key: str, asked: Any, make: Callable[[], Answer], now: dt.datetime) -> Answer:
    """What `make` answered for this Idempotency-Key; repeats within a day get the same answer.

    A repeat that comes while the first is at work waits for it: both stand on one row of the database. When
    `make` raises, nothing is kept and the key is free. `asked` is the plain JSON of the request. Raises Problem
    422 when the key was used for something else.
    """
    fingerprint = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    KeptAnswer.objects.bulk_create(
        [KeptAnswer(client=client, key=key, fingerprint=fingerprint, at=now)], ignore_conflicts=True
    )
    row = KeptAnswer.objects.select_for_update().get(client=client, key=key)
    if row.fingerprint != fingerprint and now - row.at < KEPT:
        raise Problem("kunci-dipakai")
    if row.code is not None and now - row.at < KEPT:
        return Answer(row.code, row.body, row.location, replayed=True)
    made = make()
    row.code, row.body, row.location = made.code, made.body, made.location
    row.fingerprint, row.at = fingerprint, now
    row.save()
    return made


@transaction.atomic
def keep_photo(*, client: ApiClient, upload: UploadedFile, now: dt.datetime) -> File:
    """Store a photo for a later request of the same client. Raises FileRefused."""
    file = store_image(upload=upload, by=None, now=now)
    ClientUpload.objects.create(client=client, file=file, at=now)
    return file


@transaction.atomic
def take_photos(*, client: ApiClient, ids: Sequence[uuid.UUID]) -> list[File]:
    """The photos that this client sent ahead, in the given order; each can be taken once.

    Raises Refused when one is not there, belongs to somebody else, or was used.
    """
    uploads = ClientUpload.objects.select_for_update(of=("self",)).filter(client=client, file__in=ids)
    found = {upload.file_id: upload for upload in uploads.select_related("file")}
    if len(found) != len(ids):
        raise Refused(
            _("Ada foto yang tidak ditemukan. Kirim lagi fotonya, lalu pakai nomor yang baru."),
            field="photos",
        )
    ClientUpload.objects.filter(pk__in=[upload.pk for upload in found.values()]).delete()
    return [found[number].file for number in ids]


@transaction.atomic
def forget_answers(*, now: dt.datetime) -> int:
    """Delete kept answers whose day has passed."""
    return KeptAnswer.objects.filter(at__lt=now - KEPT).delete()[0]
