"""Several offices, one report: share it out, accept, finish, give back, talk, and end what is left over."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import LIVE_TASKS, MessageKind, TaskStatus
from pendopo.base.files.models import File
from pendopo.base.organizations.models import Organization
from pendopo.domains.reports import policy, task_clocks, task_telling
from pendopo.domains.reports.actions.common import find_for_staff, remember, write_message
from pendopo.domains.reports.models import Report, ReportTask, TaskFile, TaskNote, TaskUpdate
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean, clean_line

MOST_TASKS = 20  # live ones of one report
MIN_WORDS = 5  # letters of a reason or a result


@dataclass(frozen=True)
class Part:
    """What one office is asked for. Without `due_on` the rule gives the day."""

    office_id: int
    instruction: str
    due_on: dt.date | None = None


@transaction.atomic
def share(*, report_id: int, parts: Sequence[Part], by: User, now: dt.datetime) -> list[ReportTask]:
    """Ask several offices at once, each for its part; all or none. The report stays where it is."""
    report = find_for_staff(report_id, by)
    require(policy.may_add_task, by, report)
    offices = {o.pk: o for o in Organization.objects.filter(pk__in=[p.office_id for p in parts], active=True)}
    if not parts or any(part.office_id not in offices for part in parts):
        raise Refused(_("Pilih kantor yang masih aktif."))
    if report.tasks.filter(status__in=LIVE_TASKS).count() + len(parts) > MOST_TASKS:
        raise Refused(_("Paling banyak %(n)s tugas berjalan untuk satu laporan.") % {"n": MOST_TASKS})
    made = [_ask(report, offices[part.office_id], part, by=by, now=now) for part in parts]
    report.touch(now=now)
    return made


def _ask(report: Report, office: Organization, part: Part, *, by: User, now: dt.datetime) -> ReportTask:
    words = clean(part.instruction)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis apa yang diminta dari %(office)s.") % {"office": office.name})
    if part.due_on is not None and part.due_on <= clock.local_date(now):
        raise Refused(_("Batas untuk %(office)s paling cepat besok.") % {"office": office.name})
    task = ReportTask(case=report, office=office, instruction=words, asked_by=by, asked_at=now)
    measured = task_clocks.new(task, due_on=part.due_on, now=now)
    task.save()
    measured.task = task
    measured.save()
    remember(report, "task_added", by=by, now=now, facts={"target": office.name})
    task_telling.tell_asked(task, "reports.task", now=now, once="new")
    return task


def find(task_id: int, by: User) -> tuple[Report, ReportTask]:
    """Report and task, locked in this order: of two offices that finish at once the second sees both.

    Raises ReportTask.DoesNotExist (not theirs), Report.DoesNotExist.
    """
    seen = ReportTask.objects.visible_to(by).get(pk=task_id)
    return lock(seen)


def lock(seen: ReportTask) -> tuple[Report, ReportTask]:
    reports = Report.objects.select_for_update(of=("self",)).select_related("office", "handler", "category")
    report = reports.get(pk=seen.case_id, secret=False)
    tasks = ReportTask.objects.select_for_update(of=("self",)).select_related("office")
    task = tasks.get(pk=seen.pk)
    task.case = report
    return report, task


def _for_asked(task_id: int, by: User) -> tuple[Report, ReportTask]:
    report, task = find(task_id, by)
    require(policy.may_do_task, by, task)
    return report, task


def _for_asking(task_id: int, by: User) -> tuple[Report, ReportTask]:
    report, task = find(task_id, by)
    require(policy.may_lead_task, by, report)
    return report, task


def _still_live(task: ReportTask) -> None:
    if not task.is_live:
        raise Refused(_("Tugas ini sudah berakhir."))


@transaction.atomic
def accept(*, task_id: int, by: User, now: dt.datetime) -> ReportTask:
    """The asked office says: we do it."""
    report, task = _for_asked(task_id, by)
    if task.status != TaskStatus.OPEN:
        raise Refused(_("Tugas ini sudah diterima atau sudah berakhir."))
    begin(report, task, by=by, now=now)
    return task


def begin(report: Report, task: ReportTask, *, by: User, now: dt.datetime) -> None:
    """A locked task begins."""
    task.move_to(TaskStatus.ACCEPTED)
    task.accepted_at = now
    task.save(update_fields=["accepted_at"])
    report.touch(now=now)
    remember(report, "task_accepted", by=by, now=now, facts={"target": task.office.name})


@transaction.atomic
def finish(
    *, task_id: int, result: str, files: Sequence[File] = (), by: User, now: dt.datetime
) -> ReportTask:
    """The asked office reports its part as done, with proof."""
    report, task = _for_asked(task_id, by)
    _still_live(task)
    end_done(report, task, result=result, files=files, by=by, now=now)
    return task


def end_done(
    report: Report, task: ReportTask, *, result: str, files: Sequence[File], by: User, now: dt.datetime
) -> None:
    """A locked task is done; the last one of a report tells the leading office that it can be wound up."""
    words = clean(result)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis singkat apa yang sudah dikerjakan."), field="result")
    task.move_to(TaskStatus.DONE)
    task.result, task.done_at = words, now
    task.save(update_fields=["result", "done_at"])
    task_clocks.stop(task, now=now)
    TaskFile.objects.bulk_create(TaskFile(task=task, file=file, at=now) for file in files)
    report.touch(now=now)
    remember(report, "task_done", by=by, now=now, facts={"target": task.office.name})
    left = report.tasks.filter(status__in=LIVE_TASKS).exists()
    task_telling.tell_lead(task, "reports.task_done" if left else "reports.tasks_done", now=now,
                           once=f"{task.pk}-{now.timestamp():.0f}")  # fmt: skip


@transaction.atomic
def give_back(*, task_id: int, reason: str, by: User, now: dt.datetime) -> ReportTask:
    """ "Bukan tugas kami", with the reason that the asking office needs to ask the right one."""
    report, task = _for_asked(task_id, by)
    _still_live(task)
    _end(report, task, TaskStatus.RETURNED, reason, by=by, now=now)
    task_telling.tell_lead(task, "reports.task_back", now=now, once=str(task.pk))
    return task


@transaction.atomic
def cancel(*, task_id: int, reason: str, by: User, now: dt.datetime) -> ReportTask:
    """The asking office no longer needs it."""
    report, task = _for_asking(task_id, by)
    _still_live(task)
    _end(report, task, TaskStatus.CANCELLED, reason, by=by, now=now)
    task_telling.tell_asked(task, "reports.task_ended", now=now, once="cancelled")
    return task


def _end(
    report: Report, task: ReportTask, status: str, reason: str, *, by: User | None, now: dt.datetime
) -> None:
    words = clean_line(reason)[:300]
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis alasannya supaya kantor lain tahu."), field="reason")
    task.move_to(status)
    task.end_reason = words
    task.save(update_fields=["end_reason"])
    task_clocks.stop(task, now=now)
    report.touch(now=now)
    verb = "task_returned" if status == TaskStatus.RETURNED else "task_cancelled"
    remember(report, verb, by=by, now=now, facts={"target": task.office.name, "reason": words})


@transaction.atomic
def ask_again(*, task_id: int, reason: str, by: User, now: dt.datetime) -> ReportTask:
    """The result was not enough: the task opens again with a new clock, and says why."""
    report, task = _for_asking(task_id, by)
    require(policy.may_add_task, by, report)
    if task.status != TaskStatus.DONE:
        raise Refused(_("Hanya tugas yang sudah selesai dapat diminta lagi."))
    words = clean(reason)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis apa yang masih kurang."), field="reason")
    task.move_to(TaskStatus.OPEN)
    task.accepted_at = task.done_at = None
    task_clocks.restart(task, now=now)
    task.save(update_fields=["accepted_at", "done_at", "due_on"])
    TaskNote.objects.create(task=task, body=words, author=by, office=report.office, at=now)
    report.touch(now=now)
    remember(report, "task_again", by=by, now=now, facts={"target": task.office.name})
    task_telling.tell_asked(task, "reports.task", now=now, once=f"again-{now.timestamp():.0f}")
    return task


@transaction.atomic
def note(*, task_id: int, key: uuid.UUID, body: str, by: User, now: dt.datetime) -> TaskNote:
    """Words to the other side. The key of the form makes a double click one note."""
    report, task = find(task_id, by)
    leads, does = policy.may_lead_task(by, report), policy.may_do_task(by, task)
    if not (leads or does):
        raise NotAllowed("may_note_task")
    words = clean(body)
    if not words:
        raise Refused(_("Tulis pesannya dulu."), field="body")
    office = task.office if does else report.office
    written, fresh = TaskNote.objects.get_or_create(
        pk=key, defaults={"task": task, "body": words, "author": by, "office": office, "at": now}
    )
    if written.task_id != task.pk:
        raise NotAllowed("note")
    if fresh:
        remember(report, "task_noted", by=by, now=now, facts={"target": task.office.name})
        tell = task_telling.tell_lead if does else task_telling.tell_asked
        tell(task, "reports.task_note", now=now, once=str(key))
    return written


def before_closing(report: Report, reason: str, *, by: User, now: dt.datetime) -> None:
    """A locked report may end with open tasks only for a stated reason, kept as a note among staff."""
    live = list(report.tasks.filter(status__in=LIVE_TASKS).select_related("office"))
    if not live:
        return
    offices = ", ".join(sorted({task.office.name for task in live}))
    words = clean(reason)
    if len(words) < MIN_WORDS:
        raise Refused(
            _("Tugas ini belum selesai: %(offices)s. Tunggu, batalkan, atau tulis alasan menutup tanpa itu.")
            % {"offices": offices}
        )
    body = _("Ditutup walau tugas belum selesai (%(offices)s): %(reason)s") % {
        "offices": offices, "reason": words,
    }  # fmt: skip
    write_message(report, MessageKind.NOTE, body, by=by, now=now, from_office=True)


def end_with_case(report: Report, *, by: User | None, now: dt.datetime) -> None:
    """The locked report was answered or ended: nobody has to work on its tasks any more."""
    live = report.tasks.filter(status__in=LIVE_TASKS).select_for_update(of=("self",))
    for task in live.select_related("office"):
        task.case = report
        _end(report, task, TaskStatus.CANCELLED, _("Laporannya sudah diakhiri."), by=by, now=now)
        task_telling.tell_asked(task, "reports.task_ended", now=now, once="case")
    waiting = TaskUpdate.objects.filter(link__task__case=report, accepted=None)
    waiting.update(accepted=False, decided_by=by, decided_at=now)
