"""What every verb needs: the locked report and its line of history."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.models import MessageKind
from pendopo.domains.reports.models import Merging, Report, ReportMessage

CITIZEN_LABEL = "Pelapor"


def find_for_staff(report_id: int, by: User) -> Report:
    """The report, locked, if it is on this person's desk. Raises Report.DoesNotExist."""
    reports = Report.objects.desk_of(by).select_for_update(of=("self",))
    found: Report = reports.select_related("office", "category").get(pk=report_id)
    return found


def find_for_reporter(report_id: int, by: Any, holding: Collection[int]) -> Report:
    """The report, locked, for the visitor who proved to have sent it. Raises Report.DoesNotExist."""
    reports = Report.objects.visible_to(by, holding=holding).select_for_update(of=("self",))
    found: Report = reports.select_related("office", "category").get(pk=report_id)
    return found


def remember(
    report: Report,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
    public: bool = False,
    label: str = "",
) -> None:
    """Append a line of history for the report's office; restricted when the report is secret."""
    record(
        actor=by,
        verb=f"reports.{verb}",
        subject=report,
        organization=report.office_id,
        facts=facts,
        public=public,
        restricted=report.secret,
        actor_label=label,
        at=now,
    )


def write_message(
    report: Report, kind: MessageKind, body: str, *, by: User | None, now: dt.datetime, from_office: bool
) -> ReportMessage:
    """Add words to the conversation. Staff write for the report's office."""
    return ReportMessage.objects.create(
        case=report,
        kind=kind,
        body=body,
        at=now,
        author=by,
        office=report.office if from_office else None,
    )


def end_merging(report: Report, *, by: User | None, now: dt.datetime) -> Merging:
    """Close the open merging of a locked child and return it; moving the child on is the caller's work."""
    row = Merging.objects.select_for_update().get(child=report, ended_at=None)
    row.ended_by, row.ended_at = by, now
    row.save(update_fields=["ended_by", "ended_at"])
    return row
