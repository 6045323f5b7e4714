"""A request being written: every step is kept, so a lost connection or a closed browser loses nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.files import sealed
from pendopo.base.files.examine import Examined
from pendopo.base.files.models import SealedFile
from pendopo.domains.information.models import DraftProof, FoundDay, RequestDraft
from pendopo.domains.information.sealing import HOST, NewProof, new_proof
from pendopo.kernel import clock

KEPT_DAYS = 7  # the cookie that finds a draft; how long its row stays is a row of the privacy room


def open_draft(draft_id: UUID | None, *, now: dt.datetime) -> RequestDraft:
    """The draft of this browser, or a new unsaved one; a sent draft is never opened again."""
    found = RequestDraft.objects.filter(pk=draft_id, request=None).first() if draft_id else None
    return found or RequestDraft(created_at=now, updated_at=now)


def find_draft(draft_id: UUID | None) -> RequestDraft | None:
    """The draft of this browser, sent or not: a second click must find the request that the first one made."""
    return RequestDraft.objects.select_related("request").filter(pk=draft_id).first() if draft_id else None


@transaction.atomic
def keep_answers(*, draft: RequestDraft, answers: Mapping[str, Any], now: dt.datetime) -> RequestDraft:
    """Add a step's answers (JSON values) to the draft."""
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = now
    draft.save()
    return draft


@transaction.atomic
def keep_number(*, draft: RequestDraft, kind: str, number: str) -> None:
    """Seal a number beside the document of its kind, in place of an earlier one."""
    made = new_proof(kind, number)
    row = DraftProof.objects.select_for_update().filter(draft=draft, kind=kind).first()
    row = row or DraftProof(draft=draft, kind=kind)
    row.sealed_number, row.number_hash = made.sealed_number, made.number_hash
    row.save()


@transaction.atomic
def keep_files(
    *, draft: RequestDraft, kind: str, files: Sequence[Examined], by: User | None, now: dt.datetime
) -> None:
    """Seal documents of one kind, in place of earlier ones; a number that was kept stays."""
    rows = list(DraftProof.objects.select_for_update().filter(draft=draft, kind=kind))
    _destroy(rows, now=now)
    first = rows[0] if rows else DraftProof(draft=draft, kind=kind)
    for extra in rows[1:]:
        extra.delete()
    for place, file in enumerate(files):
        row = first if place == 0 else DraftProof(draft=draft, kind=kind)
        row.sealed_file = sealed.seal(upload=file, by=by, now=now, host=HOST).pk
        row.save()


def proofs_of(draft: RequestDraft, kinds: Sequence[str]) -> tuple[NewProof, ...]:
    """The draft's documents of these kinds, as the request takes them over."""
    rows = draft.proofs.filter(kind__in=kinds).order_by("pk")
    return tuple(
        NewProof(
            row.kind,
            bytes(row.sealed_number) if row.sealed_number else None,
            row.number_hash,
            row.sealed_file,
        )
        for row in rows
    )


@transaction.atomic
def throw_away(*, draft: RequestDraft, now: dt.datetime) -> None:
    """Forget a draft with everything sealed in it."""
    _destroy(list(draft.proofs.select_for_update()), now=now)
    draft.delete()


def let_go(draft: RequestDraft, taken: Sequence[NewProof], *, now: dt.datetime) -> None:
    """The request has `taken` these documents; others of a sent draft are destroyed, no row stays."""
    kept = {proof.sealed_file for proof in taken}
    _destroy([row for row in draft.proofs.all() if row.sealed_file not in kept], now=now)
    draft.proofs.all().delete()


def _destroy(rows: Sequence[DraftProof], *, now: dt.datetime) -> None:
    for file in SealedFile.objects.filter(pk__in=[row.sealed_file for row in rows if row.sealed_file]):
        sealed.destroy(file, now=now)


@transaction.atomic
def count_found(*, where: str, now: dt.datetime) -> None:
    """Somebody found it without asking. Only the number of the day is kept."""
    row, _new = FoundDay.objects.get_or_create(day=clock.local_date(now), where=where)
    locked = FoundDay.objects.select_for_update().get(pk=row.pk)
    locked.count += 1
    locked.save(update_fields=["count"])
