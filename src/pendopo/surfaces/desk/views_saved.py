"""Saved filters: kept from a list, shared, sorted, counted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pendopo.base.cases.desk import DeskKind, Queue
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.surfaces.desk import queues, saved_views
from pendopo.surfaces.desk.access import staff_only
from pendopo.surfaces.desk.forms import SavedViewForm
from pendopo.surfaces.desk.models import SavedView
from pendopo.surfaces.desk.views import find_kind, find_queue


@require_GET
@staff_only
def index(request: HttpRequest, kind_key: str) -> HttpResponse:
    """All saved filters of this person with their counts, and what can be done with them."""
    kind = find_kind(kind_key)
    kept = saved_views.shelf(kind, request.user)
    found = saved_views.counts(kind, kept, request.user, clock.now())
    context = {
        "kind": kind,
        "rows": [(one, saved_views.may_change(request.user, one.view)) for one in kept],
        "found": found,
        "refused": {pk for pk, number in found.items() if number is None},
    }
    return render(request, "desk/saved.html", context)


@require_GET
@staff_only
def counted(request: HttpRequest, kind_key: str) -> HttpResponse:
    """The list of saved filters with its counts, for a page that is already shown."""
    kind = find_kind(kind_key)
    if not getattr(request, "htmx", None):
        return redirect("desk:views", kind.key)
    queue = _named(kind, request.GET.get("antrean", ""), request.user)
    query = saved_views.query_of(kind, request.GET, request.user)
    kept = saved_views.shelf(kind, request.user, queue=queue, query=query)
    found = saved_views.counts(kind, kept, request.user, clock.now())
    return render(request, "desk/parts/saved.html", {"kind": kind, "saved": kept, "found": found})


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest, kind_key: str) -> HttpResponse:
    """Give the filter of a list a name. The address carries the filter."""
    kind = find_kind(kind_key)
    queue = find_queue(kind, request.GET.get("antrean", ""), request.user)
    query = saved_views.query_of(kind, request.GET, request.user)
    if len(query) > 1000:
        raise Http404
    view = SavedView(kind=kind.key, queue=queue.key, query=query, owner_id=request.user.pk or 0)
    return _edit(request, kind, view)


@require_http_methods(["GET", "POST"])
@staff_only
def edit(request: HttpRequest, kind_key: str, pk: int) -> HttpResponse:
    """Rename a filter or share it."""
    kind = find_kind(kind_key)
    return _edit(request, kind, _find(kind, pk, request.user))


@require_POST
@staff_only
def remove(request: HttpRequest, kind_key: str, pk: int) -> HttpResponse:
    """Take a filter away."""
    kind = find_kind(kind_key)
    saved_views.remove_view(view=_find(kind, pk, request.user), by=request.user, now=clock.now())  # type: ignore[arg-type]
    messages.success(request, _("Saringan dihapus."))
    return redirect("desk:views", kind.key)


@require_POST
@staff_only
def move(request: HttpRequest, kind_key: str, pk: int) -> HttpResponse:
    """One place up or down."""
    kind = find_kind(kind_key)
    view = _find(kind, pk, request.user)
    up = request.POST.get("arah") == "naik"
    saved_views.move_view(view=view, up=up, by=request.user, now=clock.now())  # type: ignore[arg-type]
    return redirect("desk:views", kind.key)


def _edit(request: HttpRequest, kind: DeskKind, view: SavedView) -> HttpResponse:
    form = SavedViewForm(request.POST if request.method == "POST" else None, user=request.user, view=view)
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.save_view(view=form.put_into(view), by=request.user, now=clock.now())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, _("Saringan “%(name)s” tersimpan.") % {"name": view.name})
            return redirect(_address(kind, view))
    context = {"kind": kind, "view": view, "form": form, "queue": _named(kind, view.queue, request.user)}
    return render(request, "desk/saved_edit.html", context, status=422 if form.is_bound else 200)


def _address(kind: DeskKind, view: SavedView) -> str:
    return f"{reverse('desk:queue', args=[kind.key, view.queue])}?{view.query}".rstrip("?")


def _named(kind: DeskKind, key: str, user: Any) -> Queue | None:
    return next((one for one in queues.queues_of(kind, user) if one.key == key), None)


def _find(kind: DeskKind, pk: int, user: Any) -> SavedView:
    """A filter this person may change; any other one is not there."""
    view: SavedView | None = SavedView.objects.visible_to(user).filter(kind=kind.key, pk=pk).first()
    if view is None or not saved_views.may_change(user, view):
        raise Http404
    return view
