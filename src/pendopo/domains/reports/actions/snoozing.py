"""Putting a report aside until a day. No clock stops: only the everyday queues become shorter."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.domains.reports import policy
from pendopo.domains.reports.actions.common import find_for_staff, remember
from pendopo.domains.reports.models import Report
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

LONGEST = dt.timedelta(days=366)  # guards against a mistyped year, not a rule of the office


@transaction.atomic
def snooze(*, report_id: int, until: dt.date, reason: str, by: User, now: dt.datetime) -> Report:
    """Keep the report out of the everyday queues until a day; before its deadline it shows up by itself."""
    report = find_for_staff(report_id, by)
    require(policy.may_snooze, by, report)
    today = clock.local_date(now)
    if until <= today:
        raise Refused(_("Pilih tanggal setelah hari ini."), field="until")
    if until > today + LONGEST:
        raise Refused(_("Paling lama setahun dari sekarang."), field="until")
    words = clean_line(reason)[:300]
    if not words:
        raise Refused(_("Tulis mengapa laporan ini ditunda."), field="reason")
    report.snoozed_until, report.snooze_reason = until, words
    report.touch("snoozed_until", "snooze_reason", now=now)
    # The reason stays in the row: history cannot be erased, so it must not hold words about a report.
    remember(report, "snoozed", by=by, now=now, facts={"until": until})
    return report


@transaction.atomic
def wake(*, report_id: int, by: User, now: dt.datetime) -> Report:
    """Take a report back from the shelf before its day."""
    report = find_for_staff(report_id, by)
    require(policy.may_wake, by, report)
    _woken(report, by=by, now=now)
    return report


def _woken(report: Report, *, by: User | None, now: dt.datetime) -> None:
    report.snoozed_until, report.snooze_reason = None, ""
    report.touch("snoozed_until", "snooze_reason", now=now)
    remember(report, "woken", by=by, now=now)


def wake_due(*, now: dt.datetime) -> int:
    """Wake every report whose day has come, each in its own transaction; returns how many. Safe to run twice."""
    due = Report.objects.filter(snoozed_until__lte=clock.local_date(now)).values_list("pk", flat=True)
    return sum(_wake_one(pk, now=now) for pk in list(due))


@transaction.atomic
def _wake_one(report_id: int, *, now: dt.datetime) -> bool:
    due = Report.objects.filter(snoozed_until__lte=clock.local_date(now))
    report = due.select_for_update(of=("self",)).select_related("office").filter(pk=report_id).first()
    if report is None:
        return False
    _woken(report, by=None, now=now)
    return True
