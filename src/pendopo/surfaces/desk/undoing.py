"""The note with "Batalkan" on the desk's pages: which batches and which quiet act it is about."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pendopo.base.cases.desk import DeskKind, Verb, desk_kinds
from pendopo.kernel import clock
from pendopo.surfaces.desk.models import Batch, BatchStatus, Outcome

OPEN_BATCHES = "desk_batches"  # ids in the session: a page asks the database only while something is open
LAST_ACT = "desk_last_act"
MOST_NOTES = 3


@dataclass(frozen=True)
class Told:
    """A batch in words."""

    batch: Batch
    label: str
    seconds: int
    done: int = 0

    @property
    def left(self) -> int:
        """How many were not done, known when it ended."""
        return self.batch.total - self.done


def told(batch: Batch, now: dt.datetime) -> Told:
    ended = batch.status == BatchStatus.DONE
    done = batch.items.filter(outcome=Outcome.DONE).count() if ended else 0
    return Told(batch, label_of(batch), batch.seconds_left(now), done)


def label_of(batch: Batch) -> str:
    kind = desk_kinds.get(batch.kind)
    verbs = {verb.key: verb for verb in kind.bulk} if kind else {}
    return str(verbs[batch.verb].label) if batch.verb in verbs else batch.verb


def way_back(batch: Batch) -> str:
    """The queue with its filters from which the batch was made."""
    if not batch.trail.startswith("antrean="):
        return reverse("desk:home")
    queue = batch.trail.removeprefix("antrean=").partition("&")[0]
    return f"{reverse('desk:queue', args=[batch.kind, queue])}?{batch.trail}"


def remember(request: HttpRequest, batch: Batch) -> None:
    known = [pk for pk in request.session.get(OPEN_BATCHES, []) if pk != batch.pk]
    request.session[OPEN_BATCHES] = [*known, batch.pk][-MOST_NOTES:]


def forget(request: HttpRequest, *batches: Batch) -> None:
    gone = {batch.pk for batch in batches}
    left = [pk for pk in request.session.get(OPEN_BATCHES, []) if pk not in gone]
    if left:
        request.session[OPEN_BATCHES] = left
    else:
        request.session.pop(OPEN_BATCHES, None)


def notes(request: HttpRequest, *, told_here: Batch | None = None) -> list[Told]:
    """The notes for this page, without the batch the page itself is about. An ended one is told once."""
    known = request.session.get(OPEN_BATCHES)
    if not known:
        return []
    found = list(Batch.objects.visible_to(request.user).filter(pk__in=known))
    forget(request, *(batch for batch in found if not batch.is_open))
    return [told(batch, clock.now()) for batch in found if batch != told_here]


def remember_act(
    request: HttpRequest, kind: DeskKind, verb: Verb, case: Any, version: int, before: Mapping[str, Any]
) -> None:
    """Keep for the next page how a quiet act is taken back: the same verb with the values from before.

    `version` is the case's after the act: whoever changes it in between makes the way back a clash.
    """
    request.session[LAST_ACT] = {
        "label": str(verb.label),
        "url": reverse("desk:act", args=[kind.key, case.code, verb.key]),
        "version": version,
        "code": case.code,
        "values": {name: str(value) for name, value in before.items()},
    }


def last_act(request: HttpRequest) -> Mapping[str, Any] | None:
    """The quiet act to take back on this page, told once."""
    act: Mapping[str, Any] | None = (
        request.session.pop(LAST_ACT, None) if LAST_ACT in request.session else None
    )
    return act
