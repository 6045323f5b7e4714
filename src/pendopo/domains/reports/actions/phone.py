"""A report that waited on a phone. The key that the phone chose makes it one report, whatever the network does."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from pendopo.domains.reports.actions import intake
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.models import Draft, Report


@transaction.atomic
def receive(*, key: uuid.UUID, new: NewReport, by: Any, now: dt.datetime) -> Report:
    """The report of this key: made now, or the one made before. Repeats at the same moment wait for each other."""
    draft, _fresh = Draft.objects.get_or_create(
        pk=key, defaults={"created_at": now, "updated_at": now, "from_phone": True}
    )
    return intake.receive(draft=draft, new=new, by=by, now=now)
