"""Files on their way to the requester: blackened in the studio, and looked through before they are handed over."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.files.models import File
from pendopo.base.redaction import public as redaction
from pendopo.base.redaction.models import Redaction
from pendopo.domains.information.actions.grounding import Draft
from pendopo.domains.information.models import InformationRequest, UnitTaskFile
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel.errors import Refused, require

HOST = "information.request"


def blacken(*, request_id: int, task_file_id: int, by: User, now: dt.datetime) -> Redaction:
    """Begin a redaction of a file that a unit of this request found; the same one when asked again.

    The file is searched for personal numbers on the way, so nobody waits for the request meanwhile. Raises Refused,
    NotAllowed, InformationRequest.DoesNotExist.
    """
    request = InformationRequest.objects.desk_of(by).get(pk=request_id)
    require(policy.may_split, by, request)
    row = UnitTaskFile.objects.filter(task__case=request, pk=task_file_id).select_related("file").first()
    if row is None:
        raise Refused(_("Berkas ini tidak ada lagi. Pilih dari daftar."), field="task_file")
    return redaction.start(source=row.file, about=(HOST, str(request.pk)), by=by, now=now)


def looked_through(draft: Draft, request: InformationRequest) -> Draft:
    """The draft with what the check found in each of its files: uploads and those of units.

    Takes up to minutes, so it happens before the request is locked. Raises Refused with the finding when a file may
    not go out.
    """
    rows = UnitTaskFile.objects.filter(task__case=request, pk__in=set(draft.task_files)).select_related(
        "file"
    )
    files = [*(one.file for one in draft.uploads), *(row.file for row in rows)]
    return replace(draft, checks={file.sha256: _checked(file) for file in files})


def _checked(file: File) -> dict[str, Any]:
    verdict = redaction.check_before_publishing(file)
    if not verdict.ok:
        first = next(note.sentence for note in verdict.notes if note.block)
        raise Refused(
            _("Berkas “%(name)s” belum boleh diserahkan: %(why)s") % {"name": file.name, "why": first},
            field="uploads",
        )
    return {"ok": True, "notes": [note.sentence for note in verdict.notes]}
