"""Pages of the public list for machines: filters, and cursors that neither count nor name a hidden report."""

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.base.clients.public import FieldError, Problem
from pendopo.domains.reports import geo
from pendopo.domains.reports.api_schemas import ListQuery
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Report, ReportQuerySet
from pendopo.domains.reports.published import for_machines
from pendopo.kernel import h3cells
from pendopo.kernel.text import clean_line

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EARLIEST, _LATEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Cursor:
    """The last report of a page: its time and public name, never its number in the table."""

    by_change: bool
    at: dt.datetime
    slug: str

    def __str__(self) -> str:
        micros = (self.at - _EPOCH) // dt.timedelta(microseconds=1)
        words = f"{'u' if self.by_change else 'n'}{micros}.{self.slug}"
        return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, typed: str, *, by_change: bool) -> "Cursor":
        """Read what `str` wrote. Raises Problem 422."""
        try:
            words = base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)).decode("ascii")
            micros, _dot, slug = words[1:].partition(".")
            at = _EPOCH + dt.timedelta(microseconds=int(micros))
        except (ValueError, OverflowError, binascii.Error):
            raise _bad("cursor", _("Cursor ini tidak utuh. Mulai lagi dari halaman pertama.")) from None
        if words[:1] != ("u" if by_change else "n") or not slug.isalnum() or not _EARLIEST <= at <= _LATEST:
            raise _bad("cursor", _("Cursor ini milik daftar lain. Mulai lagi dari halaman pertama."))
        return cls(by_change, at, slug)


@dataclass(frozen=True)
class Listed:
    """One page of reports and the cursor of the next one."""

    reports: list[Report]
    next: str | None


def page(reports: ReportQuerySet, asked: ListQuery) -> Listed:
    """One page of the public reports that fit; two queries at any depth. Raises Problem 422.

    A window on the map is judged by what is public: cells of about 70 m. So a page may hold fewer reports than
    asked for while more follow.
    """
    by_change = asked.updated_since is not None
    bounds = _bounds(asked)
    found = for_machines(_narrow(reports, asked, bounds))
    if asked.cursor:
        found = found.filter(_after(Cursor.parse(asked.cursor, by_change=by_change)))
    order = ("updated_at", "slug") if by_change else ("-received_at", "-slug")
    rows = list(found.order_by(*order)[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    following = None
    if more:
        last = rows[-1]
        following = str(Cursor(by_change, last.updated_at if by_change else last.received_at, last.slug))
    return Listed([row for row in rows if bounds is None or _inside(row, bounds)], following)


def _after(cursor: Cursor) -> Q:
    if cursor.by_change:
        return Q(updated_at__gte=cursor.at) & (Q(updated_at__gt=cursor.at) | Q(slug__gt=cursor.slug))
    return Q(received_at__lte=cursor.at) & (Q(received_at__lt=cursor.at) | Q(slug__lt=cursor.slug))


def _narrow(reports: ReportQuerySet, asked: ListQuery, bounds: geo.Bounds | None) -> ReportQuerySet:
    found = reports.search(clean_line(asked.q))
    if asked.status:
        found = found.filter(status__in=[one.value for one in asked.status])
    if asked.category:
        if asked.category not in {category.pk for category in categories()}:
            raise _bad("category", _("Kategori ini tidak ada. Lihat daftar kategori."))
        found = found.filter(category=asked.category)
    if asked.region:
        found = found.in_region(asked.region)
    if bounds is not None:
        found = found.filter(h3cells.in_ranges("cell", bounds.ranges()))
    if asked.updated_since is not None:
        if not _EARLIEST <= asked.updated_since <= _LATEST:
            raise _bad("updated_since", _("Tanggal ini terlalu jauh."))
        found = found.filter(updated_at__gte=asked.updated_since)
    return found


def _bounds(asked: ListQuery) -> geo.Bounds | None:
    if not asked.bbox:
        return None
    bounds = geo.Bounds.read(asked.bbox)
    if bounds is None:
        raise _bad("bbox", _("Tulis barat,selatan,timur,utara dalam derajat, di Indonesia."))
    return bounds


def _inside(report: Report, bounds: geo.Bounds) -> bool:
    point = geo.public_point(report.cell)
    return point is not None and bounds.holds(*point)


def _bad(field: str, words: Any) -> Problem:
    return Problem("isian", errors=[FieldError(field, str(words))])
