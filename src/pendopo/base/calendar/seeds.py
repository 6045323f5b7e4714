"""The calendar every installation starts with: holidays of python-holidays and the national work week."""

import datetime as dt
from collections.abc import Iterable
from importlib.metadata import version

import holidays
from django.db import transaction

from pendopo.base.calendar import reading
from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.calendar.models import Holiday, HolidayKind, HolidayStatus, WorkWeek
from pendopo.kernel import events

YEARS = range(2020, 2031)
SOURCE = "python-holidays"
_ESTIMATE = " (perkiraan)"
_JOINT_LEAVE = "cuti bersama "
_CATEGORIES = (("public", HolidayKind.NATIONAL), ("government", HolidayKind.JOINT_LEAVE))


def holiday_rows() -> list[Holiday]:
    """Unsaved rows of all years. Decree numbers are left empty: the library does not carry them.

    A date that still waits for the decree or the sighting of the moon is marked as an estimate.
    """
    rows: list[Holiday] = []
    source = f"{SOURCE} {version('holidays')}"  # reads a file: once, not for each day
    for category, kind in _CATEGORIES:
        days = holidays.country_holidays("ID", years=YEARS, categories=(category,), language="id")
        rows += [_row(day, name, kind, source) for day, name in sorted(days.items()) if day.year in YEARS]
    return rows


def _row(day: dt.date, raw: str, kind: HolidayKind, source: str) -> Holiday:
    names = [part.strip() for part in raw.split(";")]
    plain = [name.removesuffix(_ESTIMATE) for name in names]
    if kind == HolidayKind.JOINT_LEAVE:  # the kind already says so
        plain = [n[len(_JOINT_LEAVE) :] if n.lower().startswith(_JOINT_LEAVE) else n for n in plain]
    estimated = any(name.endswith(_ESTIMATE) for name in names)
    return Holiday(
        date=day,
        name="; ".join(plain)[:160],
        kind=kind,
        status=HolidayStatus.ESTIMATED if estimated else HolidayStatus.FIXED,
        source=source,
    )


def week_rows() -> list[WorkWeek]:
    """Unsaved rows of the national work week: five days, Monday to Friday."""
    monday_to_friday = [1, 2, 3, 4, 5]
    return [
        WorkWeek(
            weekdays=monday_to_friday,
            source="Keppres 68/1995 tentang Hari Kerja di Lingkungan Lembaga Pemerintah",
            valid_from=dt.date(2000, 1, 1),
            valid_to=dt.date(2023, 4, 11),
        ),
        WorkWeek(
            weekdays=monday_to_friday,
            source="Perpres 21/2023 Pasal 3 ayat (2); cuti bersama: Pasal 6",
            valid_from=dt.date(2023, 4, 12),
        ),
    ]


@transaction.atomic
def load() -> None:
    """Bring the seeded rows up to what the installed library knows. Idempotent.

    A row that a person entered, changed or revoked is never touched, and a day that a person has dealt with
    is not added again. Tells CalendarChanged when days of a calendar already in use move.
    """
    if not WorkWeek.objects.filter(scope="").exists():
        WorkWeek.objects.bulk_create(week_rows())
    in_use = Holiday.objects.exists()
    wanted = {(row.date, row.kind): row for row in holiday_rows()}
    kept = {(row.date, row.kind): row for row in Holiday.objects.filter(scope="").order_by("-status")}
    ours = {key: row for key, row in kept.items() if row.entered_by_id is None and _seeded(row)}
    gone = [row for key, row in ours.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in kept]
    moved = [row for key, row in ours.items() if key in wanted and _refresh(row, wanted[key])]
    Holiday.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Holiday.objects.bulk_create(new)
    for row in moved:
        row.save()
    reading.rows.forget()
    if in_use:
        _tell([*gone, *new])


def _seeded(row: Holiday) -> bool:
    return row.source.startswith(SOURCE) and row.status != HolidayStatus.REVOKED


def _refresh(row: Holiday, wanted: Holiday) -> bool:
    """Take over a new name, and that an estimate has been decreed; what is fixed stays fixed."""
    decreed = row.status == HolidayStatus.ESTIMATED and wanted.status == HolidayStatus.FIXED
    if row.name == wanted.name and not decreed:
        return False
    row.name, row.source = wanted.name, wanted.source
    if decreed:
        row.move_to(HolidayStatus.FIXED)
    return True


def _tell(changed: Iterable[Holiday]) -> None:
    days = sorted(row.date for row in changed)
    if days:
        events.publish(CalendarChanged(days[0].isoformat(), days[-1].isoformat(), ""))
