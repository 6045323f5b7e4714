"""What a GeoReport client may ask of the list of requests, read strictly: a wrong value is refused, never guessed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from pendopo.domains.reports.categories_in_use import every_category
from pendopo.domains.reports.models import FINAL, ReportQuerySet
from pendopo.domains.reports.open311.errors import bad, missing

# GeoReport v2, "Response Volume": a span of 90 days or the first 1000 requests, whichever is smallest.
SPAN = dt.timedelta(days=90)
MOST = 1000
_EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Asked:
    """A checked question. With `ids` everything else is ignored, as the specification says."""

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    statuses: frozenset[str]
    since: dt.datetime
    until: dt.datetime

    def narrow(self, reports: ReportQuerySet) -> ReportQuerySet:
        """The newest `MOST` of the reports that were asked for."""
        if self.ids:
            return reports.filter(slug__in=self.ids)[:MOST]
        found = reports.filter(received_at__gte=self.since, received_at__lte=self.until)
        if self.codes:
            found = found.filter(category__in=self.codes)
        if self.statuses == {"closed"}:
            found = found.filter(status__in=FINAL)
        elif self.statuses == {"open"}:
            found = found.filter(~Q(status__in=FINAL))
        return found.order_by("-received_at", "-pk")[:MOST]


def read(given: Mapping[str, str], *, now: dt.datetime) -> Asked:
    """Read the query of `GET requests`. Raises Open311Refused."""
    ids = _listed(given.get("service_request_id", ""))
    codes = _listed(given.get("service_code", ""))
    statuses = frozenset(_listed(given.get("status", "").lower()))
    if len(ids) > MOST:
        raise bad(_("Paling banyak %(most)d service_request_id dalam satu panggilan.") % {"most": MOST})
    if not statuses <= {"open", "closed"}:
        raise bad(_("status hanya boleh open, closed, atau keduanya dengan koma."))
    known = {category.pk for category in every_category()}
    if unknown := [code for code in codes if code not in known]:
        raise missing(_("service_code %(code)s tidak ada.") % {"code": unknown[0][:40]})
    since, until = _span(given, now)
    return Asked(ids, codes, statuses, since, until)


def _span(given: Mapping[str, str], now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    since, until = _moment(given, "start_date"), _moment(given, "end_date")
    if since is not None and until is not None:
        if since > until:
            raise bad(_("start_date lebih akhir daripada end_date."))
        if until - since > SPAN:
            raise bad(_("Rentang start_date sampai end_date paling panjang 90 hari."))
        return since, until
    if since is not None:
        return since, since + SPAN
    until = until or now
    return until - SPAN, until


def _moment(given: Mapping[str, str], name: str) -> dt.datetime | None:
    words = given.get(name, "").strip()
    if not words:
        return None
    # "+07:00" in an address that was not encoded arrives as " 07:00".
    words = words[:40].replace(" ", "+") if "T" in words else words[:40]
    try:
        moment = parse_datetime(words)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not _EARLIEST <= moment < _EARLIEST.replace(year=2999):
        raise bad(_("%(name)s tidak terbaca. Contoh: 2026-03-09T00:00:00Z.") % {"name": name})
    return moment


def _listed(words: str) -> tuple[str, ...]:
    parts = (part.strip() for part in words.replace("\x00", "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
