"""Tables of the reports room."""

from pendopo.domains.reports.models.canned import CannedAnswer, CannedAnswerVersion, Purpose
from pendopo.domains.reports.models.intake import Draft, DraftPhoto
from pendopo.domains.reports.models.merging import Merging
from pendopo.domains.reports.models.parts import (
    Closure,
    Handover,
    Rating,
    ReportAttachment,
    ReportClock,
    ReportContact,
    ReportFollower,
    ReportMessage,
)
from pendopo.domains.reports.models.phone import FieldAct, PhonePolicy, ReportPush
from pendopo.domains.reports.models.report import (
    CLOSED,
    FINAL,
    MERGEABLE,
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
from pendopo.domains.reports.models.resolution import (
    NeighbourVerdict,
    ResolutionFact,
    ResolutionMonth,
    ResolutionPolicy,
)
from pendopo.domains.reports.models.routing import RoutingModel, RoutingPolicy, RoutingRule, Suggestion
from pendopo.domains.reports.models.sp4n import Sp4nCategory, Sp4nImport, Sp4nOrigin
from pendopo.domains.reports.models.tally import CellTally, MonthTally, TallyChange
from pendopo.domains.reports.models.tasks import (
    ReportTask,
    ReportTaskClock,
    TaskFile,
    TaskLink,
    TaskNote,
    TaskPolicy,
    TaskUpdate,
)

__all__ = [
    "CLOSED",
    "FINAL",
    "MERGEABLE",
    "OPEN",
    "OURS",
    "TRANSITIONS",
    "ArchiveReason",
    "CannedAnswer",
    "CannedAnswerVersion",
    "Category",
    "CellTally",
    "Channel",
    "Closure",
    "Draft",
    "DraftPhoto",
    "FieldAct",
    "Handover",
    "Merging",
    "MonthTally",
    "NeighbourVerdict",
    "PhonePolicy",
    "Purpose",
    "Rating",
    "Report",
    "ReportAttachment",
    "ReportClass",
    "ReportClock",
    "ReportContact",
    "ReportFollower",
    "ReportMessage",
    "ReportPush",
    "ReportQuerySet",
    "ReportTask",
    "ReportTaskClock",
    "ResolutionFact",
    "ResolutionMonth",
    "ResolutionPolicy",
    "RoutingModel",
    "RoutingPolicy",
    "RoutingRule",
    "Sp4nCategory",
    "Sp4nImport",
    "Sp4nOrigin",
    "Status",
    "Suggestion",
    "TallyChange",
    "TaskFile",
    "TaskLink",
    "TaskNote",
    "TaskPolicy",
    "TaskUpdate",
]
