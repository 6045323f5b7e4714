"""What citizens write by mail: a new report, an answer, more words. A mail only ever adds; it opens nothing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.models import File, FileKind
from pendopo.domains.reports import policy, telling
from pendopo.domains.reports.actions import closing
from pendopo.domains.reports.actions.common import CITIZEN_LABEL, find_for_staff, remember, write_message
from pendopo.domains.reports.actions.intake import NewReport, enter, receive
from pendopo.domains.reports.models import FINAL, Draft, Report, ReportAttachment, ReportMessage, Status
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean


@transaction.atomic
def receive_by_mail(*, new: NewReport, documents: Sequence[File], now: dt.datetime) -> Report:
    """A report from a sender for whom the office's mail server vouches. Raises Refused."""
    draft = Draft.objects.create(created_at=now, updated_at=now)
    report = receive(draft=draft, new=new, by=None, now=now)
    _attach(report, documents, message=None, now=now)
    return report


@transaction.atomic
def enter_by_mail(*, new: NewReport, documents: Sequence[File], by: User, now: dt.datetime) -> Report:
    """The same, decided by a member of staff. Raises Refused, NotAllowed."""
    report = enter(new=new, by=by, now=now)
    _attach(report, documents, message=None, now=now)
    return report


@transaction.atomic
def add_words(*, report_id: int, body: str, files: Sequence[File], now: dt.datetime) -> Report:
    """The reporter's words on an open report. An awaited answer lets the work go on, as on the web page.

    The caller has made sure whose words these are. Raises Refused for a report that has ended.
    """
    report: Report = (
        Report.objects.select_for_update(of=("self",)).select_related("office", "category").get(pk=report_id)
    )
    if report.status in FINAL:
        raise Refused(_("Laporan ini sudah selesai. Buka lagi dahulu, atau jadikan surat ini laporan baru."))
    pictures = [file for file in files if file.kind == FileKind.IMAGE]
    documents = [file for file in files if file.kind != FileKind.IMAGE]
    if report.status == Status.AWAITING_INFO:
        closing.reply(report_id=report.pk, holding=[report.pk], by=None, body=body, files=pictures, now=now)
        message = report.messages.filter(kind=MessageKind.REPLY).latest("pk")
        _attach(report, documents, message=message, now=now)
        return report
    message = write_message(report, MessageKind.REPLY, clean(body), by=None, now=now, from_office=False)
    _attach(report, files, message=message, now=now)
    report.touch(now=now)
    remember(report, "wrote_by_mail", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_office(report, "reports.replied", now=now, once=f"m{message.pk}")
    return report


@transaction.atomic
def add_words_for(*, report_id: int, body: str, files: Sequence[File], by: User, now: dt.datetime) -> Report:
    """A member of staff decided that these are the reporter's words. Raises Refused, NotAllowed, DoesNotExist."""
    report = find_for_staff(report_id, by)
    require(policy.may_note, by, report)
    add_words(report_id=report.pk, body=body, files=files, now=now)
    remember(report, "mail_added", by=by, now=now)
    return report


def _attach(
    report: Report, files: Sequence[File], *, message: ReportMessage | None, now: dt.datetime
) -> None:
    """Documents are for the office: nobody can blacken a name in somebody else's PDF."""
    ReportAttachment.objects.bulk_create(
        ReportAttachment(
            case=report, file=file, role="PHOTO", message=message, public=file.kind == FileKind.IMAGE, at=now
        )
        for file in files
    )
