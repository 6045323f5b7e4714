"""For maintainers: turn the four CSV files of idn-area-data into the file that ships."""

import csv
from collections.abc import Iterator
from pathlib import Path

from pendopo.base.regions.names import proper_name
from pendopo.base.regions.official import Area, encode, normalize_code

TABLES = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")


class BadTable(ValueError):
    """A table cannot be used; the message names file, row and reason."""


def compile_folder(folder: Path, origin: list[str]) -> tuple[bytes, int]:
    """The bytes of the file and the number of areas. `origin` lines are kept in its header."""
    rows = [area for table in TABLES for area in _rows(folder / table)]
    try:
        return encode(rows, origin), len(rows)
    except ValueError as error:
        raise BadTable(str(error)) from None


def _rows(table: Path) -> Iterator[Area]:
    """Areas of one table with the columns `code` and `name`, in capitals or not."""
    try:
        with table.open(encoding="utf-8", newline="") as lines:
            rows = [(row.get("code") or "", row.get("name") or "") for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError) as error:
        raise BadTable(f"{table} tidak terbaca: {error}.") from None
    shouted = sum(name.isupper() for _code, name in rows) * 2 > len(rows)
    for number, (typed, raw) in enumerate(rows, start=2):
        code, name = normalize_code(typed), proper_name(raw, shouted=shouted)
        if code is None or not name:
            raise BadTable(f"{table.name} baris {number}: kode atau nama kosong atau salah.")
        yield Area(code, name)
