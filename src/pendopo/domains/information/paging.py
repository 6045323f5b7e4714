"""Pages of the catalogue by the last entry seen: the thousandth page costs what the first one does."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q

from pendopo.domains.information.models import Item
from pendopo.kernel.lists import beyond

PAGE = 20
NEWEST = ("-modified_at", "-pk")
_OLDEST = ("modified_at", "pk")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Mark:
    """The entry after which (`older`) or before which (`newer`) a page stands."""

    at: dt.datetime
    pk: int
    newer: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.newer else 'l'}{(self.at - _EPOCH) // dt.timedelta(microseconds=1)}.{self.pk}"

    @classmethod
    def parse(cls, words: str) -> "Mark":
        """Read what `str` wrote. Raises ValueError."""
        side, micros, pk = words[:1], *words[1:].partition(".")[::2]
        if side not in ("b", "l") or not micros.isascii() or not pk.isascii() or len(words) > 60:
            raise ValueError("no mark")
        try:
            mark = cls(_EPOCH + dt.timedelta(microseconds=int(micros)), int(pk), side == "b")
        except OverflowError as error:
            raise ValueError(str(error)) from None
        if not 0 <= mark.pk < 2**63 or mark.at.year > 9000:
            raise ValueError("no such entry")
        return mark

    @property
    def condition(self) -> Q:
        """The entries on the page's side of the mark."""
        return beyond((F("modified_at"), F("pk")), (self.at, self.pk), backwards=not self.newer)

    @property
    def order(self) -> tuple[str, str]:
        return _OLDEST if self.newer else NEWEST


@dataclass(frozen=True)
class Page:
    """Ids of the entries in the order shown, and the marks of the neighbouring pages (None at the ends)."""

    ids: list[int]
    newer: Mark | None = None
    older: Mark | None = None


def cut(rows: list[Item], mark: Mark | None) -> Page:
    """One page out of up to PAGE + 1 rows, read in the order of the mark."""
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if mark is not None and mark.newer:
        rows = rows[::-1]
    if not rows:
        return Page([])
    first, last = rows[0], rows[-1]
    at_start = mark is None or (mark.newer and not more)
    at_end = not more and not (mark is not None and mark.newer)
    return Page(
        [row.pk for row in rows],
        None if at_start else Mark(first.modified_at, first.pk, newer=True),
        None if at_end else Mark(last.modified_at, last.pk),
    )
