"""The words of a document, for search. Read by a child process (child.py) in a background job, never in a page."""

import re
from dataclasses import dataclass

from django.core.files.storage import default_storage

from pendopo.base.files import child, csvs
from pendopo.base.files.models import File, FileKind
from pendopo.base.files.refusals import FileRefused

MAX_LETTERS = 300_000  # about a hundred full pages; PostgreSQL's tsvector holds one megabyte at most
_SCRIPTS = {FileKind.PDF: "pdf_text", FileKind.DOCX: "docx_text", FileKind.XLSX: "xlsx_text"}
# PostgreSQL takes no NUL, UTF-8 no half characters; the other control signs only hurt whoever sees them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e]"
)
_SPACES = re.compile(r"[^\S\n\t]+")
_LINES = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True)
class Extracted:
    """What could be read. `pages` are those of a PDF or the visible sheets of a workbook; else None.

    A scan has pages and no text.
    """

    text: str
    pages: int | None
    truncated: bool


class TextUnreadable(Exception):
    """The text could not be read: the document is damaged, or took too much time or memory."""


def extract(file: File, *, max_letters: int = MAX_LETTERS) -> Extracted:
    """The words of a stored file; a picture has none. Raises TextUnreadable and FileNotFoundError.

    One child for each file: 0.2 to 0.5 seconds to start, and as long as the document is.
    """
    kind = FileKind(file.kind)
    if kind == FileKind.IMAGE:
        return Extracted("", None, truncated=False)
    with default_storage.open(file.key) as stored:
        data = stored.read()
    return extract_from(data, kind, max_letters=max_letters)


def extract_from(data: bytes, kind: FileKind, *, max_letters: int = MAX_LETTERS) -> Extracted:
    """The same for bytes that are not stored yet. Raises TextUnreadable."""
    if kind == FileKind.CSV:
        return _table(data, max_letters)
    try:
        told = child.ask(_SCRIPTS[kind], max_letters, data=data)
    except child.Failed:
        raise TextUnreadable from None
    return Extracted(clean(str(told["text"]))[:max_letters], told["pages"], bool(told["truncated"]))


def clean(text: str) -> str:
    """Text that PostgreSQL takes: no control signs, no half characters, no runs of spaces or empty lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _UNWANTED.sub(
        "", lines.replace("\ufffe\n", "")
    )  # PDFium's mark for a word cut at the end of a line
    return _LINES.sub("\n\n", _SPACES.sub(" ", plain)).strip()


def _table(data: bytes, max_letters: int) -> Extracted:
    try:
        table = csvs.read(data, name="")
    except FileRefused:
        raise TextUnreadable from None
    parts: list[str] = []
    letters = 0
    for row in table.rows():
        parts.append("\t".join(cell for cell in row if cell))
        letters += len(parts[-1]) + 1
        if letters > max_letters:
            break
    return Extracted(clean("\n".join(parts))[:max_letters], None, truncated=letters > max_letters)
