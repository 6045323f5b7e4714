"""Reading reports from a CSV file: keluhan, instansi, kecamatan, kelurahan, tanggal_keluhan. No database needed."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

COLUMNS = ("keluhan", "instansi", "kecamatan", "kelurahan", "tanggal_keluhan")
OF_THE_PLACE = "WILAYAH"
_VILLAGE, _DISTRICT = "Kelurahan ", "Kecamatan "
_DAYS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y %H:%M", "%d-%m-%Y")
_LONGEST_FIELD = 1_000_000  # letters; a longer one is a broken quotation mark


@dataclass(frozen=True)
class Row:
    """One report of a file. `office` as written; `at` without zone: only the order of the days counts."""

    text: str
    office: str
    district: str
    village: str
    at: dt.datetime

    @property
    def area(self) -> tuple[str, ...]:
        """The terms of the place, widest first; a village is named with its district, for names repeat."""
        district, village = self.district.lower(), self.village.lower()
        return (district, f"{district}/{village}" if village else "")

    @property
    def folded(self) -> str:
        return fold(self.office)


@dataclass(frozen=True)
class Table:
    """The rows that can be used, oldest first, and how many lack a text or an office."""

    rows: list[Row]
    skipped: int


def fold(office: str) -> str:
    """One name for all offices of places: which of them it is, the place of the report says."""
    return OF_THE_PLACE if office.startswith((_VILLAGE, _DISTRICT)) else office


def read(path: str) -> Table:
    """The reports of a file. Raises Refused with a sentence that says what is wrong and on which line."""
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = list(_rows(lines, path))
    except FileNotFoundError:
        raise Refused(f"Berkas {path} tidak ditemukan.") from None
    except UnicodeDecodeError:
        raise Refused(
            f"Berkas {path} bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8, lalu coba lagi."
        ) from None
    except OSError as problem:
        raise Refused(f"Berkas {path} tidak dapat dibaca: {problem.strerror}.") from None
    rows = [row for row in found if row is not None]
    if not rows:
        raise Refused(f"Berkas {path} tidak berisi laporan yang dapat dipakai.")
    return Table(sorted(rows, key=lambda row: row.at), len(found) - len(rows))


def _rows(lines: Iterator[str], path: str) -> Iterator[Row | None]:
    """Every line of the file as a row; None for one without text or office."""
    csv.field_size_limit(_LONGEST_FIELD)
    first = next(lines, "")
    names = next(csv.reader([first], delimiter=_sign(first)), [])
    header = [name.strip().lower() for name in names]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise Refused(
            f"Berkas {path} tidak mempunyai kolom {', '.join(missing)}. Kolom yang diperlukan: {', '.join(COLUMNS)}."
        )
    at = [header.index(name) for name in COLUMNS]
    reader = csv.reader(lines, delimiter=_sign(first))
    try:
        for fields in reader:
            if fields:
                yield _row(fields, at, f"{path}, baris {reader.line_num + 1}")
    except csv.Error as problem:
        raise Refused(f"{path}, baris {reader.line_num + 1}: bukan CSV yang utuh ({problem}).") from None


def _sign(first: str) -> str:
    return ";" if first.count(";") > first.count(",") else ","


def _row(fields: list[str], at: list[int], where: str) -> Row | None:
    if max(at) >= len(fields):
        raise Refused(f"{where}: jumlah kolomnya kurang dari judulnya.")
    text, office, district, village, day = (fields[place] for place in at)
    text, office = clean(text), clean_line(office)
    if not text or not office:
        return None
    return Row(text, office, clean_line(district), clean_line(village), _moment(day.strip(), where))


def _moment(value: str, where: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        pass
    for pattern in _DAYS:
        try:
            return dt.datetime.strptime(value, pattern)  # noqa: DTZ007 - only the order counts
        except ValueError:
            continue
    raise Refused(f"{where}: tanggal {value[:30]!r} tidak dikenal. Tulis seperti 2026-03-09 14:05.")
