"""What every case shares, whatever its room: the words of the law on top of it belong to the rooms.

A room declares its own tables by inheriting the abstract models (typed foreign keys, no generic ones):

    class Report(AbstractCase): ...
    class ReportClock(AbstractClock): case = case_link(Report, "clocks")
"""

from pendopo.base.cases.models.case import (
    DUE_OR_NEVER,
    AbstractCase,
    CaseQuerySet,
    Urgency,
    status_check,
)
from pendopo.base.cases.models.clock import AbstractClock, ClockRule, EscalationStep, Unit
from pendopo.base.cases.models.links import CaseLink, Relation
from pendopo.base.cases.models.parts import (
    EVIDENCE,
    LIVE_TASKS,
    AbstractAttachment,
    AbstractContact,
    AbstractFollower,
    AbstractMessage,
    AbstractTask,
    AttachmentRole,
    MessageKind,
    TaskStatus,
    case_link,
)

__all__ = [
    "DUE_OR_NEVER",
    "EVIDENCE",
    "LIVE_TASKS",
    "AbstractAttachment",
    "AbstractCase",
    "AbstractClock",
    "AbstractContact",
    "AbstractFollower",
    "AbstractMessage",
    "AbstractTask",
    "AttachmentRole",
    "CaseLink",
    "CaseQuerySet",
    "ClockRule",
    "EscalationStep",
    "MessageKind",
    "Relation",
    "TaskStatus",
    "Unit",
    "Urgency",
    "case_link",
    "status_check",
]
