"""The door of the room: working days as offices and cases count them."""

from pendopo.base.calendar.models import Holiday, WorkWeek
from pendopo.kernel.caches import timed
from pendopo.kernel.workdays import MONDAY_TO_FRIDAY, Week, WorkingCalendar


@timed(30)
def working_calendar(scope: str = "", *, joint_leave_closed: bool = True) -> WorkingCalendar:
    """Working days of the region `scope`."""
    closed = {
        row.date: row.name
        for row in Holiday.objects.in_force()
        if scope.startswith(row.scope) and (joint_leave_closed or row.kind != "JOINT_LEAVE")
    }
    weeks = [
        Week(frozenset(row.weekdays), row.valid_from, row.valid_to)
        for row in WorkWeek.objects.order_by("valid_from")
        if scope.startswith(row.scope)
    ]
    return WorkingCalendar(weeks or (MONDAY_TO_FRIDAY,), closed)
