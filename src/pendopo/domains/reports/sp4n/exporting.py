"""Our reports in SP4N's columns. Names and secret reports are withheld; "everything" is an act of its own."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import draft, record, record_many
from pendopo.base.audit.looks import role_at
from pendopo.base.regions import official
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports import policy
from pendopo.domains.reports.models import Report, ReportQuerySet, Sp4nCategory
from pendopo.domains.reports.sp4n import columns
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.tables import csv_text
from pendopo.kernel.text import clean

MOST_ROWS = 50_000
WITHHELD = "(rahasia)"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@transaction.atomic
def take_out(*, since: dt.date, until: dt.date, by: User, now: dt.datetime) -> Iterator[str]:
    """Lines of a CSV in which nobody's name and no secret report's words stand. Raises NotAllowed."""
    require(policy.may_export_sp4n, by)
    record(actor=by, verb="reports.sp4n_exported", subject=None, at=now, facts=_span(since, until))
    return _lines(_reports(since, until, by), everything=False)


@transaction.atomic
def take_everything_out(
    *, since: dt.date, until: dt.date, reason: str, by: User, now: dt.datetime
) -> Iterator[str]:
    """The same with names and with the words of secret reports that are on this person's own desk.

    Raises NotAllowed, and Refused without a reason that an inspector will understand.
    """
    require(policy.may_export_everything, by)
    words = clean(reason)
    if len(words) < 10:
        raise Refused(_("Tulis untuk apa dan atas permintaan siapa, sedikitnya 10 huruf."), field="reason")
    facts = {**_span(since, until), "reason": words[:300]}
    record(actor=by, verb="reports.sp4n_exported_everything", subject=None, at=now, facts=facts)
    # Each person whose name leaves must be able to read that it did.
    named = _between(since, until, by).exclude(contact__name="", contact__email="", contact__phone="")
    record_many(
        draft(
            actor=by,
            verb="reports.contact_viewed",
            subject=report,
            organization=report.office_id,
            facts={"purpose": words[:120], "role": role_at(by, report.office_id)},
            restricted=report.secret,
            at=now,
        )
        for report in named.only("code", "office", "secret")[:MOST_ROWS]
    )
    return _lines(_reports(since, until, by), everything=True)


def _span(since: dt.date, until: dt.date) -> dict[str, Any]:
    return {"since": since, "until": until}


def _between(since: dt.date, until: dt.date, by: User) -> ReportQuerySet:
    zone = timezone.get_current_timezone()
    start = dt.datetime.combine(since, dt.time(), zone)
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), zone)
    found: ReportQuerySet = Report.objects.desk_of(by).filter(received_at__gte=start, received_at__lt=end)
    return found.order_by("received_at", "pk")


def _reports(since: dt.date, until: dt.date, by: User) -> ReportQuerySet:
    above = ("category", "office__parent", "contact", "sp4n", "region__parent__parent__parent")
    rows: ReportQuerySet = _between(since, until, by).select_related(*above).defer("search")[:MOST_ROWS]
    return rows


def _lines(reports: ReportQuerySet, *, everything: bool) -> Iterator[str]:
    numbers = {
        row.category_id: (row.code, row.label)
        for row in Sp4nCategory.objects.exclude(category=None).order_by("-code")
    }
    rows = (_row(report, numbers, everything=everything) for report in reports.iterator(chunk_size=1000))
    return csv_text(columns.COLUMNS, rows)


def _row(report: Report, numbers: dict[Any, tuple[str, str]], *, everything: bool) -> list[object]:
    origin = getattr(report, "sp4n", None)
    closed = report.secret and not everything
    received = timezone.localtime(report.received_at)
    number, label = numbers.get(report.category_id, ("", report.category.label_in("id")))
    village, district, city, province = _places(report.region)
    return [
        origin.tracking_id if origin else report.code,
        f"{received.day} {_MONTHS[received.month - 1]} {received.year}",
        received.strftime("%H:%M:%S"),
        report.contact.name if everything else "",
        columns.CLASS_WORDS.get(report.report_class, ""),  # type: ignore[call-overload]
        origin.category_id if origin else number,
        origin.category_label if origin else label,
        WITHHELD if closed else (origin.title if origin and origin.title else report.title),
        WITHHELD if closed else (report.text if everything else report.public_text),
        WITHHELD if closed else report.public_text,
        columns.kind_words(report),
        origin.source if origin and origin.source else columns.source_words(report.channel),
        report.office.parent.name if report.office.parent else report.office.name,
        origin.agency_id if origin else "",
        report.office.name,
        columns.status_words(report),
        report.get_archive_reason_display() if report.archive_reason else "",
        province,
        city,
        WITHHELD if closed and district else district,
        WITHHELD if closed and village else village,
    ]


def _places(region: Region) -> tuple[str, str, str, str]:
    """Names of kelurahan, kecamatan, city and province around an area; "" for what is finer than it."""
    names: dict[int, str] = {}
    area: Region | None = region
    while area is not None:
        names[area.level] = (
            official.full_name(area.code, area.name) if area.level == Level.REGENCY else area.name
        )
        area = area.parent if area.level != Level.PROVINCE else None
    return (
        names.get(Level.VILLAGE, ""),
        names.get(Level.DISTRICT, ""),
        names.get(Level.REGENCY, ""),
        names.get(Level.PROVINCE, ""),
    )
