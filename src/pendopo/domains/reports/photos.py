"""Photos of reports: stored through the files room, shown through its expiring links."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pendopo.base.files import actions as files
from pendopo.base.files.models import File
from pendopo.base.files.public import file_url, thumbnail_url
from pendopo.kernel.errors import Refused


@dataclass(frozen=True)
class Shown:
    """A photo as `components/thumbs.html` draws it. `pk` names the attachment or the photo of a draft."""

    url: str
    thumb: str
    alt: str
    pk: int = 0


def shown(attachments: Iterable[Any]) -> list[Shown]:
    """Rows with a `file` (attachments, photos of a draft) as pictures; documents are left out."""
    pictures = [row for row in attachments if row.file.kind == "IMAGE"]
    return [
        Shown(
            url=file_url(row.file),
            thumb=thumbnail_url(row.file),
            alt=_("Foto %(n)d dari %(all)d") % {"n": number, "all": len(pictures)},
            pk=row.pk,
        )
        for number, row in enumerate(pictures, start=1)
    ]


def store_all(uploads: Sequence[UploadedFile], *, by: Any, now: dt.datetime) -> tuple[list[File], list[str]]:
    """Store what is a photo; the others become sentences that name the file and say why it was refused."""
    kept: list[File] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            kept.append(files.store_image(upload=upload, by=by, now=now))
        except Refused as no:
            refused.append(str(no))
    return kept, refused
