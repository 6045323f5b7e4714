"""Pages of a long list by the last row seen: the thousandth page costs what the first one does."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from pendopo.domains.reports.models import Report, ReportQuerySet

PAGE = 20
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Mark:
    """The report after which (`older`) or before which (`newer`) a page stands."""

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
            raise ValueError("no such report")
        return mark


@dataclass(frozen=True)
class Page:
    """Reports newest first, and the marks of the neighbouring pages (None at the ends)."""

    reports: list[Report]
    newer: Mark | None
    older: Mark | None


def page_of(reports: ReportQuerySet, mark: Mark | None) -> Page:
    """One page beside the mark; one query."""
    if mark is not None and mark.newer:
        found = reports.filter(Q(received_at__gte=mark.at), Q(received_at__gt=mark.at) | Q(pk__gt=mark.pk))
        rows = list(found.order_by("received_at", "pk")[: PAGE + 1])
        more, rows = len(rows) > PAGE, rows[:PAGE][::-1]
        return Page(rows, _before(rows) if more else None, _after(rows))
    found = reports
    if mark is not None:
        found = found.filter(Q(received_at__lte=mark.at), Q(received_at__lt=mark.at) | Q(pk__lt=mark.pk))
    rows = list(found.order_by("-received_at", "-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return Page(rows, _before(rows) if mark else None, _after(rows) if more else None)


def _before(rows: list[Report]) -> Mark | None:
    return Mark(rows[0].received_at, rows[0].pk, newer=True) if rows else None


def _after(rows: list[Report]) -> Mark | None:
    return Mark(rows[-1].received_at, rows[-1].pk) if rows else None
