"""Ending a report honestly: proof, a second pair of eyes, the citizen's word, or the timer – kept apart."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases import clocks
from pendopo.base.cases.models import EVIDENCE, MessageKind
from pendopo.base.files.models import File
from pendopo.domains.reports import policy, resolution, telling
from pendopo.domains.reports.actions import tasks
from pendopo.domains.reports.actions.common import (
    CITIZEN_LABEL,
    find_for_reporter,
    find_for_staff,
    remember,
    write_message,
)
from pendopo.domains.reports.actions.work import attach, begin_work
from pendopo.domains.reports.events import ReportAnswered, ReportClosed, ReportReopened
from pendopo.domains.reports.models import CLOSED, Closure, Rating, Report, Status
from pendopo.kernel import events
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean, clean_line

MIN_PROOF_WORDS = 5  # a photo, or a sentence: "sudah" is not proof


@transaction.atomic
def propose_closing(
    *,
    report_id: int,
    summary: str,
    files: Sequence[File] = (),
    before: Sequence[File] = (),
    after: Sequence[File] = (),
    leave_tasks: str = "",
    by: User,
    now: dt.datetime,
) -> Closure:
    """Say that the work is done, with proof. A second person checks before the citizen hears of it.

    `files` is proof of any kind; `before` and `after` show the same place. `leave_tasks` says why tasks of other
    offices may stay undone.
    """
    report = find_for_staff(report_id, by)
    require(policy.may_propose_closing, by, report)
    words = clean(summary)
    if not (files or after) and len(words.split()) < MIN_PROOF_WORDS:
        raise Refused(
            _("Lampirkan foto bukti, atau jelaskan apa yang sudah dikerjakan sedikitnya lima kata."),
            field="summary",
        )
    tasks.before_closing(report, leave_tasks, by=by, now=now)
    begin_work(report, by=by, now=now)
    closure = Closure.objects.create(case=report, summary=words, proposed_by=by, proposed_at=now)
    for role, photos in (("PROOF", files), ("BEFORE", before), ("AFTER", after)):
        attach(report, photos, role=role, message=None, now=now)
    report.closure_proposed = True
    if report.handler_id is None:
        report.handler = by
    report.touch("closure_proposed", "handler", now=now)
    remember(report, "closing_proposed", by=by, now=now)
    telling.tell_checkers(report, exclude=by, now=now, once=str(closure.pk))
    return closure


@transaction.atomic
def check_closing(*, report_id: int, accept: bool, remark: str, by: User, now: dt.datetime) -> Report:
    """The second person accepts the proof (the citizen is asked to confirm) or sends it back with a remark."""
    report = find_for_staff(report_id, by)
    require(policy.may_check_closing, by, report)
    closure = report.closures.select_for_update().filter(checked_at=None).get()
    if closure.proposed_by_id == by.pk:
        raise Refused(_("Penutupan harus diperiksa orang lain, bukan oleh yang mengusulkan."))
    note = clean_line(remark)[:300]
    if not accept and not note:
        raise Refused(
            _("Tulis apa yang masih kurang, supaya rekan Anda dapat memperbaikinya."), field="remark"
        )
    closure.checked_by, closure.checked_at, closure.accepted, closure.remark = by, now, accept, note
    closure.save(update_fields=["checked_by", "checked_at", "accepted", "remark"])
    report.closure_proposed = False
    report.touch("closure_proposed", now=now)
    if not accept:
        remember(report, "closing_refused", by=by, now=now)
        telling.tell_office(report, "reports.closing_refused", now=now, once=str(closure.pk))
        return report
    _answered(report, closure, by=by, now=now)
    return report


def _answered(report: Report, closure: Closure, *, by: User, now: dt.datetime) -> None:
    message = write_message(
        report, MessageKind.CLOSING, closure.summary, by=closure.proposed_by, now=now, from_office=True
    )
    report.attachments.filter(role__in=EVIDENCE, message=None).update(message=message)
    report.move_to(Status.ANSWERED, now=now)
    tasks.end_with_case(report, by=by, now=now)
    report.answered_in_time = clocks.stop(report, now=now)
    report.answered_at = now
    report.save(update_fields=["answered_in_time", "answered_at"])
    clocks.start(report, "reply", now=now)
    remember(report, "answer_checked", by=by, now=now, public=True, facts={"office_name": report.office.name})
    telling.tell_reporter(report, "reports.confirm", now=now, once=f"c{closure.pk}")
    telling.tell_followers(report, "reports.update", now=now, once=f"c{closure.pk}")
    events.publish(ReportAnswered(report.pk))


def _closed(report: Report, status: Status, *, by: User | None, now: dt.datetime, label: str = "") -> None:
    report.move_to(status, now=now)
    resolution.note_closing(report, now=now)
    clocks.stop(report, now=now)
    remember(report, status.lower(), by=by, now=now, public=True, label=label)
    telling.tell_followers(report, "reports.update", now=now, once=f"closed-{report.reopened_count}")
    events.publish(ReportClosed(report.pk, status))


@transaction.atomic
def confirm(
    *, report_id: int, holding: Collection[int], by: Any, stars: int | None, comment: str, now: dt.datetime
) -> Report:
    """The citizen says: done. May rate in the same breath. Confirming twice changes nothing."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    if report.status == Status.ANSWERED:
        _closed(report, Status.CLOSED_BY_CITIZEN, by=None, now=now, label=CITIZEN_LABEL)
    elif report.status not in CLOSED:
        raise Refused(_("Laporan ini belum sampai pada tahap konfirmasi."))
    if stars is not None:
        _rate(report, stars, comment, now=now)
    return report


