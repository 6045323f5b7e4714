"""The officer's desk: fixed queues, list and case side by side. Every action works without JavaScript."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from pendopo.base.cases import timeline
from pendopo.base.cases.desk import DeskKind, Queue, desk_kinds
from pendopo.kernel import clock
from pendopo.kernel.ids import normalize_code
from pendopo.surfaces.desk.access import staff_only
from pendopo.surfaces.desk.queues import BadCursor, Page, cases_in, count_all, page_of, queues_of


@require_GET
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """Today's work over all kinds of cases."""
    now = clock.now()
    kinds = [(kind, count_all(kind, request.user, now)) for kind in desk_kinds]
    return render(request, "desk/home.html", {"kinds": kinds, "now": now})


@require_GET
@staff_only
def first_queue(request: HttpRequest, kind_key: str) -> HttpResponse:
    """The kind's address leads to this person's first queue."""
    kind = find_kind(kind_key)
    return redirect("desk:queue", kind.key, queues_of(kind, request.user)[0].key)


@require_GET
@staff_only
def queue(request: HttpRequest, kind_key: str, queue_key: str) -> HttpResponse:
    """One queue, filtered, sorted by urgency and due date."""
    kind = find_kind(kind_key)
    chosen = find_queue(kind, queue_key, request.user)
    context = list_context(request, kind, chosen)
    template = "desk/queue.html#rows" if request.htmx else "desk/queue.html"
    status = 422 if context["filters"].errors else 200
    return render(request, template, context, status=status)


@require_GET
@staff_only
def case(request: HttpRequest, kind_key: str, code: str) -> HttpResponse:
    """A case with its queue beside it."""
    kind = find_kind(kind_key)
    found = find_case(kind, code, request.user)
    return render(request, "desk/case.html", case_context(request, kind, found))


def find_kind(key: str) -> DeskKind:
    kind = desk_kinds.get(key)
    if kind is None:
        raise Http404
    return kind


def find_queue(kind: DeskKind, key: str, user: Any) -> Queue:
    for candidate in queues_of(kind, user):
        if candidate.key == key:
            return candidate
    raise Http404


def find_case(kind: DeskKind, code: str, user: Any) -> Any:
    """The case if it is on this person's desk; a missing and a forbidden one are the same 404."""
    found = (
        kind.model.objects.desk_of(user)
        .select_related("office", "handler", "category", "region")
        .filter(code=normalize_code(code) or "")
        .first()
    )
    if found is None:
        raise Http404
    return found


def list_context(request: HttpRequest, kind: DeskKind, chosen: Queue) -> dict[str, Any]:
    """Queue counts, filter form and one page. A filter that does not fit shows its error and an empty list."""
    now = clock.now()
    filters = kind.filter_form(request.GET, user=request.user)
    page = Page((), "", "")
    if filters.is_valid():
        cases = kind.apply_filters(cases_in(kind, chosen, request.user, now), filters.cleaned_data)
        try:
            page = page_of(kind, chosen, cases, cursor=request.GET.get("hal", ""))
        except BadCursor:
            raise Http404 from None
    return {
        "kind": kind,
        "queue": chosen,
        "counts": count_all(kind, request.user, now),
        "filters": filters,
        "page": page,
        "now": now,
    }


def case_context(request: HttpRequest, kind: DeskKind, found: Any) -> dict[str, Any]:
    """The case, what this person may do with it, its story, and its neighbours in the queue it came from."""
    now = clock.now()
    user = request.user
    chosen = next((q for q in queues_of(kind, user) if q.key == request.GET.get("antrean")), None)
    neighbours = page_of(kind, chosen, cases_in(kind, chosen, user, now), cursor="") if chosen else None
    verbs = sorted((verb for verb in kind.verbs if verb.may(user, found)), key=lambda verb: verb.order)
    return {
        "kind": kind,
        "case": found,
        "queue": chosen,
        "neighbours": neighbours.rows if neighbours else (),
        "verbs": verbs,
        "story": timeline.for_staff(found),
        "now": now,
        **kind.case_context(found, user, now),
    }
