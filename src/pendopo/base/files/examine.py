"""The gate: what a person chose becomes a file we can keep, or a sentence that says why not."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pendopo.base.files import images, pdfs, refusals, sniff
from pendopo.base.files.models import FileKind
from pendopo.kernel import text

IMAGES = frozenset({FileKind.IMAGE})
PDFS = frozenset({FileKind.PDF})
IMAGES_AND_PDFS = IMAGES | PDFS


@dataclass(frozen=True)
class Examined:
    """A file that passed the gate, ready to be stored. Its bytes are ours for pictures, as sent for PDFs."""

    kind: FileKind
    name: str
    content_type: str
    data: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = field(default=b"", repr=False)


def examine(upload: UploadedFile, allowed: frozenset[FileKind]) -> Examined:
    """Check an upload by size and content and make it clean. Raises FileRefused.

    A file above the limit is refused by its length, before anything of it is read into memory.
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
    if kind == FileKind.PDF:
        pdfs.prove(data, name=name)
        return Examined(kind, _named(name, ".pdf"), "application/pdf", data)
    picture = images.rewritten(data, name=name)
    return Examined(
        kind, _named(name, ".jpg"), "image/jpeg", picture.data, picture.width, picture.height,
        picture.thumbnail,
    )  # fmt: skip


def limit_of(kind: FileKind) -> int:
    """The largest size in bytes, from the settings."""
    megabytes = {FileKind.IMAGE: settings.PHOTO_MAX_MB, FileKind.PDF: settings.PDF_MAX_MB}
    return int(megabytes[kind]) * 1024 * 1024


def shown_name(name: str) -> str:
    """A file name that can be shown: no folders, no invisible or turning signs, at most 80 letters."""
    plain = name.encode("utf-8", "ignore").decode()  # half characters of broken browsers
    last = re.split(r"[/\\]", text.clean_line(plain))[-1].strip(". ")
    return last if len(last) <= 80 else f"{last[:60]}…{last[-19:]}"


def _kind(upload: UploadedFile, name: str, allowed: frozenset[FileKind]) -> FileKind:
    upload.seek(0)
    found = sniff.kind_of(upload.read(sniff.HEAD))
    kind = {"image": FileKind.IMAGE, "pdf": FileKind.PDF}.get(found)
    if found == "gif" and FileKind.IMAGE in allowed:
        raise refusals.moving_picture(name)
    if kind is None or kind not in allowed:
        raise refusals.wrong_kind(name, found, allowed)
    return kind


def _named(name: str, ending: str) -> str:
    """The name with the ending that tells the truth about the content."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name).strip(". ")
    return f"{stem}{ending}"
