"""Batches: planning one, undoing it within its window, and the sweep that forgets old ones."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.desk import BulkVerb, DeskKind
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.surfaces.desk import jobs
from pendopo.surfaces.desk.models import Batch, BatchItem, BatchStatus

WINDOW = dt.timedelta(seconds=10)
KEPT = dt.timedelta(days=30)
MOST = 10_000


@transaction.atomic
def plan(
    *,
    key: UUID,
    kind: DeskKind,
    verb: BulkVerb,
    values: Mapping[str, Sequence[str]],
    cases: Iterable[Any],
    trail: str,
    by: User,
    now: dt.datetime,
) -> Batch:
    """Write down what will be done to these cases in ten seconds. Row and job are born together.

    The same `key` again gives the batch it made before. Raises NotAllowed when that is somebody else's.
    """
    chosen = list(cases)
    batch: Batch
    batch, made = Batch.objects.get_or_create(
        key=key,
        defaults={
            "by": by, "kind": kind.key, "verb": verb.key, "values": dict(values), "trail": trail[:2000],
            "total": len(chosen), "made_at": now, "runs_at": now + WINDOW,
        },
    )  # fmt: skip
    if batch.by_id != by.pk:
        raise NotAllowed("not the own batch")
    if made:
        BatchItem.objects.bulk_create(
            (BatchItem(batch=batch, case_id=c.pk, code=c.code, version=c.version) for c in chosen),
            batch_size=2000,
        )
        _remember(batch, "planned", verb, now=now)
        jobs.enqueue(batch)
    return batch


@transaction.atomic
def undo(*, key: UUID, verb_label: str = "", by: User, now: dt.datetime) -> Batch:
    """Call a batch back. Possible until its work begins, and never less than ten seconds.

    Raises Batch.DoesNotExist for a foreign one; Refused when the work has begun. Undoing twice is one undo.
    """
    batch: Batch = Batch.objects.visible_to(by).select_for_update().get(key=key)
    if batch.status == BatchStatus.CANCELLED:
        return batch
    if not batch.can_be_undone:
        raise Refused(_("Sudah terlambat untuk membatalkan: tindakan ini sudah dijalankan."))
    batch.move_to(BatchStatus.CANCELLED, now=now)
    _remember(batch, "undone", None, now=now, label=verb_label)
    return batch


def _remember(batch: Batch, what: str, verb: BulkVerb | None, *, now: dt.datetime, label: str = "") -> None:
    """How many and what, never which: the cases' own history says that to those who may read it."""
    facts = {"verb": str(verb.label) if verb else label or batch.verb, "count": batch.total}
    record(actor=batch.by, verb=f"desk.bulk_{what}", subject=None, at=now, facts=facts)


def forget_old(*, now: dt.datetime) -> int:
    """Delete batches that ended a month ago, with the words typed for them; returns how many."""
    old = Batch.objects.filter(ended_at__lt=now - KEPT)
    return old.delete()[1].get("desk.Batch", 0)
