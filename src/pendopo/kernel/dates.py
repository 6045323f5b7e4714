"""Dates as people in Indonesia write and type them, whatever language the page speaks."""

import datetime as dt

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def weekday_name(day: dt.date) -> str:
    """`Senin` … `Minggu`."""
    return WEEKDAYS[day.weekday()]


def short_date(day: dt.date) -> str:
    """`9 Maret 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_date(day: dt.date) -> str:
    """`Senin, 9 Maret 2026`."""
    return f"{weekday_name(day)}, {short_date(day)}"


def parse_date(typed: str) -> dt.date | None:
    """A date as `2026-03-09` or `9 Maret 2026`, or None when it is neither."""
    text = typed.strip()[:40]
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    parts = text.replace(",", " ").split()
    if len(parts) == 4 and parts[0].title() in WEEKDAYS:
        parts = parts[1:]
    if len(parts) != 3 or parts[1].title() not in MONTHS:
        return None
    if not (parts[0] + parts[2]).isascii() or not (parts[0] + parts[2]).isdigit():
        return None
    try:
        return dt.date(int(parts[2]), MONTHS.index(parts[1].title()) + 1, int(parts[0]))
    except ValueError:
        return None
