"""Word and Excel documents stay as they came; a child process looks into every part of them first."""

from pendopo.base.files import child, refusals
from pendopo.base.files.models import FileKind

OFFICE = frozenset({FileKind.DOCX, FileKind.XLSX})
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the name of the stream in the old container (MS-OFFCRYPTO)


def proved(data: bytes, *, name: str, allowed: frozenset[FileKind]) -> FileKind:
    """What the ZIP in `data` is. Raises FileRefused, also when it is a kind that is not allowed."""
    try:
        told = child.ask("office_inside", data=data)
    except child.Failed:
        raise refusals.not_checked(name) from None
    kind, problem = told["kind"], told["problem"]
    if kind not in OFFICE:
        if problem and kind != "odf":
            raise refusals.bad_office(name, problem)
        raise refusals.wrong_kind(name, kind or "zip", allowed)
    if kind not in allowed:
        raise refusals.wrong_kind(name, kind.lower(), allowed)
    if problem:
        raise refusals.bad_office(name, problem)
    return FileKind(kind)


def old_or_locked(data: bytes, *, name: str, allowed: frozenset[FileKind]) -> refusals.FileRefused:
    """Why a document in the old container is not taken: it has a password, or it is a .doc or .xls."""
    if _LOCKED in data:
        return refusals.bad_office(name, "locked")
    return refusals.wrong_kind(name, "office", allowed)
