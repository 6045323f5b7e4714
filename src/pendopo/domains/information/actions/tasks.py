"""Tasks of units: PPID Utama asks several at once; each answers, gives back, talks. No unit learns who asks."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import LIVE_TASKS, TaskStatus
from pendopo.base.files.models import File
from pendopo.base.organizations.models import Organization
from pendopo.domains.information import naming, task_clocks, telling_desk
from pendopo.domains.information.actions.checking import begin_work
from pendopo.domains.information.actions.common import find_request, lock_request, remember
from pendopo.domains.information.models import InformationRequest, UnitTask, UnitTaskFile, UnitTaskNote
from pendopo.domains.information.policy import desk as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean, clean_line

MOST_TASKS = 20  # live ones of one request
MIN_WORDS = 5


@dataclass(frozen=True)
class Part:
    """What one unit is asked for. Without `due_on` the rule gives the day."""

    office_id: int
    instruction: str
    due_on: dt.date | None = None


@transaction.atomic
def split(*, request_id: int, parts: Sequence[Part], by: User, now: dt.datetime) -> list[UnitTask]:
    """Ask several units at once, each for its part; all or none. The request stays with PPID Utama."""
    request = find_request(request_id, by)
    require(policy.may_split, by, request)
    offices = {o.pk: o for o in Organization.objects.filter(pk__in=[p.office_id for p in parts], active=True)}
    if not parts or any(part.office_id not in offices for part in parts):
        raise Refused(_("Pilih perangkat daerah yang masih aktif."))
    if request.tasks.filter(status__in=LIVE_TASKS).count() + len(parts) > MOST_TASKS:
        raise Refused(_("Paling banyak %(n)s tugas berjalan untuk satu permohonan.") % {"n": MOST_TASKS})
    begin_work(request, by=by, now=now)
    made = [_ask(request, offices[part.office_id], part, by=by, now=now) for part in parts]
    request.touch(now=now)
    return made


def _ask(
    request: InformationRequest, office: Organization, part: Part, *, by: User, now: dt.datetime
) -> UnitTask:
    words = clean(part.instruction)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis apa yang diminta dari %(office)s.") % {"office": office.name})
    if part.due_on is not None and part.due_on <= clock.local_date(now):
        raise Refused(_("Batas untuk %(office)s paling cepat besok.") % {"office": office.name})
    if naming.names_the_person(request, words):
        raise Refused(
            _("Arahan memuat nama atau kontak pemohon. PPID Pelaksana tidak perlu mengetahuinya; hapus dulu.")
        )
    task = UnitTask(case=request, office=office, instruction=words, asked_by=by, asked_at=now)
    measured = task_clocks.new(task, due_on=part.due_on, now=now)
    task.save()
    measured.task = task
    measured.save()
    remember(request, "task_added", by=by, now=now, facts={"target": office.name})
    telling_desk.tell_unit(task, "information.task", now=now, once="new")
    return task


def find(task_id: int, by: User) -> tuple[InformationRequest, UnitTask]:
    """Request and task, locked in this order: of two units that answer at once the second sees both.

    Raises UnitTask.DoesNotExist when it is not this person's business.
    """
    seen = UnitTask.objects.visible_to(by).get(pk=task_id)
    request = lock_request(seen.case_id)
    tasks = UnitTask.objects.select_for_update(of=("self",)).select_related("office")
    task = tasks.get(pk=seen.pk)
    task.case = request
    return request, task


def _for_asked(task_id: int, by: User) -> tuple[InformationRequest, UnitTask]:
    request, task = find(task_id, by)
    require(policy.may_do_task, by, task)
    return request, task


def _for_asking(task_id: int, by: User) -> tuple[InformationRequest, UnitTask]:
    request, task = find(task_id, by)
    require(policy.may_lead_task, by, request)
    return request, task


def _without_the_person(request: InformationRequest, words: str, *, field: str) -> None:
    """For words that the unit will read."""
    if naming.names_the_person(request, words):
        raise Refused(_("Pesan memuat nama atau kontak pemohon. Hapus dulu."), field=field)


def _still_live(task: UnitTask) -> None:
    if not task.is_live:
        raise Refused(_("Tugas ini sudah berakhir."))


@transaction.atomic
def accept(*, task_id: int, by: User, now: dt.datetime) -> UnitTask:
    """The asked unit says: we look for it."""
    request, task = _for_asked(task_id, by)
    if task.status != TaskStatus.OPEN:
        raise Refused(_("Tugas ini sudah diterima atau sudah berakhir."))
    task.move_to(TaskStatus.ACCEPTED)
    task.accepted_at = now
    task.save(update_fields=["accepted_at"])
    request.touch(now=now)
    remember(request, "task_accepted", by=by, now=now, facts={"target": task.office.name})
    return task


@transaction.atomic
def answer(
    *, task_id: int, result: str, held: bool | None, proposes_exemption: bool = False, files: Sequence[File] = (),
    by: User, now: dt.datetime,
) -> UnitTask:  # fmt: skip
    """The unit's answer: does it hold the information, what did it find, should some of it be withheld?"""
    request, task = _for_asked(task_id, by)
    _still_live(task)
    words = clean(result)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis singkat apa yang ditemukan."), field="result")
    if held is None:
        raise Refused(_("Pilih apakah informasi ini dikuasai."), field="held")
    if held is False and (files or proposes_exemption):
        raise Refused(
            _("Yang tidak dikuasai tidak punya berkas dan tidak dapat diusulkan dikecualikan."), field="held"
        )
    task.move_to(TaskStatus.DONE)
    task.result, task.held, task.proposes_exemption, task.done_at = words, held, proposes_exemption, now
    task.save(update_fields=["result", "held", "proposes_exemption", "done_at"])
    task_clocks.stop(task, now=now)
    UnitTaskFile.objects.bulk_create(UnitTaskFile(task=task, file=file, at=now) for file in files)
    request.touch(now=now)
    remember(request, "task_done", by=by, now=now, facts={"target": task.office.name})
    left = request.tasks.filter(status__in=LIVE_TASKS).exists()
    event = "information.task_done" if left else "information.tasks_done"
    telling_desk.tell_lead(task, event, now=now, once=f"{now.timestamp():.0f}")
    return task


