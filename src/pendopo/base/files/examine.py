"""The gate: what a person chose becomes a file we can keep, or a sentence that says why not."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pendopo.base.files import csvs, images, offices, pdfs, refusals, sniff
from pendopo.base.files.models import FileKind
from pendopo.kernel import text

IMAGES = frozenset({FileKind.IMAGE})
PDFS = frozenset({FileKind.PDF})
IMAGES_AND_PDFS = IMAGES | PDFS
DATA = frozenset({FileKind.XLSX, FileKind.CSV})
DOCUMENTS = PDFS | DATA | {FileKind.DOCX}

_TYPES = {
    FileKind.IMAGE: (".jpg", "image/jpeg"),
    FileKind.PDF: (".pdf", "application/pdf"),
    FileKind.DOCX: (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    FileKind.XLSX: (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    FileKind.CSV: (".csv", "text/csv"),
}


@dataclass(frozen=True)
class Examined:
    """A file that passed the gate, ready to be stored. Its bytes are ours for pictures, as sent for documents."""

    kind: FileKind
    name: str
    content_type: str
    data: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = field(default=b"", repr=False)
    thorough: bool = False  # also looked into for scripts and programs


def examine(upload: UploadedFile, allowed: frozenset[FileKind], *, thorough: bool = False) -> Examined:
    """Check an upload by size and content and make it clean. Raises FileRefused.

    A file above the limit is refused by its length, before anything of it is read into memory. `thorough` also
    looks for scripts and programs in PDFs and counts their pages; it is always so where documents are allowed.
    """
    name = shown_name(upload.name or "") or _("berkas")
    size = upload.size or 0
    if size == 0:
        raise refusals.empty(name)
    limits = {kind: limit_of(kind) for kind in allowed}
    if size > max(limits.values()):
        raise refusals.too_large(name, size, max(limits.values()))
    kind = _kind(upload, name, allowed)
    if size > limits[kind]:
        raise refusals.too_large(name, size, limits[kind])
    upload.seek(0)
    data = upload.read()
    if kind == FileKind.IMAGE:
        return _picture(name, data)
    thorough = thorough or bool(allowed - IMAGES_AND_PDFS)
    if kind == FileKind.PDF:
        (pdfs.prove_inside if thorough else pdfs.prove)(data, name=name)
    elif kind == FileKind.CSV:
        _prove_table(data, name, allowed)
    return Examined(kind, named(name, kind), type_of(kind), data, thorough=thorough)


def limit_of(kind: FileKind) -> int:
    """The largest size in bytes, from the settings."""
    megabytes = {FileKind.IMAGE: settings.PHOTO_MAX_MB, FileKind.PDF: settings.PDF_MAX_MB}
    return int(megabytes.get(kind, settings.DOCUMENT_MAX_MB)) * 1024 * 1024


def type_of(kind: FileKind) -> str:
    """The media type a file of this kind is sent with."""
    return _TYPES[kind][1]


def named(name: str, kind: FileKind) -> str:
    """The name with the ending that tells the truth about the content."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name).strip(". ")
    return f"{stem}{_TYPES[kind][0]}"


def shown_name(name: str) -> str:
    """A file name that can be shown: no folders, no invisible or turning signs, at most 80 letters."""
    plain = name.encode("utf-8", "ignore").decode()  # half characters of broken browsers
    last = re.split(r"[/\\]", text.clean_line(plain))[-1].strip(". ")
    return last if len(last) <= 80 else f"{last[:60]}…{last[-19:]}"


def _kind(upload: UploadedFile, name: str, allowed: frozenset[FileKind]) -> FileKind:
    upload.seek(0)
    found = sniff.kind_of(upload.read(sniff.HEAD), tables=FileKind.CSV in allowed)
    if allowed & offices.OFFICE and found in {"zip", "office"}:
        upload.seek(0)
        data = upload.read()  # within the largest limit of what is allowed
        if found == "office":
            raise offices.old_or_locked(data, name=name, allowed=allowed)
        return offices.proved(data, name=name, allowed=allowed)
    kind = {"image": FileKind.IMAGE, "pdf": FileKind.PDF, "csv": FileKind.CSV}.get(found)
    if found == "gif" and FileKind.IMAGE in allowed:
        raise refusals.moving_picture(name)
    if kind is None or kind not in allowed:
        raise refusals.wrong_kind(name, found, allowed)
    return kind


def _prove_table(data: bytes, name: str, allowed: frozenset[FileKind]) -> None:
    try:
        csvs.read(data, name=name)
    except refusals.FileRefused:
        if name.lower().endswith(".csv"):
            raise
        raise refusals.wrong_kind(name, "", allowed) from None  # nobody said it was a table


def _picture(name: str, data: bytes) -> Examined:
    picture = images.rewritten(data, name=name)
    kind = FileKind.IMAGE
    return Examined(
        kind, named(name, kind), type_of(kind), picture.data, picture.width, picture.height,
        picture.thumbnail, thorough=True,
    )  # fmt: skip
