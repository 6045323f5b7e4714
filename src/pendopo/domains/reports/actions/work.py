"""The office's work on a report: take, answer, ask, note."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind
from pendopo.base.files.models import File
from pendopo.domains.reports import policy, telling
from pendopo.domains.reports.actions.common import find_for_staff, remember, write_message
from pendopo.domains.reports.models import Report, ReportAttachment, ReportMessage, Status
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean


def begin_work(report: Report, *, by: User, now: dt.datetime) -> None:
    """The first act of an office on a report is its first follow-up: the clock of that step stops."""
    if report.status in {Status.ASSIGNED, Status.REOPENED}:
        report.move_to(Status.IN_PROGRESS, now=now)
        clocks.stop(report, "follow_up", now=now)
        remember(report, "started", by=by, now=now, public=True, facts={"office_name": report.office.name})


def attach(
    report: Report, files: Sequence[File], *, role: str, message: ReportMessage | None, now: dt.datetime
) -> None:
    ReportAttachment.objects.bulk_create(
        ReportAttachment(case=report, file=file, role=role, message=message, at=now) for file in files
    )


@transaction.atomic
def take(*, report_id: int, by: User, now: dt.datetime) -> Report:
    """ "Ini tugas saya": the officer becomes the handler."""
    report = find_for_staff(report_id, by)
    require(policy.may_take, by, report)
    report.handler = by
    report.touch("handler", now=now)
    remember(report, "taken", by=by, now=now)
    begin_work(report, by=by, now=now)
    return report


@transaction.atomic
def answer(*, report_id: int, body: str, files: Sequence[File] = (), by: User, now: dt.datetime) -> Report:
    """Tell the citizen how far the work is. Does not close the report."""
    report = find_for_staff(report_id, by)
    require(policy.may_answer, by, report)
    begin_work(report, by=by, now=now)
    if report.handler_id is None:
        report.handler = by
    report.touch("handler", now=now)
    message = write_message(report, MessageKind.ANSWER, clean(body), by=by, now=now, from_office=True)
    attach(report, files, role="PROOF", message=message, now=now)
    remember(report, "answered", by=by, now=now, public=True, facts={"office_name": report.office.name})
    telling.tell_reporter(report, "reports.answer", now=now, once=f"m{message.pk}")
    telling.tell_followers(report, "reports.update", now=now, once=f"m{message.pk}")
    return report


@transaction.atomic
def ask(*, report_id: int, body: str, by: User, now: dt.datetime) -> Report:
    """Ask the citizen for what is missing. All clocks pause; one for the citizen's answer starts."""
    report = find_for_staff(report_id, by)
    require(policy.may_ask, by, report)
    if not _can_be_asked(report):
        raise Refused(
            _("Pelapor tidak meninggalkan surel, telepon, atau akun, jadi pertanyaan tidak akan sampai."),
            field="body",
        )
    report.waited_from = report.status
    report.touch("waited_from", now=now)
    report.move_to(Status.AWAITING_INFO, now=now)
    clocks.pause(report, now=now)
    clocks.start(report, "info", now=now)
    message = write_message(report, MessageKind.QUESTION, clean(body), by=by, now=now, from_office=True)
    remember(report, "asked", by=by, now=now, public=True)
    telling.tell_reporter(report, "reports.question", now=now, once=f"m{message.pk}")
    return report


def _can_be_asked(report: Report) -> bool:
    contact = report.contact
    return bool(contact.email or contact.phone or report.reporter_id)


@transaction.atomic
def note(
    *,
    report_id: int,
    body: str,
    before: Sequence[File] = (),
    after: Sequence[File] = (),
    by: User,
    now: dt.datetime,
) -> Report:
    """Words and photos among staff; the citizen never sees them."""
    report = find_for_staff(report_id, by)
    require(policy.may_note, by, report)
    message = write_message(report, MessageKind.NOTE, clean(body), by=by, now=now, from_office=True)
    attach(report, before, role="BEFORE", message=message, now=now)
    attach(report, after, role="AFTER", message=message, now=now)
    report.touch(now=now)  # a second click of the same button finds a newer version
    remember(report, "noted", by=by, now=now)
    return report
