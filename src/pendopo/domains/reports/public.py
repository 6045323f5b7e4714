"""The door of the reports room for surfaces and wiring."""

from pendopo.domains.reports.actions.closing import close_by_timer
from pendopo.domains.reports.actions.routing import hand_over_when_sure
from pendopo.domains.reports.actions.rules import tell_stranded
from pendopo.domains.reports.canned import offers as canned_offers
from pendopo.domains.reports.canned import render_for as render_canned
from pendopo.domains.reports.events import (
    ReportAnswered,
    ReportAssigned,
    ReportClosed,
    ReportReceived,
    ReportReopened,
    ReportReturned,
)
from pendopo.domains.reports.models import Category, Report, Status
from pendopo.domains.reports.task_clocks import recompute as measure_tasks_anew
from pendopo.domains.reports.webhooks import (
    tell_answered,
    tell_assigned,
    tell_closed,
    tell_received,
    tell_reopened,
)

__all__ = [
    "Category",
    "Report",
    "ReportAnswered",
    "ReportAssigned",
    "ReportClosed",
    "ReportReceived",
    "ReportReopened",
    "ReportReturned",
    "Status",
    "canned_offers",
    "close_by_timer",
    "hand_over_when_sure",
    "measure_tasks_anew",
    "render_canned",
    "tell_answered",
    "tell_assigned",
    "tell_closed",
    "tell_received",
    "tell_reopened",
    "tell_stranded",
]
