"""XLSX on stdin, `{"text": …, "pages": …, "truncated": …}` on stdout: the values of visible sheets, no formulas."""

import io
import json
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl


def main(max_letters: int) -> dict[str, Any]:
    warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it does not know
    book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    parts: list[str] = []
    letters = 0
    for words in (line for sheet in shown for line in _lines(sheet)):
        parts.append(words)
        letters += len(words) + 1
        if letters > max_letters:
            break
    return {"text": "\n".join(parts)[:max_letters], "pages": len(shown), "truncated": letters > max_letters}


def _lines(sheet: Any) -> Iterator[str]:
    yield sheet.title
    sheet.reset_dimensions()  # what the sheet claims about its size is not believed
    for row in sheet.iter_rows(values_only=True):
        cells = [str(value) for value in row if value is not None]
        if cells:
            yield "\t".join(cells)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
