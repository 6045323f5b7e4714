"""Pages of a long list by the last row seen: the thousandth page costs what the first one does."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from pendopo.domains.reports.models import Report, ReportQuerySet
from pendopo.kernel.caches import timed
from pendopo.kernel.lists import MOST_BROWSED, UpTo, counts_up_to

PAGE = 20
LATELY = 20_000  # reports
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
    """Reports newest first, the marks of the neighbouring pages (None at the ends), and how many there are."""

    reports: list[Report]
    newer: Mark | None
    older: Mark | None
    total: UpTo


def page_of(
    found: ReportQuerySet,
    mark: Mark | None,
    *,
    shown: Callable[[ReportQuerySet], ReportQuerySet],
    searched: bool,
) -> Page:
    """One page of `found` beside the mark. `shown` adds what a row needs; `searched`: is it found by words?

    Chosen by their ids first: an index holds all that is filtered by, so that no report is read in vain. The first page
    counts with the same look.
    """
    if mark is None:
        chosen = _newest(found, MOST_BROWSED + 1, searched=searched)
        rows = _in_order(shown(found), chosen[:PAGE])
        return Page(rows, None, _after(rows) if chosen[PAGE:] else None, UpTo.of(len(chosen), MOST_BROWSED))
    total = counts_up_to([found.order_by("-received_at", "-pk")[: MOST_BROWSED + 1]])[0]
    if mark.newer:
        ahead = found.filter(Q(received_at__gte=mark.at), Q(received_at__gt=mark.at) | Q(pk__gt=mark.pk))
        chosen = list(ahead.order_by("received_at", "pk").values_list("pk", flat=True)[: PAGE + 1])
        rows = _in_order(shown(found), chosen[:PAGE])
        return Page(rows, _before(rows) if chosen[PAGE:] else None, _after(rows), total)
    behind = found.filter(Q(received_at__lte=mark.at), Q(received_at__lt=mark.at) | Q(pk__lt=mark.pk))
    chosen = _newest(behind, PAGE + 1, searched=False)
    rows = _in_order(shown(found), chosen[:PAGE])
    return Page(rows, _before(rows), _after(rows) if chosen[PAGE:] else None, total)


def _in_order(rows: ReportQuerySet, chosen: list[int]) -> list[Report]:
    """The chosen ones as they may be seen at this moment: what was hidden since they were chosen is left out."""
    return list(rows.filter(pk__in=chosen).order_by("-received_at", "-pk")) if chosen else []


def _newest(found: ReportQuerySet, most: int, *, searched: bool) -> list[int]:
    """The ids of the newest. A word that is in many reports is looked for among the newest 20,000 first: whoever
    finds it by its word alone must read and sort them all."""
    newest = found.order_by("-received_at", "-pk").values_list("pk", flat=True)
    since = _lately() if searched else None
    if since is not None:
        chosen = list(newest.filter(received_at__gte=since)[:most])
        if len(chosen) == most:
            return chosen
    return list(newest[:most])


@timed(60)
def _lately() -> dt.datetime | None:
    """When the 20,000th newest report came in; None while there are fewer."""
    received = Report.objects.order_by("-received_at", "-pk").values_list("received_at", flat=True)
    return next(iter(received[LATELY : LATELY + 1]), None)


def _before(rows: list[Report]) -> Mark | None:
    return Mark(rows[0].received_at, rows[0].pk, newer=True) if rows else None


def _after(rows: list[Report]) -> Mark | None:
    return Mark(rows[-1].received_at, rows[-1].pk) if rows else None
