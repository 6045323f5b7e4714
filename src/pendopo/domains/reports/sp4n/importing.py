"""Bringing a file of SP4N in: kept whole at once, then row by row in a job that may be killed at any moment.

Idempotent by tracking id: a row that was brought in before is counted as known. Nobody outside is written to about
a report that ended in SP4N; one that is still open arrives like any other, with the day SP4N received it as day 0.
"""

import datetime as dt
import hashlib
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import policy
from pendopo.domains.reports.actions import intake, routing
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.models import (
    FINAL,
    Category,
    Channel,
    Report,
    ReportContact,
    Sp4nCategory,
    Sp4nImport,
    Sp4nOrigin,
    Status,
)
from pendopo.domains.reports.sp4n.matching import Known
from pendopo.domains.reports.sp4n.reading import Incoming, RefusedRow, decode, judge, rows_of
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean_line

AT_ONCE = 50
_HANDED_OVER = {Status.ASSIGNED, Status.IN_PROGRESS}


@transaction.atomic
def start(*, name: str, content: bytes, by: User, now: dt.datetime) -> Sp4nImport:
    """Keep the file and count its rows; the same file sent again while it is being read is the same import.

    Raises NotAllowed and UnreadableFile.
    """
    require(policy.may_import, by)
    text = decode(content)
    rows = rows_of(text)
    digest = hashlib.sha256(content).hexdigest()
    running = (
        Sp4nImport.objects.select_for_update().filter(digest=digest).exclude(state=Sp4nImport.State.DONE)
    )
    same: Sp4nImport | None = running.first()
    if same is not None:
        return same
    called = clean_line(name)[:120] or "sp4n.csv"
    batch = Sp4nImport.objects.create(name=called, digest=digest, content=text, rows=len(rows), by=by, at=now)
    record(
        actor=by,
        verb="reports.sp4n_file_read",
        subject=None,
        at=now,
        facts={"name": called, "rows": batch.rows},
    )
    read_file.defer(import_id=batch.pk)
    return batch


def carry_out(*, import_id: int, now: dt.datetime) -> None:
    """Bring in what is left of a file, `AT_ONCE` rows a transaction. Two runs at once share the work safely."""
    batch = Sp4nImport.objects.filter(pk=import_id).exclude(state=Sp4nImport.State.DONE).first()
    if batch is None:
        return
    rows, known = rows_of(batch.content), Known.read()
    while _some(import_id, rows, known, now):
        pass


@transaction.atomic
def _some(import_id: int, rows: list[dict[str, str]], known: Known, now: dt.datetime) -> bool:
    """The next rows. False when the file is finished."""
    batch = Sp4nImport.objects.select_for_update(of=("self",)).select_related("by").get(pk=import_id)
    if batch.state == Sp4nImport.State.DONE:
        return False
    for number, row in enumerate(islice(rows, batch.next_row, batch.next_row + AT_ONCE), batch.next_row + 2):
        _count(batch, number, row, known, now)
    batch.next_row = min(batch.next_row + AT_ONCE, batch.rows)
    finished = batch.next_row >= batch.rows
    batch.state = Sp4nImport.State.DONE if finished else Sp4nImport.State.RUNNING
    if finished:
        batch.content, batch.finished_at = "", now
    batch.save()
    return not finished


def _count(batch: Sp4nImport, number: int, row: dict[str, str], known: Known, now: dt.datetime) -> None:
    """One row into one of three counters; `number` is its line in the file."""
    try:
        with transaction.atomic():
            made = _bring_in(judge(row, now=now), known, batch.by, now)
    except (RefusedRow, Refused, NotAllowed) as no:
        tracking = clean_line(row.get("Tracking ID", ""))[:60]
        reason = _("Pengimpor tidak berwenang lagi.") if isinstance(no, NotAllowed) else str(no)
        batch.refused.append({"row": number, "tracking_id": tracking, "reason": reason})
        return
    batch.created += made
    batch.known += not made


def _bring_in(row: Incoming, known: Known, by: User, now: dt.datetime) -> bool:
    """Whether this row became a report; False when it did so before."""
    if Sp4nOrigin.objects.filter(tracking_id=row.tracking_id).exists():
        return False
    require(policy.may_import, by)
    region = known.place(row)
    if row.category_id:
        Sp4nCategory.objects.get_or_create(
            code=row.category_id, defaults={"label": row.category or row.category_id}
        )
    category = Category.objects.get(pk=known.category(row))
    if row.status in FINAL:
        report = _ended(row, category, region, known, by, now)
    else:
        report = _open(row, category, region, known, by, now)
    Sp4nOrigin.objects.create(
        case=report,
        tracking_id=row.tracking_id,
        category_id=row.category_id,
        category_label=row.category,
        agency_id=row.agency_id,
        agency_label=row.agency,
        source=row.source,
        title=row.title,
    )
    return True


def _open(row: Incoming, category: Category, region: str, known: Known, by: User, now: dt.datetime) -> Report:
    """A report that still waits for us: it arrives like any other, and goes where SP4N had sent it."""
    new = intake.NewReport(
        category=category,
        text=row.text,
        region_code=region,
        anonymous=row.anonymous,
        secret=row.secret,
        name=row.name,
        channel=Channel.SP4N,
        external_number=row.tracking_id,
    )
    report = intake.bring_in(
        new=new, public_text=row.public_text, by=by, received_at=row.received_at, now=now
    )
    office = known.office(row)
    if office is not None and row.status in _HANDED_OVER and office != report.office_id:
        routing.assign(
            report_id=report.pk,
            office_id=office,
            instruction=_("Diteruskan lewat SP4N-LAPOR!"),
            by=by,
            now=now,
        )
    return report


def _ended(
    row: Incoming, category: Category, region: str, known: Known, by: User, now: dt.datetime
) -> Report:
    """A report that ended in SP4N: kept for reading and figures. The file does not say when it ended."""
    office = known.office(row)
    report = Report.objects.create(
        code=ids.new_code("LAP"),
        slug=ids.new_slug(),
        status=row.status,
        office=Organization.objects.get(pk=office) if office else intake.intake_office(),
        entered_by=by,
        channel=Channel.SP4N,
        external_number=row.tracking_id,
        secret=row.secret,
        anonymous=row.anonymous,
        shown_name="" if row.anonymous or row.secret else row.name,
        received_at=row.received_at,
        updated_at=now,
        closed_at=now,
        category=category,
        report_class=row.report_class,
        text=row.text,
        public_text=row.public_text,
        region_id=region,
        archive_reason=row.archive_reason or "",
    )
    ReportContact.objects.create(case=report, name=row.name)
    remember(report, "imported_ended", by=by, now=now, public=True, facts=_facts(report))
    return report


@app.task(name="reports.read_sp4n", queue="imports", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def read_file(import_id: int) -> None:
    """The job behind `start`; killed or failed, it goes on where it stopped."""
    carry_out(import_id=import_id, now=clock.now())


def _facts(report: Report) -> dict[str, Any]:
    return {"status": Status(report.status).label}
