"""The officer's desk: fixed queues, list and case side by side. Every action works without JavaScript."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from pendopo.base.cases.desk import DeskKind, Queue, desk_kinds
from pendopo.base.organizations.models import is_staff
from pendopo.kernel import clock
from pendopo.kernel.ids import normalize_code
from pendopo.kernel.lists import UpTo
from pendopo.surfaces.desk import queues, saved_views
from pendopo.surfaces.desk.access import is_preload, staff_only
from pendopo.surfaces.desk.showing import beside, case_context, panel_of, tools_of, trail_of


@require_GET
def arrive(request: HttpRequest) -> HttpResponse:
    """Where signing in leads: staff to their desk (and there to a missing second factor), others to the hall."""
    return redirect("desk:home" if is_staff(request.user) else "/")


@require_GET
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """Today's work over all kinds of cases."""
    now = clock.now()
    kinds = [
        (
            kind,
            queues.count_all(kind, request.user, now) if queues.queues_of(kind, request.user) else [],
            tools_of(kind, request.user, counted=True),
        )
        for kind in desk_kinds
    ]
    kinds = [shown for shown in kinds if shown[1] or shown[2]]  # nobody sees work that is never theirs
    return render(request, "desk/home.html", {"kinds": kinds, "now": now})


@require_GET
@staff_only
def first_queue(request: HttpRequest, kind_key: str) -> HttpResponse:
    """The kind's address leads to this person's first queue."""
    kind = find_kind(kind_key)
    mine = queues.queues_of(kind, request.user)
    if not mine:
        raise Http404
    return redirect("desk:queue", kind.key, mine[0].key)


@require_GET
@staff_only
def queue(request: HttpRequest, kind_key: str, queue_key: str) -> HttpResponse:
    """One queue, filtered, sorted by urgency and due date."""
    kind = find_kind(kind_key)
    chosen = find_queue(kind, queue_key, request.user)
    context = list_context(request, kind, chosen)
    template = "desk/queue.html#rows" if getattr(request, "htmx", None) else "desk/queue.html"
    status = 422 if context["filters"].errors else 200
    return render(request, template, context, status=status)


@require_GET
@staff_only
def case(request: HttpRequest, kind_key: str, code: str) -> HttpResponse:
    """A case with its queue beside it."""
    kind = find_kind(kind_key)
    found = find_case(kind, code, request.user)
    context = case_context(request, kind, found)
    if is_preload(request):  # the page asks `opened` when somebody really looks at it
        opened = reverse("desk:opened", args=[kind.key, found.code])
        context |= {"opened_url": f"{opened}?versi={found.version}", "messages": ()}
    return render(request, "desk/case.html", context)


@require_GET
@staff_only
def opened(request: HttpRequest, kind_key: str, code: str) -> HttpResponse:
    """A page fetched ahead is looked at now: what it could not know then (messages, notes, a newer version)."""
    found = find_case(find_kind(kind_key), code, request.user)
    changed = request.GET.get("versi") != str(found.version)
    return render(request, "desk/parts/opened.html", {"changed": changed})


def find_kind(key: str) -> DeskKind:
    kind = desk_kinds.get(key)
    if kind is None:
        raise Http404
    return kind


def find_queue(kind: DeskKind, key: str, user: Any) -> Queue:
    for candidate in queues.queues_of(kind, user):
        if candidate.key == key:
            return candidate
    raise Http404


def find_case(kind: DeskKind, code: str, user: Any) -> Any:
    """The case if it is on this person's desk; a missing and a forbidden one are the same 404."""
    found = kind_case(kind, code, user)
    if found is None:
        raise Http404
    return found


def kind_case(kind: DeskKind, code: str, user: Any) -> Any:
    """The case if it is on this person's desk, else None."""
    mine = kind.prepare_case(kind.model.objects.desk_of(user))
    return mine.filter(code=normalize_code(code) or "").first()


def list_context(request: HttpRequest, kind: DeskKind, chosen: Queue) -> dict[str, Any]:
    """Queue counts, filter form and one page. A filter that does not fit shows its error and an empty list."""
    now = clock.now()
    filters = kind.filter_form(request.GET, user=request.user)
    page, counts, total, totals = _rows(request, kind, chosen, filters, now)
    return {
        "kind": kind,
        "queue": chosen,
        "counts": counts,
        "filters": filters,
        "narrowed": sum(1 for value in filters.cleaned_data.values() if value),
        "page": page,
        "sections": queues.sections(chosen, page.rows, totals),
        "total": total,
        "trail": trail_of(request, kind, chosen, filters.fields),
        **beside(kind, request.user),
        # Read only by a whole page; the rows alone, swapped by a filter, do not ask for them.
        "panel": SimpleLazyObject(lambda: panel_of(kind, filters, request.user)),
        "saved": SimpleLazyObject(lambda: _saved(request, kind, chosen, filters.fields)),
        "now": now,
    }


def _rows(
    request: HttpRequest, kind: DeskKind, chosen: Queue, filters: Any, now: Any
) -> tuple[queues.Page, list[queues.QueueCount], UpTo, dict[int, UpTo]]:
    """One page, counts of all queues, of this list and of each urgency; no rows while the filter does not fit."""
    if not filters.is_valid():
        return queues.Page((), "", ""), queues.count_all(kind, request.user, now), UpTo(), {}
    found = queues.parts_of(kind, chosen, request.user, now)
    parts = [kind.apply_filters(part, filters.cleaned_data) for part in found]
    try:
        page = queues.page_of(kind, chosen, parts, cursor=request.GET.get("hal", ""))
    except queues.BadCursor:
        raise Http404 from None
    return page, *queues.count_beside(kind, chosen, parts, request.user, now)


def _saved(
    request: HttpRequest, kind: DeskKind, chosen: Queue, names: Iterable[str]
) -> list[saved_views.Kept]:
    query = saved_views.query_of(kind, request.GET, request.user, names)
    return saved_views.shelf(kind, request.user, queue=chosen, query=query, names=names)
