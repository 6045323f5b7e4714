"""The door of the room: the working calendar of a region."""

from pendopo.base.calendar import reading, seeds
from pendopo.base.calendar.spoken import spoken
from pendopo.kernel.workdays import WorkingCalendar

__all__ = ["WorkingCalendar", "refresh", "seeded_calendar", "spoken", "working_calendar"]


def working_calendar(scope: str = "", *, joint_leave_closed: bool = True) -> WorkingCalendar:
    """Working days in a region, by the rows of the nation, its province and itself.

    `joint_leave_closed=False` is the second reading, for internal alarms: cuti bersama counts as working, so
    whoever is in time by it is in time by both. Otherwise the work week in force says whether cuti bersama is
    a working day. Remembered in the process; a change of another process is seen after 0.25 s at the latest,
    or at once after `refresh()`. Without any row of its own the week is Monday to Friday.
    """
    return reading.rows.get().calendar(scope, joint_leave_closed=joint_leave_closed)


def refresh() -> None:
    """Look at the rows again at the next question (reactions to CalendarChanged start with this)."""
    reading.rows.forget()


def seeded_calendar(*, joint_leave_closed: bool = True) -> WorkingCalendar:
    """The national calendar as the product ships it, without asking the database."""
    return reading.compose(seeds.holiday_rows(), seeds.week_rows(), "", joint_leave_closed)
