"""A unit's file goes to the redaction studio before it is handed over."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.redaction import public as redaction
from pendopo.base.redaction.models import Redaction
from pendopo.domains.information.actions.common import find_request
from pendopo.domains.information.models import UnitTaskFile
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel.errors import Refused, require

HOST = "information.request"


@transaction.atomic
def blacken(*, request_id: int, task_file_id: int, by: User, now: dt.datetime) -> Redaction:
    """Begin a redaction of a file that a unit of this request found. Raises Refused, NotAllowed."""
    request = find_request(request_id, by)
    require(policy.may_split, by, request)
    row = UnitTaskFile.objects.filter(task__case=request, pk=task_file_id).select_related("file").first()
    if row is None:
        raise Refused(_("Berkas ini tidak ada lagi. Pilih dari daftar."), field="task_file")
    request.touch(now=now)
    return redaction.start(source=row.file, about=(HOST, str(request.pk)), by=by, now=now)
