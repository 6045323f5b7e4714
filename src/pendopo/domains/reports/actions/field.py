"""News from the place itself, often sent hours later: done once per key, and never over somebody else's change."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files.models import File
from pendopo.domains.reports.actions import closing, work
from pendopo.domains.reports.actions.common import find_for_staff
from pendopo.domains.reports.models import FieldAct, Report
from pendopo.kernel.errors import NotAllowed, Refused


class Changed(Exception):
    """The report is not as the officer saw it. Nothing was written; `report` is how it stands now."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.code)
        self.report = report


@transaction.atomic
def act(
    *,
    report_id: int,
    key: uuid.UUID,
    version: int,
    note: str,
    before: Sequence[File] = (),
    after: Sequence[File] = (),
    done: bool,
    by: User,
    now: dt.datetime,
) -> FieldAct:
    """Keep note and photos, or with `done` propose that the work is finished. A repeated key changes nothing.

    Raises Changed for an older `version`, NotAllowed, Refused, Report.DoesNotExist.
    """
    report = find_for_staff(report_id, by)
    earlier = FieldAct.objects.filter(pk=key).first()
    if earlier is not None:
        if (earlier.case_id, earlier.by_id) != (report.pk, by.pk):
            raise NotAllowed("field_act")
        return earlier
    if report.handler_id != by.pk:
        raise NotAllowed("handler")
    if report.version != version:
        raise Changed(report)
    if done:
        closing.propose_closing(report_id=report.pk, summary=note, before=before, after=after, by=by, now=now)
    elif not (note or before or after):
        raise Refused(_("Tulis catatan atau sertakan foto."), field="note")
    else:
        words = note or _("Foto dari lapangan.")
        work.note(report_id=report.pk, body=words, before=before, after=after, by=by, now=now)
    report.refresh_from_db(fields=["version"])
    return FieldAct.objects.create(key=key, case=report, by=by, version=report.version, proposed=done, at=now)


@transaction.atomic
def take_along(*, count: int, by: User, now: dt.datetime) -> None:
    """Write down that an officer's phone keeps this many tasks: what leaves the desk is history."""
    if count:
        record(actor=by, verb="reports.taken_along", subject=None, at=now, facts={"count": count})