@transaction.atomic
def give_back(*, task_id: int, reason: str, by: User, now: dt.datetime) -> UnitTask:
    """ "Bukan kami", with the reason that PPID Utama needs to ask the right unit."""
    request, task = _for_asked(task_id, by)
    _still_live(task)
    _end(request, task, TaskStatus.RETURNED, reason, by=by, now=now)
    telling_desk.tell_lead(task, "information.task_back", now=now, once="back")
    return task


@transaction.atomic
def cancel(*, task_id: int, reason: str, by: User, now: dt.datetime) -> UnitTask:
    """PPID Utama no longer needs it."""
    request, task = _for_asking(task_id, by)
    _still_live(task)
    _without_the_person(request, reason, field="reason")
    _end(request, task, TaskStatus.CANCELLED, reason, by=by, now=now)
    telling_desk.tell_unit(task, "information.task_ended", now=now, once="cancelled")
    return task


def _end(
    request: InformationRequest,
    task: UnitTask,
    status: str,
    reason: str,
    *,
    by: User | None,
    now: dt.datetime,
) -> None:
    words = clean_line(reason)[:300]
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis alasannya supaya yang lain tahu."), field="reason")
    task.move_to(status)
    task.end_reason = words
    task.save(update_fields=["end_reason"])
    task_clocks.stop(task, now=now)
    request.touch(now=now)
    verb = "task_returned" if status == TaskStatus.RETURNED else "task_cancelled"
    remember(request, verb, by=by, now=now, facts={"target": task.office.name, "reason": words})


@transaction.atomic
def ask_again(*, task_id: int, reason: str, by: User, now: dt.datetime) -> UnitTask:
    """The answer was not enough: the task opens again with a new clock, and says why."""
    request, task = _for_asking(task_id, by)
    require(policy.may_split, by, request)
    if task.status != TaskStatus.DONE:
        raise Refused(_("Hanya tugas yang sudah dijawab dapat diminta lagi."))
    words = clean(reason)
    if len(words) < MIN_WORDS:
        raise Refused(_("Tulis apa yang masih kurang."), field="reason")
    _without_the_person(request, words, field="reason")
    task.move_to(TaskStatus.OPEN)
    task.accepted_at = task.done_at = None
    task_clocks.restart(task, now=now)
    task.save(update_fields=["accepted_at", "done_at", "due_on"])
    UnitTaskNote.objects.create(task=task, body=words, author=by, office=request.office, at=now)
    request.touch(now=now)
    remember(request, "task_again", by=by, now=now, facts={"target": task.office.name})
    telling_desk.tell_unit(task, "information.task", now=now, once=f"again-{now.timestamp():.0f}")
    return task


@transaction.atomic
def note(*, task_id: int, key: uuid.UUID, body: str, by: User, now: dt.datetime) -> UnitTaskNote:
    """Words to the other side. The key of the form makes a double click one note."""
    request, task = find(task_id, by)
    leads, does = policy.may_lead_task(by, request), policy.may_do_task(by, task)
    if not (leads or does):
        raise NotAllowed("may_note_task")
    words = clean(body)
    if not words:
        raise Refused(_("Tulis pesannya dulu."), field="body")
    _without_the_person(request, words, field="body")
    office = task.office if does else request.office
    written, fresh = UnitTaskNote.objects.get_or_create(
        pk=key, defaults={"task": task, "body": words, "author": by, "office": office, "at": now}
    )
    if written.task_id != task.pk:
        raise NotAllowed("note")
    if fresh:
        remember(request, "task_noted", by=by, now=now, facts={"target": task.office.name})
        tell = telling_desk.tell_lead if does else telling_desk.tell_unit
        tell(task, "information.task_note", now=now, once=str(key))
    return written


def end_with_case(request: InformationRequest, *, by: User | None, now: dt.datetime) -> None:
    """The locked request was decided or ended: no unit has to look any more."""
    live = request.tasks.filter(status__in=LIVE_TASKS).select_for_update(of=("self",))
    with override("id"):  # kept, and read by a unit, whatever language the requester reads
        why = _("Permohonannya sudah diputus atau diakhiri.")
    for task in live.select_related("office"):
        task.case = request
        _end(request, task, TaskStatus.CANCELLED, why, by=by, now=now)
        telling_desk.tell_unit(task, "information.task_ended", now=now, once="case")
