"""The check before a file is handed to the requester: what was blackened must really be gone."""

from typing import Any

from django.utils.translation import gettext as _

from pendopo.base.files.models import File
from pendopo.base.redaction import public as redaction
from pendopo.kernel.errors import Refused


def checked(file: File) -> dict[str, Any]:
    """What the check found, as kept beside the answer. Raises Refused with the finding when the file may not go out."""
    verdict = redaction.check_before_publishing(file)
    if not verdict.ok:
        first = next(note.sentence for note in verdict.notes if note.block)
        raise Refused(
            _("Berkas “%(name)s” belum boleh diserahkan: %(why)s") % {"name": file.name, "why": first},
            field="uploads",
        )
    return {"ok": True, "notes": [note.sentence for note in verdict.notes]}
