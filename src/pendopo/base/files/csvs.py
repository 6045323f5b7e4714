"""Tables as plain text: their encoding and separator are found, their bytes are kept as they came."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pendopo.base.files import refusals

MAX_LINES = 1_000_000
MAX_LINE = 1024 * 1024  # letters
LONGEST_CELL = 131_072  # letters
LOOKED_AT = 50  # rows from which the separator is told
_BINARY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STARTS_A_PROGRAM = re.compile(r"^\s*[=+@-]\s*[A-Za-z_]+\s*\|.*!", re.S)  # DDE, as =cmd|' /c …'!A1


@dataclass(frozen=True)
class Csv:
    """A table: how it is written, and its text."""

    encoding: str  # utf-8-sig, cp1252
    delimiter: str
    columns: int
    lines: int
    text: str

    def rows(self) -> Iterator[list[str]]:
        return _rows(self.text, self.delimiter)


def read(data: bytes, *, name: str) -> Csv:
    """The table in `data`. Raises FileRefused when it is no table, not text, or too long."""
    encoding, text = _decoded(data, name)
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > MAX_LINES or any(len(line) > MAX_LINE for line in text.splitlines()):
        raise refusals.bad_csv(name, "long")
    delimiter, columns = _shape(text)
    if columns < 2:
        raise refusals.bad_csv(name, "shape")
    table = Csv(encoding, delimiter, columns, lines, text)
    try:
        starts = any(_STARTS_A_PROGRAM.match(cell) for row in table.rows() for cell in row if "|" in cell)
    except csv.Error:  # a cell as long as a book: a quotation mark was never closed
        raise refusals.bad_csv(name, "shape") from None
    if starts:
        raise refusals.bad_csv(name, "dde")
    return table


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            break
        return encoding, text
    raise refusals.bad_csv(name, "binary")


def _shape(text: str) -> tuple[str, int]:
    """The separator that cuts nine of ten rows into equally many columns, and how many."""
    best = ("", 0)
    for delimiter in (";", ",", "\t", "|"):
        try:
            rows = [len(row) for row, _ in zip(_rows(text, delimiter), range(LOOKED_AT), strict=False) if row]
        except csv.Error:
            continue
        columns, times = Counter(rows).most_common(1)[0] if rows else (0, 0)
        if times * 10 >= len(rows) * 9 and columns > best[1]:
            best = (delimiter, columns)
    return best


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        # The reader's own limit is one for the whole process, and libraries raise it.
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise csv.Error("cell too long")
        yield row
