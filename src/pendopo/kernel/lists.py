"""Long lists at a constant price: the page after a row found by its keys, and counts that stop in time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet

MOST = 1000  # beyond this nobody reads a number as work left to do; counting on would walk the whole archive
MOST_BROWSED = 100  # the same for what is only looked through


class UpTo(int):
    """A number of rows. `more` when counting stopped there: show "1.000+", not 1.000."""

    more = False

    @classmethod
    def together(cls, parts: "Iterable[UpTo]", most: int) -> "UpTo":
        """The number of rows of several sets that share none."""
        parts = list(parts)
        return cls.of(sum(parts) + any(part.more for part in parts), most)

    @classmethod
    def of(cls, counted: int, most: int) -> "UpTo":
        number = cls(min(counted, most))
        number.more = counted > most
        return number


def counts_up_to(sets: Sequence[QuerySet[Any]], most: int = MOST) -> list[UpTo]:
    """How many rows each set has, all by one statement that stops at `most` rows of each.

    A set that is cut already (`[: limit + 1]`) is counted up to that limit, in its order.
    """
    parts: list[str] = []
    values: list[Any] = []
    limits = [rows.query.high_mark - 1 if rows.query.high_mark else most for rows in sets]
    for rows, limit in zip(sets, limits, strict=True):
        query = rows.values("pk").query  # a copy, so it may be changed
        if not query.is_sliced:
            query.clear_ordering(force=True)
            query.set_limits(high=limit + 1)
        try:
            inner, inside = query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({inner}) AS counted)")  # noqa: S608 - Django wrote `inner`
        values.extend(inside)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [UpTo.of(number, limit) for number, limit in zip(cursor.fetchone(), limits, strict=True)]


def beyond(
    columns: Sequence[Any], values: Sequence[Any], *, backwards: bool = False, itself: bool = False
) -> Q:
    """Rows whose columns, read as one key, come after (before, when `backwards`) these values; or are `itself`.

    PostgreSQL compares whole rows and begins in the middle of an index on the same columns, so that the
    thousandth page costs what the first one does. No column and no value may be NULL.
    """
    key, mark = (
        Func(*side, template="ROW(%(expressions)s)", output_field=BooleanField())
        for side in (columns, values)
    )
    sign = f" {'<' if backwards else '>'}{'=' if itself else ''} "
    return Q(Func(key, mark, template="(%(expressions)s)", arg_joiner=sign, output_field=BooleanField()))
