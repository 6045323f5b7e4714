"""Work on many cases: choosing what to do, saying exactly what will happen, following it, calling it back."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pendopo.base.cases.desk import BulkVerb, DeskKind, Queue, desk_kinds
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.surfaces.desk import actions, answers, undoing
from pendopo.surfaces.desk.access import staff_only
from pendopo.surfaces.desk.models import Batch, Outcome
from pendopo.surfaces.desk.running import form_of
from pendopo.surfaces.desk.selecting import SHOWN, Selection, selected
from pendopo.surfaces.desk.showing import bulk_verbs, trail_of
from pendopo.surfaces.desk.views import find_kind, find_queue

OWN_LIST = 30
SHOWN_REFUSALS = 200


@require_http_methods(["GET", "POST"])
@staff_only
def bulk(request: HttpRequest, kind_key: str, queue_key: str) -> HttpResponse:
    """The page before the act: what happens, to how many, who is left out and why. POST plans it."""
    kind = find_kind(kind_key)
    queue = find_queue(kind, queue_key, request.user)
    verb = _verb(kind, request)
    chosen = selected(request, kind, queue, verb)
    choosing = request.method == "GET" or (bool(chosen.able) and answers.asked(request))
    if verb is None or choosing or not chosen.able:
        form = answers.filled(form_of(verb, request.user), request) if verb else forms.Form()
        status = 200 if choosing else 422
        return _show(request, kind, queue, verb, chosen, form, status=status)
    form = form_of(verb, request.user, request.POST)
    if not form.is_valid():
        return _show(request, kind, queue, verb, chosen, form, status=422)
    if request.POST.get("jumlah") != chosen.fingerprint:
        form.add_error(
            None, _("Daftarnya berubah sejak Anda membukanya. Periksa jumlahnya, lalu kirim lagi.")
        )
        return _show(request, kind, queue, verb, chosen, form, status=409)
    if verb.read_by_citizen and request.POST.get("dilihat") != form.cleaned_data[verb.read_by_citizen]:
        return _show(request, kind, queue, verb, chosen, form, seen=form.cleaned_data[verb.read_by_citizen])
    return _plan(request, kind, queue, verb, chosen, form)


def _verb(kind: DeskKind, request: HttpRequest) -> BulkVerb | None:
    """The verb named in the address; None when none is, 404 for one this person does not have."""
    named = request.GET.get("tindakan", "")
    found = next((verb for verb in bulk_verbs(kind, request.user) if verb.key == named), None)
    if named and found is None:
        raise Http404
    return found


def _plan(
    request: HttpRequest, kind: DeskKind, queue: Queue, verb: BulkVerb, chosen: Selection, form: forms.Form
) -> HttpResponse:
    person: Any = request.user
    try:
        batch = actions.plan(
            key=UUID(request.POST.get("once", "")), kind=kind, verb=verb, cases=chosen.able, by=person,
            values={name: request.POST.getlist(name) for name in form.fields},
            trail=trail_of(request, kind, queue), now=clock.now(),
        )  # fmt: skip
    except (ValueError, NotAllowed):  # a key made by hand: a new one comes with the page
        form.add_error(None, _("Formulir ini sudah kedaluwarsa. Periksa, lalu kirim lagi."))
        return _show(request, kind, queue, verb, chosen, form, status=409)
    undoing.remember(request, batch)
    return redirect(undoing.way_back(batch))


def _show(
    request: HttpRequest, kind: DeskKind, queue: Queue, verb: BulkVerb | None, chosen: Selection,
    form: forms.Form, *, seen: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    fill = kind.answers.fill if kind.answers else None
    context = {
        "kind": kind,
        "queue": queue,
        "verb": verb,
        "composer": answers.composer_of_many(request, kind, chosen.able, verb, form) if verb else None,
        "sample": fill(seen, chosen.able[0], request.user) if seen and fill else seen,
        "verbs": bulk_verbs(kind, request.user),
        "chosen": chosen,
        "first": chosen.able[:SHOWN],
        "ticked": request.GET.getlist("kasus")[: actions.MOST] if not chosen.whole else [],
        "kept": [(name, request.GET[name]) for name in kind.filter_form(None, user=request.user).fields
                 if request.GET.get(name)],
        "most": actions.MOST,
        "seconds": int(actions.WINDOW.total_seconds()),
        "form": form,
        "seen": seen,
        "once": uuid4(),
        "trail": trail_of(request, kind, queue),
    }  # fmt: skip
    return render(request, "desk/bulk.html", context, status=status)


@require_GET
@staff_only
def batches(request: HttpRequest) -> HttpResponse:
    """What I did to many cases lately."""
    now = clock.now()
    own = Batch.objects.visible_to(request.user).order_by("-made_at")[:OWN_LIST]
    return render(
        request, "desk/batches.html", {"batches": [undoing.told(one, now) for one in own], "now": now}
    )


@require_GET
@staff_only
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far a batch is, and each case that was refused with its reason."""
    found = _find(request, key)
    counts = dict(found.items.order_by().values_list("outcome").annotate(Count("pk")))
    left = found.items.exclude(outcome__in=[Outcome.WAITING, Outcome.DONE])
    context = {
        "told": undoing.told(found, clock.now()),
        "kind": desk_kinds.get(found.kind),
        "done": counts.get(Outcome.DONE, 0),
        "refused": counts.get(Outcome.REFUSED, 0) + counts.get(Outcome.FAILED, 0),
        "waiting": counts.get(Outcome.WAITING, 0),
        "items": list(left[:SHOWN_REFUSALS]),
    }
    template = "desk/batch.html#progress" if getattr(request, "htmx", None) else "desk/batch.html"
    return render(request, template, context)


@require_GET
@staff_only
def batch_note(request: HttpRequest, key: UUID) -> HttpResponse:
    """The small note on every page of the desk, asked again while the batch is open."""
    return render(
        request, "desk/parts/batch_note.html", {"told": undoing.told(_find(request, key), clock.now())}
    )


@require_POST
@staff_only
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Call a batch back; afterwards a sentence says whether that was in time."""
    found = _find(request, key)
    person: Any = request.user
    try:
        actions.undo(key=key, verb_label=undoing.label_of(found), by=person, now=clock.now())
        messages.success(request, _("Dibatalkan. Tidak ada yang berubah dan tidak ada yang dikirimi kabar."))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:batch", key=key)
    undoing.forget(request, found)
    return redirect(undoing.way_back(found))


def _find(request: HttpRequest, key: UUID) -> Batch:
    found: Batch | None = Batch.objects.visible_to(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found
