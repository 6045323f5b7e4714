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
    (information.RequestEnded, information.end_of_request),
    (reports.ReportReceived, reports.hand_over_when_sure),
    (reports.ReportReceived, reports.tell_received),
    (reports.ReportAssigned, reports.tell_assigned),
    (reports.ReportAnswered, reports.tell_answered),
    (reports.ReportClosed, reports.tell_closed),
    (reports.ReportReopened, reports.tell_reopened),
]
