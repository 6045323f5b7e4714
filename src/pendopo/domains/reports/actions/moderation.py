"""The koordinator's care of a report: archive, forward, classify, hide, mask, and the way out."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.looks import role_at
from pendopo.base.cases import clocks
from pendopo.base.cases.models import MessageKind, Urgency
from pendopo.domains.reports import policy, telling
from pendopo.domains.reports.actions import tasks
from pendopo.domains.reports.actions.common import end_merging, find_for_staff, remember, write_message
from pendopo.domains.reports.models import (
    ArchiveReason,
    Category,
    Report,
    ReportClass,
    ReportContact,
    Status,
)
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


def _archived(report: Report, reason: ArchiveReason, *, by: User | None, now: dt.datetime) -> None:
    report.archive_reason = reason
    report.closure_proposed = False
    report.touch("archive_reason", "closure_proposed", now=now)
    report.closures.filter(checked_at=None).delete()
    report.move_to(Status.ARCHIVED, now=now)
    tasks.end_with_case(report, by=by, now=now)
    clocks.stop(report, now=now)
    remember(report, "archived", by=by, now=now, public=True, facts={"reason": reason.label})


@transaction.atomic
def archive(*, report_id: int, reason: str, explanation: str, by: User, now: dt.datetime) -> Report:
    """End a report that cannot be worked on, with one of SP4N's reasons and a word to the citizen."""
    report = find_for_staff(report_id, by)
    require(policy.may_archive, by, report)
    if reason == ArchiveReason.DUPLICATE:
        raise Refused(
            _("Untuk laporan yang sama, pakai Gabungkan supaya pelapor tetap mendapat kabar."), field="reason"
        )
    words = clean(explanation)
    if words:
        write_message(report, MessageKind.ANSWER, words, by=by, now=now, from_office=True)
    _archived(report, ArchiveReason(reason), by=by, now=now)
    telling.tell_reporter(report, "reports.archived", now=now, once=f"a{report.reopened_count}")
    telling.tell_followers(report, "reports.update", now=now, once=f"a{report.reopened_count}")
    return report


@transaction.atomic
def archive_unanswered(*, report_id: int, today: dt.date, now: dt.datetime) -> bool:
    """The citizen did not complete the report in time. False when there is nothing to do."""
    report = Report.objects.select_for_update(of=("self",)).select_related("office").get(pk=report_id)
    clock = report.clocks.filter(step="info", stopped_at=None).first()
    late = clock is not None and clock.due_on is not None and today > clock.due_on
    if report.status != Status.AWAITING_INFO or not late:
        return False
    _archived(report, ArchiveReason.EXPIRED, by=None, now=now)
    telling.tell_reporter(report, "reports.archived", now=now, once=f"x{report.reopened_count}")
    telling.tell_followers(report, "reports.update", now=now, once=f"x{report.reopened_count}")
    return True


@transaction.atomic
def forward_outside(*, report_id: int, to: str, explanation: str, by: User, now: dt.datetime) -> Report:
    """The matter belongs to another government or body: say to whom it went and how to go on there."""
    report = find_for_staff(report_id, by)
    require(policy.may_forward, by, report)
    report.forwarded_to = clean_line(to)[:160]
    report.touch("forwarded_to", now=now)
    if words := clean(explanation):
        write_message(report, MessageKind.ANSWER, words, by=by, now=now, from_office=True)
    report.move_to(Status.FORWARDED, now=now)
    tasks.end_with_case(report, by=by, now=now)
    clocks.stop(report, now=now)
    remember(report, "forwarded", by=by, now=now, public=True,
             facts={} if report.secret else {"target": report.forwarded_to})  # fmt: skip
    telling.tell_reporter(report, "reports.forwarded", now=now, once=f"f{report.reopened_count}")
    telling.tell_followers(report, "reports.update", now=now, once=f"f{report.reopened_count}")
    return report


@transaction.atomic
def classify(*, report_id: int, category: Category, report_class: str, by: User, now: dt.datetime) -> Report:
    """Correct category or class; a running limit is measured anew from the same day 0."""
    report = find_for_staff(report_id, by)
    require(policy.may_classify, by, report)
    before = report.report_class
    report.category, report.report_class = category, report_class
    report.touch("category", "report_class", now=now)
    if before != report_class:
        clocks.restart(report, "resolve", case_class=report_class, now=now)
    remember(report, "classified", by=by, now=now,
             facts={"category": category.label, "class": ReportClass(report_class).label})  # fmt: skip
    return report


@transaction.atomic
def set_urgency(*, report_id: int, urgency: int, by: User, now: dt.datetime) -> Report:
    report = find_for_staff(report_id, by)
    require(policy.may_set_urgency, by, report)
    report.urgency = urgency
    report.touch("urgency", now=now)
    remember(report, "urgency_set", by=by, now=now, facts={"urgency": Urgency(urgency).label})
    return report


@transaction.atomic
def moderate(
    *, report_id: int, hidden: bool, reason: str, public_text: str, by: User, now: dt.datetime
) -> Report:
    """Hide from the public or mask names in the shown text. What the citizen wrote is kept unchanged."""
    report = find_for_staff(report_id, by)
    require(policy.may_moderate, by, report)
    if hidden and not clean(reason):
        raise Refused(_("Tulis alasan menyembunyikan laporan ini."), field="reason")
    report.hidden, report.hidden_reason = hidden, clean_line(reason)[:300] if hidden else ""
    report.public_text = clean(public_text) or report.text
    report.touch("hidden", "hidden_reason", "public_text", now=now)
    remember(report, "moderated", by=by, now=now, facts={"hidden": hidden})
    return report


@transaction.atomic
def open_contact(*, report_id: int, purpose: str, by: User, now: dt.datetime) -> ReportContact:
    """Show who reported. Every look is written down with its purpose before the data leaves this function."""
    report = find_for_staff(report_id, by)
    require(policy.may_see_contact, by, report)
    facts = {"purpose": clean_line(purpose)[:120], "role": role_at(by, report.office_id)}
    remember(report, "contact_viewed", by=by, now=now, facts=facts)
    return ReportContact.objects.get(case=report)


@transaction.atomic
def override(*, report_id: int, status: str, reason: str, by: User, now: dt.datetime) -> Report:
    """Put a stuck report into any state, by a head of office, with a reason that stays in history."""
    report = find_for_staff(report_id, by)
    require(policy.may_override, by, report)
    words = clean(reason)
    if len(words) < 10:
        raise Refused(_("Tulis alasan yang dapat dipahami pemeriksa nanti."), field="reason")
    if status == Status.MERGED:
        raise Refused(_("Menggabungkan perlu laporan induk. Pakai Gabungkan."), field="status")
    if status == Status.ARCHIVED and not report.archive_reason:
        report.archive_reason = ArchiveReason.UNCLEAR
        report.touch("archive_reason", now=now)
    write_message(report, MessageKind.NOTE, words, by=by, now=now, from_office=True)
    was_merged = report.status == Status.MERGED
    report.override(status, now=now)
    if was_merged:
        end_merging(report, by=by, now=now)
        report.merged_into = None
        report.touch("merged_into", now=now)
    clocks.stop(report, now=now)
    if step := {Status.RECEIVED: "verify", Status.ANSWERED: "reply"}.get(Status(status)):
        clocks.start(report, step, now=now)
    elif report.closed_at is None:
        clocks.start(report, "resolve", case_class=report.report_class, now=now)
    if report.closed_at is not None or report.status == Status.ANSWERED:
        tasks.end_with_case(report, by=by, now=now)
    remember(report, "overridden", by=by, now=now, facts={"status": Status(report.status).label})
    return report
