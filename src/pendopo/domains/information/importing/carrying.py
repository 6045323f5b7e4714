"""Bringing a table in: kept and judged first, written only when confirmed; killed, it goes on where it stopped."""

import datetime as dt
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.files.actions import store
from pendopo.base.files.examine import DATA, Examined
from pendopo.base.files.refusals import FileRefused
from pendopo.base.organizations.models import Organization
from pendopo.domains.information.actions import keeping
from pendopo.domains.information.importing import tables
from pendopo.domains.information.importing.judging import Judge, Judged, RowRefused
from pendopo.domains.information.models import ImportState, Item, ItemImport, ItemStatus
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused, require

AT_ONCE = 100
_RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)


@transaction.atomic
def start(
    *, upload: Examined, office: Organization, update: bool, propose: bool, by: User, now: dt.datetime
) -> ItemImport:
    """Keep the file and let a job judge its rows. Raises NotAllowed and FileRefused."""
    require(policy.may_keep, by, office.pk)
    file = store(upload=upload, by=by, now=now, allowed=DATA)
    batch: ItemImport = ItemImport.objects.create(
        file=file, office=office, update=update, propose=propose, by=by, at=now
    )
    read_table.defer(import_id=str(batch.pk))
    return batch


@app.task(name="information.read_table", queue="imports", retry=_RETRY)
def read_table(import_id: str) -> None:
    """The job behind `start`: judge every row, write nothing but the verdict."""
    batch = ItemImport.objects.select_related("file", "office", "by").get(pk=import_id)
    if batch.state == ImportState.WAITING:
        judge_all(batch, now=clock.now())


def judge_all(batch: ItemImport, *, now: dt.datetime) -> None:
    """Accepted rows are kept for writing, refused ones with column and sentence."""
    with default_storage.open(batch.file.key) as stored:
        data = stored.read()
    try:
        places, rows = tables.read(data, batch.file.kind)
    except (tables.Unreadable, FileRefused) as no:
        batch.state, batch.problem, batch.finished_at = ImportState.REFUSED, str(no)[:300], now
        batch.save()
        return
    judge = Judge(office=batch.office, update=batch.update, by=batch.by, now=now)
    accepted, refused = [], []
    for number, cells in rows:
        row = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        try:
            judge.judge(row)
        except RowRefused as no:
            refused.append(_refusal(number, row, no))
        else:
            accepted.append([number, row])
    batch.rows, batch.refused = accepted, refused
    batch.total, batch.accepted, batch.state = len(rows), len(accepted), ImportState.CHECKED
    batch.save()


def _refusal(number: int, row: dict[str, str], no: RowRefused) -> dict[str, Any]:
    cells = {key: cell if cell != tables.FORMULA else "" for key, cell in row.items()}
    return {"row": number, "column": no.column, "reason": str(no), "cells": cells}


@transaction.atomic
def confirm(*, import_id: Any, by: User, now: dt.datetime) -> ItemImport:
    """Write the accepted rows. Pressed twice it is one writing. Raises ItemImport.DoesNotExist and Refused."""
    batch: ItemImport = ItemImport.objects.visible_to(by).select_for_update(of=("self",)).get(pk=import_id)
    if batch.state in (ImportState.RUNNING, ImportState.DONE):
        return batch
    if batch.state != ImportState.CHECKED or not batch.accepted:
        raise Refused(_("Tidak ada baris yang dapat dimasukkan dari berkas ini."))
    batch.state = ImportState.RUNNING
    batch.save(update_fields=["state"])
    record(
        actor=by, verb="information.import_started", subject=None, organization=batch.office_id,
        facts={"name": batch.file.name, "rows": batch.accepted}, at=now,
    )  # fmt: skip
    write_table.defer(import_id=str(batch.pk))
    return batch


@app.task(name="information.write_table", queue="imports", retry=_RETRY)
def write_table(import_id: str) -> None:
    """The job behind `confirm`."""
    carry_out(import_id, now=clock.now())


def carry_out(import_id: Any, *, now: dt.datetime) -> None:
    """Write what is left, `AT_ONCE` rows a transaction. Two runs at once share the work safely."""
    batch = (
        ItemImport.objects.select_related("office", "by")
        .filter(pk=import_id, state=ImportState.RUNNING)
        .first()
    )
    if batch is None:
        return
    judge = Judge(office=batch.office, update=batch.update, by=batch.by, now=now)
    while _some(import_id, judge, now):
        pass


@transaction.atomic
def _some(import_id: Any, judge: Judge, now: dt.datetime) -> bool:
    """The next rows. False when the file is finished."""
    rows = ItemImport.objects.select_for_update(of=("self",)).select_related("by", "file")
    batch = rows.get(pk=import_id)
    if batch.state != ImportState.RUNNING:
        return False
    for number, row in batch.rows[batch.next_row : batch.next_row + AT_ONCE]:
        _write(batch, number, row, judge, now)
    batch.next_row = min(batch.next_row + AT_ONCE, len(batch.rows))
    finished = batch.next_row >= len(batch.rows)
    if finished:
        batch.state, batch.rows, batch.finished_at = ImportState.DONE, [], now
        record(
            actor=batch.by, verb="information.import_done", subject=None, organization=batch.office_id,
            facts={"name": batch.file.name, "created": batch.created, "updated": batch.updated}, at=now,
        )  # fmt: skip
    batch.save()
    return not finished


def _write(batch: ItemImport, number: int, row: dict[str, str], judge: Judge, now: dt.datetime) -> None:
    """One row; what has become impossible since it was judged joins the refused ones."""
    try:
        with transaction.atomic():
            judged = judge.judge(row)
            _bring_in(batch, judged, now)
    except RowRefused as no:
        batch.refused.append(_refusal(number, row, no))
    except (Refused, NotAllowed, Item.DoesNotExist) as no:
        sentence = str(no) if isinstance(no, Refused) else _("Entri ini tidak dapat Anda ubah.")
        batch.refused.append(_refusal(number, row, RowRefused(sentence)))
    else:
        batch.created += judged.known is None
        batch.updated += judged.known is not None


def _bring_in(batch: ItemImport, judged: Judged, now: dt.datetime) -> None:
    if judged.known is None:
        item = keeping.draft(office_id=judged.office_id, entry=judged.entry, by=batch.by, now=now)
    else:
        item = keeping.edit(item_id=judged.known, seen=None, entry=judged.entry, by=batch.by, now=now)
    if batch.propose and item.status in (ItemStatus.DRAFT, ItemStatus.RETURNED):
        keeping.propose(item_id=item.pk, seen=None, by=batch.by, now=now)
