"""A request that an officer writes down at the counter: its documents seen on the spot or sealed, then as any other."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pendopo.base.accounts.models import User
from pendopo.base.files import sealed
from pendopo.base.files.examine import Examined
from pendopo.domains.information.actions import intake
from pendopo.domains.information.actions.intake import NewRequest
from pendopo.domains.information.models import InformationRequest, ProofKind, RequestDraft
from pendopo.domains.information.policy import requests as policy
from pendopo.domains.information.sealing import HOST, NewProof, new_proof
from pendopo.kernel import clock
from pendopo.kernel.errors import require

_NOON = dt.time(12)


@transaction.atomic
def enter(
    *,
    key: uuid.UUID,
    form: Mapping[str, Any],
    kinds: Sequence[ProofKind],
    number: str,
    scans: Mapping[ProofKind, Examined],
    shown: bool,
    received_on: dt.date,
    by: User,
    now: dt.datetime,
) -> InformationRequest:
    """Write the request down; `form` are the fields of NewRequest. The same `key` makes one request.

    `kinds` are the documents that the requester needs; the first carries the `number`. Shown ones are accepted and
    only the hash of the number stays; scanned ones wait sealed for a verdict. Raises NotAllowed, Refused, NoPPID.
    """
    require(policy.may_enter, by)
    made = RequestDraft.objects.filter(pk=key, request__isnull=False).select_related("request").first()
    if made is not None and made.request is not None:
        return made.request
    proofs = _shown(kinds, number) if shown else _scanned(kinds, number, scans, by=by, now=now)
    new = NewRequest(**form, proofs=proofs)
    return intake.enter(new=new, by=by, received_at=_moment(received_on, now), key=key, shown=shown, now=now)


def _shown(kinds: Sequence[ProofKind], number: str) -> list[NewProof]:
    return [new_proof(kind, number if place == 0 else "") for place, kind in enumerate(kinds)]


def _scanned(
    kinds: Sequence[ProofKind],
    number: str,
    scans: Mapping[ProofKind, Examined],
    *,
    by: User,
    now: dt.datetime,
) -> list[NewProof]:
    found = []
    for place, kind in enumerate(kinds):
        its_number = number if place == 0 else ""
        if scan := scans.get(kind):
            found.append(new_proof(kind, its_number, sealed.seal(upload=scan, by=by, now=now, host=HOST).pk))
        elif its_number:
            found.append(new_proof(kind, its_number))
    return found


def _moment(day: dt.date, now: dt.datetime) -> dt.datetime:
    """The moment of receipt: now for today, noon for a day in the past, which is all the counter knows."""
    if day == clock.local_date(now):
        return now
    return dt.datetime.combine(day, _NOON, timezone.get_current_timezone())
