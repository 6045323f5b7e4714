"""Pages of a register by the last row seen: the thousandth page costs what the first one does."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from pendopo.domains.information.registers.kinds import Register
from pendopo.kernel.lists import beyond

PAGE = 25


@dataclass(frozen=True)
class Mark:
    """The row after which (older) or before which (`newer`) a page stands: year and number."""

    year: int
    number: int
    newer: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.newer else 'l'}{self.year}.{self.number}"

    @classmethod
    def parse(cls, words: str) -> "Mark":
        """Read what `str` wrote. Raises ValueError."""
        side, year, number = words[:1], *words[1:].partition(".")[::2]
        if side not in ("b", "l") or len(words) > 30 or not (year.isascii() and number.isascii()):
            raise ValueError("no mark")
        mark = cls(int(year), int(number), side == "b")
        if not (0 <= mark.year < 10_000 and 0 <= mark.number < 2**31):
            raise ValueError("no such row")
        return mark


@dataclass(frozen=True)
class Page:
    """Rows newest first, how many there are on all pages, and the marks of the neighbours (None at the ends)."""

    rows: list[Any]
    total: int
    newer: Mark | None = None
    older: Mark | None = None


def page_of(register: Register, found: QuerySet[Any], mark: Mark | None, *, size: int = PAGE) -> Page:
    """One page of `found` beside the mark. One query for the number of rows, one and its prefetches for the page."""
    total = found.aggregate(n=Count("pk"))["n"]
    placed = found.annotate(at_year=register.at[0], at_number=register.at[1])
    order = ("-at_year", "-at_number")
    if mark is not None:
        key = (Value(mark.year), Value(mark.number))
        placed = placed.filter(beyond(register.at, key, backwards=not mark.newer))
        order = ("at_year", "at_number") if mark.newer else order
    rows = list(register.full(placed.order_by(*order))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if mark is not None and mark.newer:
        rows.reverse()
    if not rows:
        return Page([], total)
    at_start = mark is None or (mark.newer and not more)
    at_end = not more and not (mark is not None and mark.newer)
    return Page(
        rows,
        total,
        None if at_start else Mark(rows[0].at_year, rows[0].at_number, newer=True),
        None if at_end else Mark(rows[-1].at_year, rows[-1].at_number),
    )


def oldest_first(register: Register, found: QuerySet[Any]) -> QuerySet[Any]:
    """The whole register as a file lists it."""
    placed = found.annotate(at_year=register.at[0], at_number=register.at[1])
    return register.full(placed.order_by("at_year", "at_number"))
