"""What a page about one case shows: the case, its story, its neighbours in the queue, and what may be done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from pendopo.base.cases import timeline
from pendopo.base.cases.desk import DeskKind, Queue, Tool, Verb
from pendopo.base.cases.timeline import Happening
from pendopo.base.files.links import link_to
from pendopo.base.files.models import FileKind
from pendopo.kernel import clock
from pendopo.surfaces.desk import conflict, queues


@dataclass(frozen=True)
class Picture:
    """A photo or document of the story behind links that expire."""

    url: str
    thumb: str
    alt: str
    is_photo: bool


@dataclass(frozen=True)
class Told:
    """One entry of the story with what can be opened from it."""

    entry: Happening
    photos: list[Picture]
    documents: list[Picture]


FOLDED = ("quiet", "danger")


def case_context(request: HttpRequest, kind: DeskKind, found: Any) -> dict[str, Any]:
    """The case, what this person may do with it, its story, and its neighbours in the queue it came from."""
    now = clock.now()
    user = request.user
    chosen = _queue_of(request, kind, found, now)
    verbs = sorted((verb for verb in kind.verbs if verb.may(user, found)), key=lambda verb: verb.order)
    return {
        "kind": kind,
        "case": found,
        "queue": chosen,
        "neighbours": _neighbours(request, kind, chosen, found, now) if chosen else (),
        "trail": trail_of(request, kind, chosen) if chosen else "",
        "can": {verb.key: verb for verb in verbs},
        "verbs": _in_order(verbs, folded=False),
        "folded_verbs": _in_order(verbs, folded=True),
        "story": [_told(entry, now) for entry in reversed(timeline.for_staff(found))],
        "now": now,
        "seal": conflict.seal(kind, found, user),
        **kind.case_context(found, user, now),
    }


def _told(entry: Happening, now: dt.datetime) -> Told:
    files = [
        Picture(
            url=link_to(one.file, now=now),
            thumb=link_to(one.file, thumbnail=True, now=now),
            alt=one.file.name,
            is_photo=one.file.kind == FileKind.IMAGE,
        )
        for one in entry.files
    ]
    return Told(entry, [f for f in files if f.is_photo], [f for f in files if not f.is_photo])


def _in_order(verbs: list[Verb], *, folded: bool) -> list[Verb]:
    """The room's order, but the primary verb first and the dangerous ones last."""
    chosen = [verb for verb in verbs if (verb.tone in FOLDED) == folded]
    return sorted(chosen, key=lambda verb: (verb.tone != "primary", verb.tone == "danger"))


def _queue_of(request: HttpRequest, kind: DeskKind, found: Any, now: Any) -> Queue | None:
    """The queue the person came from; for a bare address the first one that holds the case."""
    named = request.GET.get("antrean", "")
    for queue in queues.queues_of(kind, request.user):
        if queue.key == named:
            return queue
    return queues.first_queue_of(kind, found, request.user, now)


def _neighbours(request: HttpRequest, kind: DeskKind, queue: Queue, found: Any, now: Any) -> list[Any]:
    parts = queues.parts_of(kind, queue, request.user, now)
    filters = kind.filter_form(request.GET, user=request.user)
    if filters.is_valid():
        parts = [kind.apply_filters(part, filters.cleaned_data) for part in parts]
    return queues.around(kind, queue, parts, found)


def trail_of(request: HttpRequest, kind: DeskKind, queue: Queue) -> str:
    """The queue and its filters as a query string, so that a case leads back to the list it came from."""
    names = kind.filter_form(None, user=request.user).fields
    kept = {name: request.GET[name] for name in names if request.GET.get(name)}
    return urlencode({"antrean": queue.key, **kept})


def tools_of(kind: DeskKind, user: Any) -> list[Tool]:
    return [tool for tool in kind.tools if tool.may(user)]
