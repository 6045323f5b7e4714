"""Running a batch: case by case, each in its own transaction, each exactly once."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import InterfaceError, OperationalError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.cases.desk import BulkVerb, DeskKind, desk_kinds
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition
from pendopo.surfaces.desk.models import Batch, BatchItem, BatchStatus, Outcome

logger = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]


def run(*, batch_id: int, now: Clock) -> Batch | None:
    """Do what is left of a batch. Gives the batch back when its time has not come, None otherwise.

    Case and outcome are written in one transaction: after kill -9 the next run skips what is done.
    """
    batch = _begin(batch_id, now())
    if batch is None or batch.can_be_undone:
        return batch
    kind = desk_kinds.get(batch.kind)
    assert kind is not None, batch.kind
    verb = verb_of(kind, batch.verb)
    with override(batch.by.language):
        data, problem = _read(verb, batch)
        waiting = BatchItem.objects.filter(batch=batch, outcome=Outcome.WAITING)
        for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
            _run_one(pk, kind, verb, batch, data, problem=problem, now=now())
    _finish(batch.pk, verb, now())
    return None


def verb_of(kind: DeskKind, key: str) -> BulkVerb:
    """The bulk verb of that name. Raises KeyError."""
    return {verb.key: verb for verb in kind.bulk}[key]


def form_of(verb: BulkVerb, user: Any, data: Any = None) -> forms.Form:
    form_class = verb.form or forms.Form
    return form_class(data, **(verb.form_kwargs(user) if verb.form else {}))


@transaction.atomic
def _begin(batch_id: int, now: dt.datetime) -> Batch | None:
    """The batch, running from here on; None when nothing is left to do. From here it cannot be undone."""
    found = Batch.objects.select_for_update(of=("self",)).select_related("by")
    batch: Batch | None = found.filter(pk=batch_id).first()
    if batch is None or not batch.is_open:
        return None
    if batch.can_be_undone and now >= batch.runs_at:
        batch.move_to(BatchStatus.RUNNING, now=now)
    return batch


def _read(verb: BulkVerb, batch: Batch) -> tuple[Mapping[str, Any], str]:
    """What was typed, as values; and a sentence when it does not hold any more (an office was closed)."""
    typed = QueryDict(mutable=True)
    for name, values in batch.values.items():
        typed.setlist(name, values)
    form = form_of(verb, batch.by, typed)
    if form.is_valid():
        return form.cleaned_data, ""
    return {}, next(str(errors[0]) for errors in form.errors.values())


@transaction.atomic
def _run_one(
    item_id: int,
    kind: DeskKind,
    verb: BulkVerb,
    batch: Batch,
    data: Mapping[str, Any],
    *,
    problem: str,
    now: Any,
) -> None:
    """One case: its lock, its act and its outcome together. A second run of the same item does nothing."""
    item = BatchItem.objects.select_for_update().filter(pk=item_id, outcome=Outcome.WAITING).first()
    if item is None:
        return
    try:
        with transaction.atomic():
            item.left_at_version = _act(item, kind, verb, batch.by, data, problem=problem, now=now)
        item.outcome = Outcome.DONE
    except Refused as refusal:
        item.outcome, item.reason = Outcome.REFUSED, str(refusal)[:300]
    except (NotAllowed, RefusedTransition):
        item.outcome, item.reason = Outcome.REFUSED, _("Keadaan kasus ini berubah, jadi tidak dijalankan.")
    except (OperationalError, InterfaceError):
        raise  # the database is away: the job comes again and goes on here
    except Exception:
        logger.exception("batch %s stumbled over item %s", batch.pk, item.pk)
        item.outcome, item.reason = (
            Outcome.FAILED,
            _("Ada gangguan; kasus ini tidak berubah. Coba lagi sendiri."),
        )
    item.save(update_fields=["outcome", "reason", "left_at_version"])


def _act(
    item: BatchItem,
    kind: DeskKind,
    verb: BulkVerb,
    by: User,
    data: Mapping[str, Any],
    *,
    problem: str,
    now: Any,
) -> int:
    """The single act on the locked case; gives the version it left behind. Raises what the action raises."""
    if problem:
        raise Refused(problem)
    cases = kind.model.objects.desk_of(by) if by.is_active else kind.model.objects.none()
    case = kind.prepare_list(cases).select_for_update(of=("self",)).filter(pk=item.case_id).first()
    if case is None:
        raise Refused(_("Tidak lagi di meja Anda."))
    if case.version != item.version and not _own_work(item, case.version, by):
        raise Refused(_("Diubah orang lain setelah Anda memilihnya."))
    if obstacle := verb.obstacle(by, case):
        raise Refused(obstacle)
    verb.run(case, by, data, now)
    version: int = kind.model._default_manager.values_list("version", flat=True).get(pk=case.pk)
    return version


def _own_work(item: BatchItem, version: int, by: User) -> bool:
    """Was the case last changed by another batch of the same person, planned while this one waited or before?"""
    earlier = BatchItem.objects.filter(case_id=item.case_id, left_at_version=version, batch__by=by)
    return earlier.filter(batch__kind=item.batch.kind, outcome=Outcome.DONE).exists()


@transaction.atomic
def _finish(batch_id: int, verb: BulkVerb, now: dt.datetime) -> None:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("by").get(pk=batch_id)
    if batch.status != BatchStatus.RUNNING or batch.items.filter(outcome=Outcome.WAITING).exists():
        return  # another worker holds the last one and will finish
    batch.move_to(BatchStatus.DONE, now=now)
    done = batch.items.filter(outcome=Outcome.DONE).count()
    facts = {"verb": str(verb.label), "count": done, "left": batch.total - done}
    record(actor=batch.by, verb="desk.bulk_done", subject=None, at=now, facts=facts)
