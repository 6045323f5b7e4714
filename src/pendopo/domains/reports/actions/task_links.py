"""Handing a task to somebody without an account: make a link, open it, hear from its holder, decide, revoke."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.models import TaskStatus
from pendopo.base.files.models import File
from pendopo.domains.reports import policy, task_telling
from pendopo.domains.reports.actions import tasks
from pendopo.domains.reports.actions.common import remember
from pendopo.domains.reports.models import Report, ReportTask, TaskFile, TaskLink, TaskPolicy, TaskUpdate
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.text import clean, clean_line

MOST_LINKS = 10  # that still open one task
HOLDER = "Pemegang tautan"
Kind = TaskUpdate.Kind


class LinkGone(Exception):
    """Unknown, revoked, out of date, or its task has ended. Nobody is told which."""


@dataclass(frozen=True)
class Holder:
    """To whom a link is given."""

    name: str
    role: str
    phone: str = ""
    email: str = ""


def _may_hand_on(by: User, report: Report, task: ReportTask) -> None:
    if not (policy.may_do_task(by, task) or policy.may_lead_task(by, report)):
        raise NotAllowed("may_hand_on")


@transaction.atomic
def make(
    *,
    task_id: int,
    key: uuid.UUID,
    holder: Holder,
    expires_at: dt.datetime | None,
    by: User,
    now: dt.datetime,
) -> TaskLink:
    """A link for one person. Without a day the policy row says how long. The key makes a double click one link."""
    report, task = tasks.find(task_id, by)
    _may_hand_on(by, report, task)
    if not task.is_live:
        raise Refused(_("Tugas ini sudah berakhir."))
    if not (clean_line(holder.name) and clean_line(holder.role)):
        raise Refused(_("Tulis siapa yang akan memegang tautan ini."))
    until = expires_at or now + dt.timedelta(days=TaskPolicy.now().link_days)
    if until <= now:
        raise Refused(_("Tanggal akhirnya sudah lewat."), field="until")
    if task.links.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_LINKS:
        raise Refused(_("Sudah ada %(n)s tautan. Cabut yang tidak dipakai.") % {"n": MOST_LINKS})
    link, fresh = TaskLink.objects.get_or_create(
        pk=key,
        defaults={
            "task": task, "name": clean_line(holder.name)[:80], "role": clean_line(holder.role)[:80],
            "phone": holder.phone, "email": holder.email, "made_by": by, "made_at": now, "expires_at": until,
        },
    )  # fmt: skip
    if link.task_id != task.pk:
        raise NotAllowed("link")
    if fresh:
        facts = {"target": task.office.name, "role": link.role}
        remember(report, "link_made", by=by, now=now, facts=facts)
    return link


@transaction.atomic
def revoke(*, task_id: int, link_id: uuid.UUID, by: User, now: dt.datetime) -> TaskLink:
    """The link opens nothing from now on. Revoking twice changes nothing."""
    report, task = tasks.find(task_id, by)
    _may_hand_on(by, report, task)
    link = TaskLink.objects.select_for_update().filter(pk=link_id, task=task).first()
    if link is None:
        raise NotAllowed("link")
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        facts = {"target": task.office.name, "role": link.role}
        remember(report, "link_revoked", by=by, now=now, facts=facts)
    return link


def live_link(link_id: uuid.UUID, *, now: dt.datetime) -> TaskLink:
    """The link with task and report while it opens anything. Raises LinkGone."""
    links = TaskLink.objects.select_related(
        "task__office", "task__case__category", "task__case__region__parent"
    )
    link = links.filter(pk=link_id, revoked_at=None, expires_at__gt=now, task__case__secret=False).first()
    if link is None or not link.task.is_live:
        raise LinkGone
    return link


@transaction.atomic
def open_link(*, link_id: uuid.UUID, now: dt.datetime) -> TaskLink:
    """Count an opening and write it down with its time. Raises LinkGone."""
    link = live_link(link_id, now=now)
    TaskLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=now)
    record(
        actor=None, actor_label=HOLDER, verb="reports.link_opened", subject=link.task, at=now,
        organization=link.task.office_id, facts={"role": link.role},
    )  # fmt: skip
    return link


@transaction.atomic
def send_update(
    *, link_id: uuid.UUID, key: uuid.UUID, kind: str, words: str, files: Sequence[File], now: dt.datetime
) -> TaskUpdate:
    """What the holder tells. It waits for an officer and changes nothing by itself. Raises LinkGone, Refused."""
    seen = live_link(link_id, now=now)
    report, task = tasks.lock(seen.task)
    link = live_link(link_id, now=now)  # once more: the lock may have waited for its end
    earlier = TaskUpdate.objects.filter(pk=key).first()
    if earlier is not None:
        if earlier.link_id != link.pk:
            raise LinkGone
        return earlier
    said = clean(words)[:2000]
    if kind == Kind.DONE and not (files or len(said) >= tasks.MIN_WORDS):
        raise Refused(_("Tulis apa yang sudah dikerjakan, atau sertakan foto."), field="words")
    if kind == Kind.NOT_MINE and len(said) < tasks.MIN_WORDS:
        raise Refused(_("Tulis singkat mengapa ini bukan tugas Anda."), field="words")
    update = TaskUpdate.objects.create(pk=key, link=link, kind=kind, words=said, at=now)
    TaskFile.objects.bulk_create(TaskFile(task=task, update=update, file=file, at=now) for file in files)
    facts = {"role": link.role, "target": task.office.name, "kind": Kind(kind).label}
    remember(report, "link_sent", by=None, label=HOLDER, now=now, facts=facts)
    task_telling.tell_asked(task, "reports.task_update", now=now, once=str(key))
    return update


@transaction.atomic
def decide(
    *, task_id: int, update_id: uuid.UUID, take: bool, words: str = "", by: User, now: dt.datetime
) -> TaskUpdate:
    """An officer takes the news over as the task's own, or leaves it aside. Decided twice changes nothing.

    `words` replace what the holder wrote as the result of the task.
    """
    report, task = tasks.find(task_id, by)
    _may_hand_on(by, report, task)
    updates = TaskUpdate.objects.select_for_update(of=("self",)).select_related("link")
    update = updates.filter(pk=update_id, link__task=task).first()
    if update is None:
        raise NotAllowed("update")
    if update.accepted is not None:
        return update
    update.accepted, update.decided_by, update.decided_at = take, by, now
    update.save(update_fields=["accepted", "decided_by", "decided_at"])
    facts = {"kind": Kind(update.kind).label}
    remember(report, "link_accepted" if take else "link_refused", by=by, now=now, facts=facts)
    if take:
        _take_over(report, task, update, words, by=by, now=now)
    return update


def _take_over(
    report: Report, task: ReportTask, update: TaskUpdate, words: str, *, by: User, now: dt.datetime
) -> None:
    if update.kind == Kind.STARTED and task.status == TaskStatus.OPEN:
        tasks.begin(report, task, by=by, now=now)
    elif update.kind == Kind.DONE and task.is_live:
        said = (
            clean(words)
            or update.words
            or _("Dikerjakan %(role)s; lihat fotonya.") % {"role": update.link.role}
        )
        tasks.end_done(report, task, result=said, files=[], by=by, now=now)
    elif update.kind == Kind.NOT_MINE and update.link.revoked_at is None:
        update.link.revoked_at = now
        update.link.save(update_fields=["revoked_at"])
