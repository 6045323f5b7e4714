"""Keeping prepared answers: every change is a version and a line of history."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.domains.reports import canned, policy
from pendopo.domains.reports.models import CannedAnswer, CannedAnswerVersion
from pendopo.kernel.errors import NotAllowed, Refused


@transaction.atomic
def save_canned(*, answer: CannedAnswer, seen: int, by: User, now: dt.datetime) -> CannedAnswer:
    """Insert or change a prepared answer; what was sent before keeps its words.

    `seen` is the version its writer started from, 0 for a new one. Raises NotAllowed, or Refused for an unknown
    variable and for a version that a colleague replaced meanwhile.
    """
    current = CannedAnswer.objects.select_for_update().filter(pk=answer.pk).first()
    for office in {answer.office_id, current.office_id if current else answer.office_id}:
        if not policy.may_write_canned_for(by, office):
            raise NotAllowed("may_write_canned_for")
    if current is not None and current.number != seen:
        raise Refused(
            _("%(who)s baru saja mengubah jawaban ini. Buka lagi untuk melihat yang terbaru.")
            % {"who": current.changed_by or _("Rekan Anda")}
        )
    canned.check_variables(answer.body, answer.purpose)
    answer.number = current.number + 1 if current else 1
    answer.changed_by, answer.changed_at = by, now
    answer.save()
    CannedAnswerVersion.objects.create(
        answer=answer,
        number=answer.number,
        title=answer.title,
        body=answer.body,
        active=answer.active,
        by=by,
        at=now,
    )
    record(
        actor=by,
        verb="reports.canned_saved",
        subject=answer,
        organization=answer.office_id,
        facts={"name": answer.title, "number": answer.number, "used": answer.active},
        at=now,
    )
    return answer
