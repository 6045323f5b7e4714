"""A requester opens a file of the answer."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from pendopo.base.files.models import File
from pendopo.domains.information.actions.common import CITIZEN_LABEL, remember
from pendopo.domains.information.models import AnswerFile, InformationRequest, RequestStatus


@transaction.atomic
def count_download(*, request_id: int, file_id: int, now: dt.datetime) -> File:
    """Count the download and return the file; only of a request whose answer was handed over.

    The caller has proved to be the requester. Raises AnswerFile.DoesNotExist.
    """
    handed = InformationRequest.objects.filter(status=RequestStatus.DELIVERED)
    row = AnswerFile.objects.select_related("file", "decision__case").get(
        pk=file_id, decision__case=request_id, decision__case__in=handed, file__isnull=False
    )
    AnswerFile.objects.filter(pk=row.pk).update(downloads=F("downloads") + 1)
    remember(row.decision.case, "file_opened", by=None, label=CITIZEN_LABEL, now=now)
    assert row.file is not None  # the query asked
    return row.file
