"""Tables for spreadsheets as text, safe to open: no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

# Excel and LibreOffice run a cell that starts with one of these; an apostrophe in front makes it words
# (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """The value as cell text. Numbers stay numbers, None becomes empty, a would-be formula becomes words."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    words = str(value).replace("\x00", "")
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA_STARTS) else words


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """CSV line by line, header first, with the mark that makes Excel read it as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(cell) for cell in header])
    yield "\ufeff" + _take(buffer)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield _take(buffer)


def _take(buffer: io.StringIO) -> str:
    words = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return words
