"""Reading and writing XLSX and CSV as plain cells. Formulas are never run: in what comes in they are refused."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from pendopo.base.files import csvs
from pendopo.base.files.models import FileKind
from pendopo.domains.information.importing.columns import COLUMNS
from pendopo.kernel.tables import safe_cell
from pendopo.kernel.text import clean

MOST_ROWS = 10_000
_MOST_CELLS = 60  # columns looked at
_MOST_LETTERS = 5000  # of one cell
FORMULA = "\x00formula"  # stands where a formula stood; no text can hold it


class Unreadable(Exception):
    """The file is no table of ours. The message is a sentence."""


def read(data: bytes, kind: str) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Where each known column stands, and the rows below the header with their numbers in the file.

    The file was examined when it was taken in. Raises Unreadable.
    """
    lines = _csv(data) if kind == FileKind.CSV else _xlsx(data)
    places: dict[str, int] = {}
    rows: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        if not places:
            places = _header(cells)
            if not places and number >= 10:
                break
        elif any(cells):
            rows.append((number, cells))
            if len(rows) > MOST_ROWS:
                raise Unreadable(
                    _("Paling banyak %d baris dalam satu berkas. Bagilah berkasnya.") % MOST_ROWS
                )
    missing = [column.header for column in COLUMNS if column.needed and column.key not in places]
    if missing:
        raise Unreadable(_("Kolom ini tidak ada: %s. Pakai berkas contoh.") % ", ".join(missing))
    if not rows:
        raise Unreadable(_("Tidak ada baris di bawah judul kolom."))
    return places, rows


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


_KNOWN = {_plain(column.header): column.key for column in COLUMNS}


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Column → place, when this row is the header: it names title and category at least."""
    found = {_KNOWN[_plain(cell)]: place for place, cell in enumerate(cells) if _plain(cell) in _KNOWN}
    return found if {"title", "category"} <= set(found) else {}


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(csvs.read(data, name="").rows(), 1):
        yield number, [_cell(cell) for cell in row[:_MOST_CELLS]]


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(islice(sheet.iter_rows(max_col=_MOST_CELLS), MOST_ROWS * 3), 1):
            yield number, [FORMULA if cell.data_type == "f" else _cell(cell.value) for cell in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError):
        raise Unreadable(_("Berkas ini tidak dapat dibaca sebagai tabel.")) from None


def _cell(value: Any) -> str:
    """A cell as the words a person would type."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)[:_MOST_LETTERS])


def workbook(
    header: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str, notes: Sequence[Sequence[str]] = ()
) -> bytes:
    """An XLSX with one sheet (and a sheet of notes). No cell can be taken for a formula."""
    book = openpyxl.Workbook(write_only=True)
    _sheet(book, title, header, rows)
    if notes:
        _sheet(book, "Petunjuk", notes[0], notes[1:])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number in range(len(header)):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number + 1)].width = 24
    sheet.append([_written(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_written(sheet, value) for value in row])


def _written(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Numbers stay numbers; all else is text and is marked as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    cell = WriteOnlyCell(sheet, value=safe_cell(value))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
