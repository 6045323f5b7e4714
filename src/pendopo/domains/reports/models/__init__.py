"""Tables of the reports room."""

from pendopo.domains.reports.models.intake import Draft, DraftPhoto
from pendopo.domains.reports.models.parts import (
    Closure,
    Handover,
    Rating,
    ReportAttachment,
    ReportClock,
    ReportContact,
    ReportFollower,
    ReportMessage,
    ReportTask,
)
from pendopo.domains.reports.models.report import (
    CLOSED,
    FINAL,
    OPEN,
    OURS,
    TRANSITIONS,
    ArchiveReason,
    Category,
    Channel,
    Report,
    ReportClass,
    ReportQuerySet,
    Status,
)
from pendopo.domains.reports.models.routing import RoutingModel, RoutingPolicy, RoutingRule, Suggestion
from pendopo.domains.reports.models.tally import CellTally, MonthTally, TallyChange

__all__ = [
    "CLOSED",
    "FINAL",
    "OPEN",
    "OURS",
    "TRANSITIONS",
    "ArchiveReason",
    "Category",
    "CellTally",
    "Channel",
    "Closure",
    "Draft",
    "DraftPhoto",
    "Handover",
    "MonthTally",
    "Rating",
    "Report",
    "ReportAttachment",
    "ReportClass",
    "ReportClock",
    "ReportContact",
    "ReportFollower",
    "ReportMessage",
    "ReportQuerySet",
    "ReportTask",
    "RoutingModel",
    "RoutingPolicy",
    "RoutingRule",
    "Status",
    "Suggestion",
    "TallyChange",
]
