"""Which room reacts to which fact. Each reaction runs as its own job, born in the transaction of the fact."""

from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.cases import sweep
from pendopo.base.cases.events import DeadlinesRecomputed
from pendopo.base.organizations.events import OfficeClosed
from pendopo.domains.information import public as information
from pendopo.domains.reports import public as reports
from pendopo.kernel.events import Reaction

REACTIONS: list[tuple[type, Reaction]] = [
    # fact             -> what another room does about it
    (CalendarChanged, sweep.recompute),
    (OfficeClosed, reports.tell_stranded),
    (DeadlinesRecomputed, reports.measure_tasks_anew),
    (DeadlinesRecomputed, information.measure_tasks_anew),
    (information.RequestReceived, information.request_received),
    (information.RequestCompleted, information.request_completed),
    (information.RequesterWrote, information.requester_wrote),
    (information.RequestWithdrawn, information.request_withdrawn),
    (information.ObjectionFiled, information.objection_filed),
    (information.ObjectionWithdrawn, information.objection_withdrawn),
    (reports.ReportReceived, reports.hand_over_when_sure),
    (reports.ReportReceived, reports.tell_received),
    (reports.ReportAssigned, reports.tell_assigned),
    (reports.ReportAnswered, reports.tell_answered),
    (reports.ReportClosed, reports.tell_closed),
    (reports.ReportReopened, reports.tell_reopened),
]
