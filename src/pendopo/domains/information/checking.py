"""The check before publishing, as this room keeps it: what blocks, what an officer must have looked at."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from pendopo.base.files.models import File, FileKind
from pendopo.base.redaction.engine import run
from pendopo.base.redaction.engine.shapes import Finding, Unreadable

_FORMS = {FileKind.PDF: "pdf", FileKind.DOCX: "office", FileKind.XLSX: "office", FileKind.CSV: "text"}


@dataclass(frozen=True)
class Verdict:
    """Sentences about one file. It may be published when `blocking` is empty; `warnings` need an officer's words."""

    blocking: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.blocking

    def plain(self) -> dict[str, Any]:
        return {"ok": self.passed, "blocking": list(self.blocking), "warnings": list(self.warnings)}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Verdict":
        """The verdict that `plain` wrote."""
        return cls(tuple(plain.get("blocking", ())), tuple(plain.get("warnings", ())))


def look_through(file: File) -> Verdict:
    """What speaks against publishing this file."""
    with default_storage.open(file.key) as stored:
        data = stored.read()
    try:
        found = run.inspect(data, _FORMS[FileKind(file.kind)])
    except Unreadable as why:
        found = [Finding(why.code)]
    blocking = tuple(_sentence(one) for one in found if one.block)
    return Verdict(blocking, tuple(_sentence(one) for one in found if not one.block))


def _sentence(one: Finding) -> str:
    where = _("halaman %d") % one.page if one.page else _("berkas")
    return f"{where}: {one.code}"
