"""Every letter about a request and its objection in one archive, for Komisi Informasi."""

import io
import zipfile

from pendopo.base.letters import public as letters
from pendopo.base.letters.public import Letter
from pendopo.domains.information import receipts
from pendopo.domains.information.models import Objection

_SENT = {letters.Status.ISSUED, letters.Status.SIGNED}


def papers_of(objection: Objection) -> list[Letter]:
    """Letters of the request and of the objection that went out and still have their file, oldest first."""
    found = letters.letters_of(receipts.OBJECTION, objection.pk)
    if objection.request_id is not None:
        found += letters.letters_of(receipts.REQUEST, objection.request_id)
    sent = [letter for letter in found if letter.status in _SENT and letter.file is not None]
    return sorted(sent, key=lambda letter: (letter.issued_at or letter.created_at, letter.pk))


def zipped(objection: Objection) -> bytes:
    """A ZIP whose names tell order and number of each letter."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, letter in enumerate(papers_of(objection), start=1):
            name = f"{place:02d} {letter.written}".replace("/", "-")
            archive.writestr(f"{name}.pdf", letters.bytes_of(letter))
    return out.getvalue()
