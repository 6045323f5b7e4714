"""A report that another program hands in for a citizen."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from pendopo.base.clients import public as clients
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.actions.intake import NewReport, receive
from pendopo.domains.reports.models import Channel, Draft, Report


@transaction.atomic
def receive_from_client(
    *, new: NewReport, photo_ids: Sequence[uuid.UUID] = (), client: clients.ApiClient, now: dt.datetime
) -> Report:
    """Take a report like the citizen's own; which program brought it is history for staff.

    Photos were sent ahead (`clients.keep_photo`). Raises Refused. Call it inside `clients.once`.
    """
    photos = clients.take_photos(client=client, ids=photo_ids) if photo_ids else ()
    draft = Draft.objects.create(created_at=now, updated_at=now)
    whole = replace(new, photos=tuple(photos), channel=new.channel or Channel.API)
    report = receive(draft=draft, new=whole, by=None, now=now)
    remember(report, "brought_by_client", by=None, now=now, facts={"client": client.name})
    return report
