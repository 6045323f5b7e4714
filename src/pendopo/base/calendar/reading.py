"""Working calendars built from the rows, remembered while the rows stay as they are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from pendopo.base.calendar.models import Holiday, HolidayKind, WorkWeek, scopes_of
from pendopo.kernel.fresh import Fingerprint, Fresh
from pendopo.kernel.workdays import MONDAY_TO_FRIDAY, Week, WorkingCalendar

# How long a process may go on counting with days that another process has just changed.
CHECK_SECONDS = 0.25


@dataclass(frozen=True)
class Rows:
    """All rows in force as they were at one moment, and the calendars made of them so far."""

    holidays: Sequence[Holiday]
    weeks: Sequence[WorkWeek]
    calendars: dict[tuple[str, bool], WorkingCalendar] = field(default_factory=dict)

    def calendar(self, scope: str, *, joint_leave_closed: bool) -> WorkingCalendar:
        key = (scope, joint_leave_closed)
        if key not in self.calendars:
            self.calendars[key] = compose(self.holidays, self.weeks, scope, joint_leave_closed)
        return self.calendars[key]


def compose(
    holidays: Sequence[Holiday], weeks: Sequence[WorkWeek], scope: str, joint_leave_closed: bool
) -> WorkingCalendar:
    """The working calendar of a region, from rows that need not be saved; Monday to Friday without a week."""
    scopes = scopes_of(scope)
    ruling = sorted(
        (week for week in weeks if week.scope in scopes),
        key=lambda week: (scopes.index(week.scope), week.valid_from),
    )
    closed: dict[dt.date, list[str]] = {}
    for row in holidays:
        if row.scope not in scopes:
            continue
        if row.kind == HolidayKind.JOINT_LEAVE and not (
            joint_leave_closed and _joint_leave_counts_as_closed(row.date, ruling)
        ):
            continue
        names = closed.setdefault(row.date, [])
        if row.label not in names:
            names.append(row.label)
    return WorkingCalendar(
        weeks=tuple(Week(frozenset(w.weekdays), w.valid_from, w.valid_to) for w in ruling)
        or (MONDAY_TO_FRIDAY,),
        closed={day: "; ".join(names) for day, names in closed.items()},
    )


def _joint_leave_counts_as_closed(day: dt.date, ruling: Sequence[WorkWeek]) -> bool:
    """What the work week in force on that day says."""
    for week in reversed(ruling):
        if week.valid_from <= day and (week.valid_to is None or day <= week.valid_to):
            return week.joint_leave_is_closed
    return True


def _fingerprint() -> Fingerprint:
    """A value that differs when any row was added, changed or removed (`xmin`: who wrote a row)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM calendar_holiday),"
            " (SELECT sum(xmin::text::bigint) FROM calendar_holiday),"
            " (SELECT count(*) FROM calendar_workweek),"
            " (SELECT sum(xmin::text::bigint) FROM calendar_workweek)"
        )
        row: Fingerprint = cursor.fetchone()
    return row


def _read() -> Rows:
    return Rows(list(Holiday.objects.in_force()), list(WorkWeek.objects.all()))


rows: Fresh[Rows] = Fresh(_fingerprint, _read, CHECK_SECONDS)
