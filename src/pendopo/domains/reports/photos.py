"""Photos of reports: stored through the files room, shown through its expiring links."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from pendopo.base.cases.models import AttachmentRole
from pendopo.base.files.actions import store
from pendopo.base.files.links import link_to
from pendopo.base.files.models import File, FileKind
from pendopo.base.files.refusals import FileRefused
from pendopo.domains.reports.models import DraftPhoto, ReportAttachment, TaskFile
from pendopo.kernel import clock


@dataclass(frozen=True)
class Shown:
    """A photo as `components/thumbs.html` draws it. `pk` names the attachment or the photo of a draft."""

    url: str
    thumb: str
    alt: str
    pk: int = 0


def shown(attachments: Iterable[Any]) -> list[Shown]:
    """Rows with a `file` (attachments, photos of a draft) as pictures; documents are left out."""
    pictures = [row for row in attachments if row.file.kind == FileKind.IMAGE]
    now = clock.now()
    return [
        Shown(
            url=link_to(row.file, now=now),
            thumb=link_to(row.file, thumbnail=True, now=now),
            alt=_alt(getattr(row, "role", "")) % {"n": number, "all": len(pictures)},
            pk=row.pk,
        )
        for number, row in enumerate(pictures, start=1)
    ]


def _alt(role: str) -> str:
    if role == AttachmentRole.BEFORE:
        return _("Foto %(n)d dari %(all)d, sebelum dikerjakan")
    if role == AttachmentRole.AFTER:
        return _("Foto %(n)d dari %(all)d, sesudah dikerjakan")
    return _("Foto %(n)d dari %(all)d")


def public_pictures() -> Prefetch:
    """For lists of public reports: the citizen's public photos of each, as `report.pictures`, in one query."""
    pictures = ReportAttachment.objects.filter(
        public=True, role=AttachmentRole.PHOTO, message=None, file__kind=FileKind.IMAGE
    )
    return Prefetch("attachments", pictures.select_related("file"), to_attr="pictures")


def store_all(uploads: Sequence[UploadedFile], *, by: Any, now: dt.datetime) -> tuple[list[File], list[str]]:
    """Store what is a photo; the others become sentences that name the file and say why it was refused."""
    by = by if getattr(by, "is_authenticated", False) else None
    kept: list[File] = []
    refused: list[str] = []
    for upload in uploads:
        try:
            kept.append(store(upload=upload, by=by, now=now, allowed=frozenset({FileKind.IMAGE})))
        except FileRefused as no:
            refused.append(str(no))
    return kept, refused


def linked(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those files that a report or a draft still shows; the files room sweeps away the others."""
    found: set[uuid.UUID] = set()
    for model in (DraftPhoto, ReportAttachment, TaskFile):
        found.update(model._default_manager.filter(file__in=ids).values_list("file_id", flat=True))
    return found
