"""A photo that another program only pointed at: fetched later, through the guard for strangers' addresses."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.base.files.actions import store_image
from pendopo.base.files.refusals import FileRefused
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.models import Report, ReportAttachment
from pendopo.kernel import clock, outbound

MOST_BYTES = 15 * 1024 * 1024


def readable_address(url: str) -> bool:
    """Whether we would call this address at all."""
    try:
        outbound.check(url)
    except outbound.OutboundRefused:
        return False
    return True


def fetch_later(*, report_id: int, url: str) -> None:
    """Fetch the photo in the background. Inside the transaction of the report."""
    fetch_photo.defer(report_id=report_id, url=url)


@app.task(
    name="reports.fetch_photo",
    queue="reactions",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions={outbound.OutboundFailed}),
)
def fetch_photo(report_id: int, url: str) -> None:
    """The job behind `fetch_later`. What cannot be a photo is written down in the report's history, and that is all."""
    report = Report.objects.filter(pk=report_id).first()
    if report is None or report.attachments.exists():
        return
    try:
        content = outbound.fetch(url, most=MOST_BYTES)
        attach(report=report, content=content, now=clock.now())
    except (outbound.OutboundRefused, FileRefused) as no:
        remember(report, "photo_refused", by=None, now=clock.now(), facts={"reason": str(no)[:200]})


@transaction.atomic
def attach(*, report: Report, content: bytes, now: dt.datetime) -> None:
    """Store the bytes as the report's photo, re-encoded and without its place. Raises FileRefused."""
    file = store_image(upload=SimpleUploadedFile("foto.jpg", content), by=None, now=now)
    ReportAttachment.objects.create(case=report, file=file, role="PHOTO", at=now)
