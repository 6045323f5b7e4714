"""DOCX on stdin, `{"text": …, "pages": …, "truncated": …}` on stdout: headers, body with its tables, footers."""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table


def main(max_letters: int) -> dict[str, Any]:
    parts: list[str] = []
    letters = 0
    for words in _words(docx.Document(io.BytesIO(sys.stdin.buffer.read()))):
        parts.append(words)
        letters += len(words) + 1
        if letters > max_letters:
            break
    return {"text": "\n".join(parts)[:max_letters], "pages": None, "truncated": letters > max_letters}


def _words(document: Any) -> Iterator[str]:
    for section in document.sections:
        yield from _own(section.header)
    yield from _blocks(document)
    for section in document.sections:
        yield from _own(section.footer)


def _own(margin: Any) -> Iterator[str]:
    return iter(()) if margin.is_linked_to_previous else _blocks(margin)


def _blocks(place: Any) -> Iterator[str]:
    for block in place.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.text.strip():
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            words = " ".join(_blocks(cell))
            if words and cells[-1:] != [words]:  # merged cells come once for each column
                cells.append(words)
        if cells:
            yield "\t".join(cells)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
