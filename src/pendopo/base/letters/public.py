"""The door of the room: rooms bring kinds of letters, issue them, and show them to who may see the case."""

import datetime as dt
from collections.abc import Mapping

from pendopo.base.files.public import file_url
from pendopo.base.letters import papers
from pendopo.base.letters.actions.issuing import forget, issue, revoke
from pendopo.base.letters.actions.issuing import preview as _preview
from pendopo.base.letters.actions.signing import bytes_of, sign
from pendopo.base.letters.kinds import Layout, LetterKind, SignedBy, Value, letter_kinds, table
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.papers import Signatory
from pendopo.base.letters.policy import may_sign
from pendopo.base.letters.reading import default_signer, to_sign
from pendopo.base.letters.signing.ways import BSRE, SEAL, UPLOAD, SigningFailed, SignSecret
from pendopo.base.organizations.models import Organization

__all__ = [
    "BSRE",
    "SEAL",
    "UPLOAD",
    "Layout",
    "Letter",
    "LetterKind",
    "SignSecret",
    "Signatory",
    "SignedBy",
    "SigningFailed",
    "Status",
    "bytes_of",
    "default_signer",
    "forget",
    "issue",
    "letter_kinds",
    "letter_url",
    "letters_of",
    "may_sign",
    "preview",
    "revoke",
    "sign",
    "table",
    "to_sign",
]


def letters_of(kind: str, pk: int) -> list[Letter]:
    """The letters on one subject, newest first. The caller has asked whether the subject may be seen."""
    return list(Letter.objects.about(kind, pk).select_related("file", "office"))


def letter_url(letter: Letter, *, now: dt.datetime | None = None) -> str:
    """An address that opens the letter for an hour, "" when its file was wiped. Only for who may see its case."""
    return file_url(letter.file, now=now) if letter.file is not None else ""


def preview(
    kind: str, *, title: str, body: str, office: Organization, now: dt.datetime,
    values: Mapping[str, Value] | None = None,
) -> bytes:  # fmt: skip
    """A PDF of a template's draft, filled with samples or `values`. Raises LookupError, Refused."""
    known = letter_kinds.get(kind)
    if known is None:
        raise LookupError(f"no letter kind {kind!r}")
    return papers.pdf_of(_preview(kind=known, title=title, body=body, office=office, now=now, values=values))
