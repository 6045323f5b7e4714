"""A register as a file: a workbook, or a PDF on A4 landscape."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import override

from pendopo.base.letters import sheets
from pendopo.domains.information.harvest.tables import as_xlsx
from pendopo.domains.information.offices import body
from pendopo.domains.information.registers.columns import Column
from pendopo.domains.information.registers.kinds import Register
from pendopo.kernel import clock

MOST = {"xlsx": 5000, "pdf": 300}  # rows; the paper of 300 takes about ten seconds
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
LANGUAGE = "id"  # registers are kept in the language of the law


def as_file(
    kind: str, register: Register, columns: Sequence[Column], rows: Sequence[Any], *, asked: str
) -> bytes:
    """`asked` says in words how the register was narrowed."""
    with override(LANGUAGE):
        if kind == "xlsx":
            return as_xlsx(
                (str(column.label) for column in columns), _cells(columns, rows), title=str(register.label)
            )
        context = {
            "register": register,
            "asked": asked,
            "columns": columns,
            "lines": _cells(columns, rows),
            "count": len(rows),
            "body": body(),
            "at": clock.now(),
        }
        return sheets.pdf_of("information/openness/print/register.html", context)


def _cells(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[str]]:
    for row in rows:
        yield [column.of(row) for column in columns]
