"""Several reports of one thing: one parent is worked on, its children follow it and can come back.

Everything about one merging is in its `Merging` row; `Report.merged_into` repeats what holds now. Decision 0011.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.cases.models import LIVE_TASKS, MessageKind
from pendopo.domains.reports import merged_clocks, policy, telling
from pendopo.domains.reports.actions.closing import reopen_until, reopened
from pendopo.domains.reports.actions.common import (
    CITIZEN_LABEL,
    end_merging,
    find_for_reporter,
    find_for_staff,
    remember,
    write_message,
)
from pendopo.domains.reports.models import CLOSED, FINAL, Merging, Report, ReportTask, Status
from pendopo.kernel.errors import NotAllowed, Refused, require
from pendopo.kernel.text import clean

MOST_AT_ONCE = 200  # children in one act; more belongs into several


@transaction.atomic
def merge(*, into: int, children: Collection[int], by: User, now: dt.datetime) -> list[Report]:
    """Make the reports with the ids `children` children of the report with the id `into`: all or none.

    Returns those that were merged now; one that already is a child of this parent is left alone, so that doing
    it twice does nothing. A parent that is a child itself stands for its own parent. Children of a child move
    along. Raises Report.DoesNotExist (not on this person's desk), NotAllowed, and Refused with a sentence that
    names the report for everything else: ended parent, other office, secret, cycle, busy row.
    """
    wanted = set(children)
    if not wanted or len(wanted) > MOST_AT_ONCE:
        words = _("Pilih sedikitnya satu dan paling banyak %(n)s laporan untuk digabungkan.")
        raise Refused(words % {"n": MOST_AT_ONCE}, field="children")
    parent, found = _find(into, wanted, by)
    fresh = [child for child in found if child.merged_into_id not in {parent.pk, *wanted}]
    _check_parent(parent)
    busy = set(
        ReportTask.objects.filter(case__in=fresh, status__in=LIVE_TASKS).values_list("case_id", flat=True)
    )
    for child in fresh:
        _check_child(child, parent, by, has_open_task=child.pk in busy)
    for child in fresh:
        _join(child, parent, by=by, now=now)
    if any(not child.secret for child in fresh):  # a secret one leaves no trace on its parent
        parent.touch(now=now)
    return fresh


def _find(into: int, wanted: set[int], by: User) -> tuple[Report, list[Report]]:
    """Parent and children, all on this person's desk, locked in one order so that two merges cannot cross."""
    desk = Report.objects.desk_of(by)
    target = desk.get(pk=into)
    into = target.merged_into_id or target.pk
    if into in wanted:
        raise Refused(_("Sebuah laporan tidak dapat digabung dengan dirinya sendiri."), field="into")
    try:
        with transaction.atomic():
            rows = desk.filter(pk__in={into, *wanted}).select_for_update(of=("self",)).order_by("pk")
            locked = {one.pk: one for one in rows.select_related("office", "category")}
    except OperationalError:  # a colleague merges the same the other way round; one of both stops waiting
        raise Refused(_("Laporan ini sedang diubah rekan lain. Coba sekali lagi.")) from None
    if set(locked) != {into, *wanted}:
        raise Report.DoesNotExist
    return locked.pop(into), list(locked.values())


def _check_parent(parent: Report) -> None:
    if parent.status == Status.MERGED:  # while we waited for the lock
        raise Refused(
            _("Laporan induk %(code)s baru saja digabung dengan laporan lain.") % {"code": parent.code},
            field="into",
        )
    if parent.status in FINAL:
        raise Refused(
            _("Laporan induk %(code)s sudah selesai. Buka lagi dulu, atau kerjakan laporan ini tersendiri.")
            % {"code": parent.code},
            field="into",
        )
    if parent.secret:
        raise Refused(
            _("Laporan rahasia tidak dapat menjadi induk: pelapor lain akan tahu bahwa laporan itu ada."),
            field="into",
        )


def _check_child(child: Report, parent: Report, by: User, *, has_open_task: bool) -> None:
    named = {"code": child.code}
    if child.status == Status.MERGED:
        raise Refused(
            _("%(code)s sudah digabung dengan laporan lain. Pisahkan dulu.") % named, field="children"
        )
    if not policy.is_mergeable(child):
        raise Refused(
            _("%(code)s sudah ditanggapi atau selesai, jadi tidak dapat digabung.") % named, field="children"
        )
    if child.secret and child.office_id != parent.office_id:
        raise Refused(
            _("%(code)s rahasia: hanya dapat digabung dengan laporan di kantor yang sama.") % named,
            field="children",
        )
    if not policy.may_join(by, child, parent):
        raise Refused(
            _("%(code)s ada di kantor lain. Minta koordinator menggabungkannya.") % named, field="children"
        )
    if child.closure_proposed or has_open_task:
        raise Refused(
            _("%(code)s masih menunggu pemeriksaan bukti atau bantuan kantor lain. Selesaikan dulu.") % named,
            field="children",
        )


def _join(child: Report, parent: Report, *, by: User, now: dt.datetime) -> None:
    row = Merging.objects.create(child=child, parent=parent, status_before=child.status, by=by, at=now)
    # Its own children come along, also those that this person may not see: one level holds for all.
    child.duplicates.update(merged_into=parent)
    Merging.objects.filter(parent=child, ended_at=None).exclude(pk=row.pk).update(
        parent=parent, came_with=row
    )
    child.merged_into = parent
    child.touch("merged_into", now=now)
    child.move_to(Status.MERGED, now=now)
    merged_clocks.halt(child, now=now)
    remember(child, "joined", by=by, now=now, public=True, facts={"other": parent.code})
    if not child.secret:
        remember(parent, "merged", by=by, now=now, facts={"other": child.code})
    telling.tell_reporter(child, "reports.merged", now=now, once=f"m{row.pk}")
    telling.tell_followers(child, "reports.update", now=now, once=f"m{row.pk}")


@transaction.atomic
def unmerge(*, child: int, by: User, now: dt.datetime) -> Report:
    """Take a report out of its parent: state, clocks and queue are those from before. Returns it.

    Its own former children, which had moved along, come back to it. Raises Report.DoesNotExist, NotAllowed.
    """
    report = find_for_staff(child, by)
    require(policy.may_unmerge, by, report)
    parent = report.merged_into
    row = end_merging(report, by=by, now=now)
    assert parent is not None
    report.move_to(row.status_before, now=now)
    report.merged_into = None
    report.touch("merged_into", now=now)
    merged_clocks.revive(report, halted_at=row.at, now=now)
    _bring_back(row, report)
    remember(report, "parted", by=by, now=now, public=True, facts={"other": parent.code})
    if not report.secret:
        remember(parent, "unmerged", by=by, now=now, facts={"other": report.code})
    telling.tell_reporter(report, "reports.unmerged", now=now, once=f"m{row.pk}")
    telling.tell_followers(report, "reports.update", now=now, once=f"u{row.pk}")
    return report


def _bring_back(row: Merging, report: Report) -> None:
    moved: Sequence[int] = list(row.brought.filter(ended_at=None).values_list("child_id", flat=True))
    Report.objects.filter(pk__in=moved).update(merged_into=report)
    row.brought.filter(ended_at=None).update(parent=report, came_with=None)


def object_until(parent: Report) -> dt.date | None:
    """Last day on which a child's reporter may say "belum beres", None while there is nothing to say it to."""
    return reopen_until(parent) if parent.status in {Status.ANSWERED, *CLOSED} else None


@transaction.atomic
def object_to_closing(
    *, report_id: int, holding: Collection[int], by: Any, reason: str, today: dt.date, now: dt.datetime
) -> Report:
    """ "Belum beres" from a child's reporter: the own report leaves the group and is worked on again.

    It goes to the office that answered the parent; a secret one stays at its own. The parent's own reporter is
    not overruled, and learns nothing. Raises Report.DoesNotExist, NotAllowed, Refused.
    """
    report = find_for_reporter(report_id, by, holding)
    require(policy.speaks_as_reporter, by, report, holding=holding)
    if report.status != Status.MERGED or report.merged_into is None:
        raise NotAllowed("object_to_closing")
    parent = report.merged_into
    limit = object_until(parent)
    if limit is None:
        raise Refused(_("Laporan ini belum dapat dibuka lagi."))
    if today > limit:
        raise Refused(
            _("Batas waktu membuka lagi sudah lewat. Silakan kirim laporan baru dan sebut nomor laporan ini.")
        )
    words = clean(reason)
    if len(words) < 5:
        raise Refused(_("Ceritakan singkat apa yang belum selesai."), field="reason")
    row = end_merging(report, by=None, now=now)
    if not report.secret and report.office_id != parent.office_id:
        report.office, report.handler = parent.office, None
        report.touch("office", "handler", now=now)
    write_message(report, MessageKind.REPLY, words, by=None, now=now, from_office=False)
    reopened(report, by=None, now=now, label=CITIZEN_LABEL)
    _bring_back(row, report)
    return report
