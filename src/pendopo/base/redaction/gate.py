"""The gate before anything is published: every file is looked through, whoever made it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.storage import default_storage

from pendopo.base.files.models import File, FileKind
from pendopo.base.redaction import sentences
from pendopo.base.redaction.engine import run
from pendopo.base.redaction.engine.shapes import Finding, Unreadable


@dataclass(frozen=True)
class Note:
    """One finding in words. What blocks must be repaired; a warning is for a person to decide."""

    code: str
    sentence: str
    block: bool
    page: int = 0


@dataclass(frozen=True)
class Verdict:
    notes: Sequence[Note]

    @property
    def ok(self) -> bool:
        """Nothing blocks; warnings may remain."""
        return not any(note.block for note in self.notes)


def bytes_of(file: File) -> bytes:
    """A stored file's bytes. Raises FileNotFoundError."""
    with default_storage.open(file.key) as stored:
        return bytes(stored.read())


def check(source: File | bytes) -> Verdict:
    """Look through a PDF, XLSX, DOCX, CSV or plain text. Pictures that `files` wrote anew carry nothing else."""
    if isinstance(source, File) and source.kind == FileKind.IMAGE:
        return Verdict([])
    data = bytes_of(source) if isinstance(source, File) else source
    form = _form(data)
    if not form:
        return Verdict([note(Finding("unknown_kind"))])
    try:
        return Verdict([note(one) for one in run.inspect(data, form)])
    except Unreadable as why:
        return Verdict([note(Finding(why.code, values=why.values))])


def note(finding: Finding) -> Note:
    said = sentences.sentence(finding.code, finding.values, finding.page)
    return Note(finding.code, said, finding.block, finding.page)


def _form(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return "office"
    return "" if not data or b"\0" in data[:4096] else "text"
