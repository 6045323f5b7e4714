"""The public figures from ready counts: they cost the months of a period times its offices, never its reports."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import figures, tallies
from pendopo.domains.reports.models import Report

CLOSED = ("by_citizen", "by_officer", "by_system")
# How each measure follows from the counted columns; `lewat` changes with the hour and is counted live.
_SUMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "masuk": (("received",), ()),
    "dinilai-verifikasi": (("verified",), ()),
    "verifikasi-tepat": (("verified_in_time",), ()),
    "ditanggapi": (("answered",), ()),
    "ditanggapi-tepat": (("answered_in_time",), ()),
    "selesai": (CLOSED, ()),
    "ditutup-pelapor": (("by_citizen",), ()),
    "ditutup-petugas": (("by_officer",), ()),
    "ditutup-sistem": (("by_system",), ()),
    "dibuka-lagi": (("reopened",), ()),
    "diarsipkan": (("archived",), ()),
    "diteruskan": (("forwarded",), ()),
    "digabung": (("merged",), ()),
    "terbuka": (("received",), (*CLOSED, "archived", "forwarded", "merged")),
}
_COUNTS = """
    SELECT {keys}, {sums} FROM (
        SELECT month, office, {columns} FROM reports_monthtally WHERE month BETWEEN %(since)s AND %(until)s
        UNION ALL
        SELECT * FROM ({fresh}) AS fresh WHERE month BETWEEN %(since)s AND %(until)s
    ) AS counted GROUP BY {grouping}
"""


@dataclass(frozen=True)
class Row:
    """One bar: an office or a month with what came in, what ended and what is late."""

    received: int
    closed: int
    late: int
    month: dt.date | None = None
    slug: str = ""
    name: str = ""


@dataclass
class Counted:
    """Every measure of a period, and its bars: offices busiest first, months oldest first."""

    totals: dict[str, int]
    by_office: list[Row] = field(default_factory=list)
    by_month: list[Row] = field(default_factory=list)


def total(key: str, period: figures.Period, *, now: dt.datetime) -> int:
    """One measure of all public reports received in a period of whole months."""
    if key == "lewat":
        return sum(_late(period, now).values())
    (row,) = _sums(period, "()", keys="NULL AS month, NULL AS office")
    return _measures(row)[key]


def counted(period: figures.Period, *, now: dt.datetime) -> Counted:
    """All measures and bars of a period of whole months; three SQL statements."""
    late = _late(period, now)
    late_in: dict[Any, int] = {}
    for (place, month), number in late.items():
        late_in[place] = late_in.get(place, 0) + number
        late_in[month] = late_in.get(month, 0) + number
    found = Counted(totals={})
    rows = _sums(period, "GROUPING SETS ((), (month), (office))")
    offices = Organization.objects.in_bulk([row["office"] for row in rows if row["office"] is not None])
    for row in rows:
        measures = _measures(row)
        received, closed = measures["masuk"], measures["selesai"]
        if row["month"] is not None:
            if received:
                month = row["month"]
                found.by_month.append(Row(received, closed, late_in.get(month, 0), month=month))
        elif row["office"] is not None:
            office = offices.get(row["office"])
            if received and office is not None:
                bar = Row(received, closed, late_in.get(office.pk, 0), slug=office.slug, name=office.name)
                found.by_office.append(bar)
        else:
            found.totals = {**measures, "lewat": sum(late.values())}
    found.by_office.sort(key=lambda bar: (-bar.received, bar.name))
    found.by_month.sort(key=lambda bar: bar.month or dt.date.min)
    return found


def _measures(row: dict[str, Any]) -> dict[str, int]:
    return {
        key: sum(row[name] or 0 for name in added) - sum(row[name] or 0 for name in taken)
        for key, (added, taken) in _SUMS.items()
    }


def _sums(period: figures.Period, grouping: str, *, keys: str = "month, office") -> list[dict[str, Any]]:
    statement = _COUNTS.format(
        sums=", ".join(f"sum({name})::bigint AS {name}" for name in tallies.COLUMNS),
        columns=", ".join(tallies.COLUMNS),
        fresh=tallies.MONTHS.format(source="reports_tallychange"),
        grouping=grouping,
        keys=keys,
    )
    values: dict[str, str | dt.date] = {
        "zone": timezone.get_default_timezone_name(),
        "since": period.since.replace(day=1),
        "until": period.until,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _late(period: figures.Period, now: dt.datetime) -> dict[tuple[int, dt.date], int]:
    """Late reports by (office, month of receiving): few, and an index holds nothing else."""
    inside = figures.received_between(period.since, period.until)
    rows = (
        Report.objects.public()
        .filter(inside, figures.late(now))
        .order_by()
        .annotate(month=TruncMonth("received_at"))
        .values_list("office_id", "month")
        .annotate(number=Count("pk"))
    )
    return {(office, month.date()): number for office, month, number in rows}
