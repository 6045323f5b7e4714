"""Numbers of letters: without gaps for each register, office and year, and how they are written."""

import datetime as dt
import re

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pendopo.base.letters.models import NumberPattern
from pendopo.base.organizations.models import Organization

_TAKE = """
    INSERT INTO letters_numbercounter AS c (series, body_id, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (series, body_id, year) DO UPDATE SET last = c.last + 1
    RETURNING last
"""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIELD = re.compile(r"\{(nomor)(?::([1-9]))?\}|\{(bulan|bulan_angka|tahun|kantor)\}")


def take(series: str, body_id: int, year: int) -> int:
    """The next number, from 1, inside the caller's transaction.

    Whoever comes next waits for the row until this transaction ends; if it is rolled back the number was never
    taken. So take it late, and do nothing slow after it. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken inside the transaction of its act")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, body_id, year])
        return int(cursor.fetchone()[0])


def pattern_of(series: str, *, on: dt.date) -> str:
    """The pattern of a register on a day. Raises LookupError for a register nobody laid down."""
    row = NumberPattern.objects.in_force(series, on=on)
    if row is None:
        raise LookupError(f"no number pattern for {series!r}")
    return row.pattern


def written(pattern: str, number: int, on: dt.date, office: Organization) -> str:
    """`{nomor:4}/PPID/{bulan}/{tahun}` with its fields filled: `0012/PPID/XI/2026`. Months are Roman."""
    fields = {
        "bulan": ROMAN[on.month - 1],
        "bulan_angka": f"{on.month:02d}",
        "tahun": str(on.year),
        "kantor": (office.short_name or office.name).upper(),
    }

    def fill(found: re.Match[str]) -> str:
        return f"{number:0{found[2] or 1}d}" if found[1] else fields[found[3]]

    return _FIELD.sub(fill, pattern)


def fault(pattern: str) -> str:
    """A sentence that says why a pattern cannot be used, "" when it can."""
    names = [found[1] or found[3] for found in _FIELD.finditer(pattern)]
    rest = _FIELD.sub("", pattern)
    if "{" in rest or "}" in rest:
        return _("Yang dapat dipakai: {nomor}, {nomor:4}, {bulan}, {bulan_angka}, {tahun}, {kantor}.")
    if names.count("nomor") != 1 or "tahun" not in names:
        return _("Pola harus memuat {nomor} satu kali dan {tahun}, supaya tidak ada dua surat bernomor sama.")
    return ""