def _rate(report: Report, stars: int, comment: str, *, now: dt.datetime) -> None:
    Rating.objects.update_or_create(
        case=report,
        round=report.reopened_count,
        defaults={"stars": stars, "comment": clean(comment)[:2000], "at": now},
    )


@transaction.atomic
def rate(
    *, report_id: int, holding: Collection[int], by: Any, stars: int, comment: str, now: dt.datetime
) -> Report:
    """Rate a closed report, however it was closed; rating again replaces the earlier rating of this round."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    if report.status not in CLOSED:
        raise Refused(_("Penilaian dapat diberikan setelah laporan selesai."))
    _rate(report, stars, comment, now=now)
    remember(report, "rated", by=None, label=CITIZEN_LABEL, now=now, facts={"stars": stars})
    return report


def reopen_until(report: Report) -> dt.date | None:
    """Last day on which the citizen may confirm or reopen: the limit of the latest reply clock."""
    clock = report.clocks.filter(step="reply").order_by("-started_at").first()
    return clock.due_on if clock else None


@transaction.atomic
def reopen(
    *, report_id: int, holding: Collection[int], by: Any, reason: str, today: dt.date, now: dt.datetime
) -> Report:
    """ "Belum selesai": the citizen opens the report again within the reply window."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    limit = reopen_until(report)
    if report.status not in {Status.ANSWERED, *CLOSED} or limit is None:
        raise Refused(_("Laporan ini belum dapat dibuka lagi."))
    if today > limit:
        raise Refused(
            _("Batas waktu membuka lagi sudah lewat. Silakan kirim laporan baru dan sebut nomor laporan ini.")
        )
    words = clean(reason)
    if len(words) < 5:
        raise Refused(_("Ceritakan singkat apa yang belum selesai."), field="reason")
    write_message(report, MessageKind.REPLY, words, by=None, now=now, from_office=False)
    reopened(report, by=None, now=now, label=CITIZEN_LABEL)
    return report


@transaction.atomic
def reopen_by_staff(*, report_id: int, reason: str, by: User, now: dt.datetime) -> Report:
    """The koordinator opens an ended report again, with a reason kept as an internal note."""
    report = find_for_staff(report_id, by)
    require(policy.may_reopen, by, report)
    write_message(report, MessageKind.NOTE, clean(reason), by=by, now=now, from_office=True)
    reopened(report, by=by, now=now, label="")
    return report


def reopened(report: Report, *, by: User | None, now: dt.datetime, label: str) -> None:
    """What every reopening of a locked report does, whoever opens it."""
    report.move_to(Status.REOPENED, now=now)
    report.reopened_count += 1
    resolution.note_reopening(report, now=now)
    report.archive_reason = ""
    report.forwarded_to = ""
    report.merged_into = None
    report.touch("reopened_count", "archive_reason", "forwarded_to", "merged_into", now=now)
    clocks.stop(report, now=now)
    clocks.start(report, "resolve", case_class=report.report_class, now=now)
    remember(report, "reopened", by=by, now=now, public=True, label=label)
    telling.tell_office(report, "reports.reopened", now=now, once=str(report.reopened_count))
    telling.tell_followers(report, "reports.update", now=now, once=f"again-{report.reopened_count}")
    events.publish(ReportReopened(report.pk))


@transaction.atomic
def close_for_citizen(*, report_id: int, reason: str, by: User, now: dt.datetime) -> Report:
    """Close before the timer because the citizen confirmed by phone or cannot be reached; counted apart."""
    report = find_for_staff(report_id, by)
    require(policy.may_close_for_citizen, by, report)
    words = clean(reason)
    if len(words) < 5:
        raise Refused(_("Tulis bagaimana pelapor mengonfirmasi, misalnya lewat telepon."), field="reason")
    write_message(report, MessageKind.NOTE, words, by=by, now=now, from_office=True)
    _closed(report, Status.CLOSED_BY_OFFICER, by=by, now=now)
    telling.tell_reporter(report, "reports.closed", now=now, once=f"o{report.reopened_count}")
    return report


@transaction.atomic
def close_by_timer(*, report_id: int, today: dt.date, now: dt.datetime) -> bool:
    """Close an answered report whose reply window has passed. False when there is nothing to do."""
    report = Report.objects.select_for_update(of=("self",)).select_related("office").get(pk=report_id)
    limit = reopen_until(report)
    if report.status != Status.ANSWERED or limit is None or today <= limit:
        return False
    _closed(report, Status.CLOSED_BY_SYSTEM, by=None, now=now)
    telling.tell_reporter(report, "reports.closed", now=now, once=f"s{report.reopened_count}")
    return True


@transaction.atomic
def reply(*, report_id: int, holding: Collection[int], by: Any, body: str, files: Sequence[File] = (),
          now: dt.datetime) -> Report:  # fmt: skip
    """The citizen answers the office's question; the clocks go on and the work returns to where it was."""
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    if report.status != Status.AWAITING_INFO:
        raise Refused(_("Tidak ada pertanyaan yang menunggu jawaban Anda saat ini."))
    if report.waited_from not in Status.values:
        raise NotAllowed("waited_from")
    message = write_message(report, MessageKind.REPLY, clean(body), by=None, now=now, from_office=False)
    attach(report, files, role="PHOTO", message=message, now=now)
    report.move_to(report.waited_from, now=now)
    clocks.stop(report, "info", now=now)
    clocks.resume(report, now=now)
    remember(report, "replied", by=None, label=CITIZEN_LABEL, now=now, public=True)
    telling.tell_office(report, "reports.replied", now=now, once=f"m{message.pk}")
    return report
