"""What a page about one case shows: the case, its story, its neighbours in the queue, and what may be done."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from pendopo.base.cases import timeline
from pendopo.base.cases.desk import BulkVerb, DeskKind, Queue, Tool, Verb
from pendopo.base.cases.timeline import Happening
from pendopo.base.files.links import link_to
from pendopo.base.files.models import FileKind
from pendopo.kernel import caches, clock
from pendopo.surfaces.desk import conflict, queues
from pendopo.surfaces.desk.saved_views import query_of


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


_panels: caches.Recent[str] = caches.Recent(60, 500)
FOLDED = ("quiet", "danger")


def case_context(request: HttpRequest, kind: DeskKind, found: Any) -> dict[str, Any]:
    """The case, what this person may do with it, its story, and its neighbours in the queue it came from."""
    now = clock.now()
    user = request.user
    chosen = _queue_of(request, kind, found, now)
    verbs = sorted((verb for verb in kind.verbs if verb.may(user, found)), key=lambda verb: verb.order)
    neighbours = _neighbours(request, kind, chosen, found, now) if chosen else []
    trail = trail_of(request, kind, chosen) if chosen else ""
    happened = timeline.for_staff(found)
    return {
        "kind": kind,
        "case": found,
        "queue": chosen,
        "neighbours": neighbours,
        "next_url": _next_of(kind, neighbours, found, trail),
        "trail": trail,
        "can": {verb.key: verb for verb in verbs},
        "verbs": _in_order(verbs, folded=False),
        "folded_verbs": _in_order(verbs, folded=True),
        "story": [_told(entry, now) for entry in reversed(happened)],
        "now": now,
        "seal": conflict.seal(kind, found, user, happened),
        **kind.case_context(found, user, now),
    }


def _next_of(kind: DeskKind, neighbours: list[Any], found: Any, trail: str) -> str:
    """Address of the case after this one, "" when it is the last or not in this queue."""
    rest = iter(neighbours)
    for neighbour in rest:
        if neighbour.pk == found.pk:
            following = next(rest, None)
            return case_url(kind, following.code, trail) if following else ""
    return ""


def case_url(kind: DeskKind, code: str, trail: str) -> str:
    """The address of a case with the queue it is opened from: letter by letter what was preloaded."""
    return f"{reverse('desk:case', args=[kind.key, code])}?{trail}"


def way_on(request: HttpRequest, kind: DeskKind, case: Any) -> str:
    """Where "simpan dan lanjut" leads, asked before the act moves the case: the next one, or the queue."""
    now = clock.now()
    queue = _queue_of(request, kind, case, now)
    if queue is None:
        return reverse("desk:kind", args=[kind.key])
    trail = trail_of(request, kind, queue)
    following = queues.following(kind, queue, _narrowed(request, kind, queue, now), case)
    if following is not None:
        return case_url(kind, following.code, trail)
    return f"{reverse('desk:queue', args=[kind.key, queue.key])}?{trail}"


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
    return queues.around(kind, queue, _narrowed(request, kind, queue, now), found)


def _narrowed(request: HttpRequest, kind: DeskKind, queue: Queue, now: Any) -> queues.Cases:
    """The queue's cases under the filters of the address, as far as they fit."""
    parts = queues.parts_of(kind, queue, request.user, now)
    filters = kind.filter_form(request.GET, user=request.user)
    if not filters.is_valid():
        return parts
    return [kind.apply_filters(part, filters.cleaned_data) for part in parts]


def trail_of(request: HttpRequest, kind: DeskKind, queue: Queue, names: Iterable[str] = ()) -> str:
    """The queue and its filters as a query string, so that a case leads back to the list it came from.

    `names` are the fields of the filter form, where somebody has the form already.
    """
    query = query_of(kind, request.GET, request.user, names)
    return urlencode({"antrean": queue.key}) + (f"&{query}" if query else "")


def bulk_verbs(kind: DeskKind, user: Any) -> list[BulkVerb]:
    """What this person may do to many cases of this kind."""
    return sorted((verb for verb in kind.bulk if verb.audience(user)), key=lambda verb: verb.order)


def beside(kind: DeskKind, user: Any) -> dict[str, Any]:
    """What stands beside a list: pages of its own, and what can be done to many rows."""
    return {"tools": tools_of(kind, user), "bulk_verbs": bulk_verbs(kind, user)}


def panel_of(kind: DeskKind, filters: Any, user: Any) -> str:
    """The drawn fields of a filter, search words apart. The same choices are drawn once in a while only: the
    long lists of offices and categories were a quarter of the page's work."""
    asked = tuple((name, filters.data.get(name, "")) for name in filters.fields if name != "q")
    if filters.errors:
        return _drawn(filters)
    return _panels.get((kind.key, user.pk, get_language(), asked), lambda: _drawn(filters))


def _drawn(filters: Any) -> str:
    return mark_safe("".join(field.as_field_group() for field in filters if field.name != "q"))  # noqa: S308 - widgets escape


@dataclass(frozen=True)
class ShownTool:
    """A tool with the number of things that wait there."""

    tool: Tool
    count: int


def tools_of(kind: DeskKind, user: Any, *, counted: bool = False) -> list[ShownTool]:
    """The tools this person may use. Only the front page of the desk counts: a list has its questions spent."""
    return [
        ShownTool(tool, tool.count(user) if counted and tool.count else 0)
        for tool in kind.tools
        if tool.may(user)
    ]
