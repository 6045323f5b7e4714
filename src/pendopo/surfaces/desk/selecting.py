"""Which cases a batch is about: ticked rows, or everything in a filtered queue, asked anew on the server."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest

from pendopo.base.cases.desk import BulkVerb, DeskKind, Queue
from pendopo.kernel import clock
from pendopo.kernel.ids import normalize_code
from pendopo.surfaces.desk import queues
from pendopo.surfaces.desk.actions import MOST

SHOWN = 12  # codes named for each reason; the rest is a number


@dataclass(frozen=True)
class LeftOut:
    """Cases that cannot take part, and why in one sentence."""

    reason: str
    count: int
    codes: Sequence[str]


@dataclass(frozen=True)
class Selection:
    """What the person asked for, judged for one verb. Two queries, whatever the number of cases."""

    whole: bool  # everything in the filter, not ticked rows
    able: Sequence[Any]
    left_out: Sequence[LeftOut] = field(default_factory=list)
    gone: int = 0  # ticked, but no longer in this queue
    too_many: int = 0  # how many there are when it is more than a batch holds

    @property
    def asked(self) -> int:
        return len(self.able) + sum(group.count for group in self.left_out) + self.gone

    @property
    def fingerprint(self) -> str:
        """Changes when another case comes in or goes, so that what was confirmed is what is done."""
        ids = ",".join(str(case.pk) for case in self.able)
        return hashlib.sha256(ids.encode()).hexdigest()[:20]


def selected(request: HttpRequest, kind: DeskKind, queue: Queue, verb: BulkVerb | None) -> Selection:
    """Evaluate the address: `semua=1` or `kasus=…` several times, with the queue and its filters."""
    now, user = clock.now(), request.user
    filters = kind.filter_form(request.GET, user=user)
    if not filters.is_valid():
        raise Http404
    cases = kind.apply_filters(queues.cases_in(kind, queue, user, now), filters.cleaned_data)
    whole = request.GET.get("semua") == "1"
    codes = {code for typed in request.GET.getlist("kasus")[:MOST] if (code := normalize_code(typed))}
    if not whole:
        cases = cases.filter(code__in=codes) if codes else cases.none()
    found = list(kind.prepare_list(cases).order_by("urgency", "due_at", "pk")[: MOST + 1])
    if len(found) > MOST:
        return Selection(whole, (), too_many=cases.count())
    able, left_out = _judged(found, verb, user)
    return Selection(whole, able, left_out, gone=0 if whole else len(codes) - len(found))


def _judged(found: Sequence[Any], verb: BulkVerb | None, user: Any) -> tuple[list[Any], list[LeftOut]]:
    able, groups = [], dict[str, list[str]]()
    for case in found:
        reason = verb.obstacle(user, case) if verb else ""
        if reason:
            groups.setdefault(reason, []).append(case.code)
        else:
            able.append(case)
    return able, [LeftOut(reason, len(codes), codes[:SHOWN]) for reason, codes in groups.items()]
