"""Giving a report to a colleague of the same office."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.organizations.public import officers_of
from pendopo.domains.reports import policy, telling
from pendopo.domains.reports.actions.common import find_for_staff, remember
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require


@transaction.atomic
def give(*, report_id: int, officer_id: int, by: User, now: dt.datetime) -> Report:
    """Make a colleague on duty the handler. The work has not begun by that: its clock runs on."""
    report = find_for_staff(report_id, by)
    require(policy.may_give, by, report)
    on_duty = {person.pk: person for person in officers_of(report.office, clock.local_date(now))}
    officer = on_duty.get(officer_id)
    if officer is None:
        raise Refused(
            _("Petugas ini tidak sedang bertugas di kantor yang memegang laporan."), field="officer"
        )
    if report.handler_id == officer.pk:
        raise Refused(_("Laporan ini sudah dipegang petugas itu."), field="officer")
    report.handler = officer
    report.touch("handler", now=now)
    remember(report, "given", by=by, now=now, facts={"to": str(officer)})
    if officer.pk != by.pk:
        telling.tell_office(report, "reports.given", now=now, once=f"v{report.version}")
    return report
