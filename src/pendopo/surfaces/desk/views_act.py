"""Doing something to a case: one page and one address a verb, guarded against double clicks and clashes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.base.cases.desk import DeskKind, Verb
from pendopo.base.files.fields import ask_for_files_again
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.ids import normalize_code
from pendopo.kernel.states import RefusedTransition
from pendopo.surfaces.desk import answers, conflict, undoing
from pendopo.surfaces.desk.access import staff_only
from pendopo.surfaces.desk.showing import case_context, way_on
from pendopo.surfaces.desk.views import find_kind, kind_case

PREFILL = "isi-"  # apart from the filters of the queue, which stand in the same address


class Changed(Exception):
    """Somebody else, or a first click of the same button, changed the case since the form was opened."""


@require_http_methods(["GET", "POST"])
@staff_only
def act(request: HttpRequest, kind_key: str, code: str, verb_key: str) -> HttpResponse:
    """Show a verb's form, or do it. Refusals come back as a sentence with everything that was typed."""
    kind = find_kind(kind_key)
    case = kind_case(kind, code, request.user)
    verb = _find_verb(kind, verb_key, request.user, case)
    if case is None or verb is None:
        return _gone(request, kind, code, verb_key, case)
    form = _form(verb, request, case)
    if request.method == "GET" or answers.asked(request):
        return _show(request, kind, case, verb, form)
    if not form.is_valid():
        return _show(request, kind, case, verb, form, status=422)
    onward = way_on(request, kind, case) if "lanjut" in request.POST else ""
    try:
        result = _run(kind, case, verb, request, form)
    except Changed:
        return _clash(request, kind, code, verb, form)
    except Refused as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return _show(request, kind, case, verb, form, status=422)
    return _done(request, kind, case, verb, result, onward)


def _find_verb(kind: DeskKind, key: str, user: Any, case: Any) -> Verb | None:
    """The verb if this person may do it to the case now."""
    named = (verb for verb in kind.verbs if verb.key == key)
    return next((verb for verb in named if case is not None and verb.may(user, case)), None)


def _clash(request: HttpRequest, kind: DeskKind, code: str, verb: Verb, form: forms.Form) -> HttpResponse:
    """Somebody was quicker: what changed, and everything typed still in the form."""
    case = kind_case(kind, code, request.user)
    if case is None or not verb.may(request.user, case):
        return _gone(request, kind, code, verb.key, case)
    form.add_error(
        None, _("Kasus ini sudah berubah sejak Anda membukanya. Periksa, lalu kirim lagi bila masih perlu.")
    )
    return _show(request, kind, case, verb, form, status=409)


def _gone(request: HttpRequest, kind: DeskKind, code: str, verb_key: str, case: Any) -> HttpResponse:
    """The verb ended while somebody filled in its form: their words come back. Everybody else gets 404.

    Only a seal proves that the person really had this case open; without the case nothing of it is shown.
    """
    verb = next((verb for verb in kind.verbs if verb.key == verb_key), None)
    number, token = normalize_code(code) or "", request.POST.get("seen", "")
    if verb is None or conflict.opened(token, user=request.user, code=number) is None:
        raise Http404
    context = {
        "kind": kind, "case": case, "code": number, "verb": verb, "typed": conflict.typed_in(request, verb),
        "difference": conflict.since(kind, case, token, user=request.user) if case else None,
    }  # fmt: skip
    return render(request, "desk/gone.html", context, status=409 if case else 404)


def _form(verb: Verb, request: HttpRequest, case: Any) -> forms.Form:
    form_class = verb.form or forms.Form
    kwargs = verb.form_kwargs(case, request.user) if verb.form else {}
    if answers.asked(request):
        return answers.filled(form_class(**kwargs), request)
    if request.method == "POST":
        return form_class(request.POST, request.FILES, **kwargs)
    form = form_class(**kwargs)
    for name in form.fields:  # a suggestion's link fills in the office it suggests
        if PREFILL + name in request.GET:
            form.initial[name] = request.GET[PREFILL + name]
    return form


def _run(kind: DeskKind, case: Any, verb: Verb, request: HttpRequest, form: forms.Form) -> Any:
    """Run the verb once: the row is locked, and a form opened on an older version is sent back."""
    seen, user = request.POST.get("version", ""), request.user
    data: Mapping[str, Any] = form.cleaned_data
    try:
        if verb.prepare is not None:
            if seen != str(case.version):  # the second click of two, for which nothing is worth preparing
                raise Changed
            data = verb.prepare(case, user, data, clock.now())
        with transaction.atomic():
            locked = kind.model.objects.desk_of(user).select_for_update(of=("self",)).get(pk=case.pk)
            if seen != str(locked.version):
                raise Changed
            return verb.run(case, user, data, clock.now())
    except (NotAllowed, RefusedTransition, kind.model.DoesNotExist):
        raise Changed from None


def _show(
    request: HttpRequest, kind: DeskKind, case: Any, verb: Verb, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    ask_for_files_again(form)
    composer = answers.composer(request, kind, case, verb, form)
    if composer and composer.asked and getattr(request, "htmx", None):
        return render(request, "desk/parts/preview.html", {"composer": composer})
    context = {**case_context(request, kind, case), "verb": verb, "form": form, "composer": composer}
    if status == 409:
        token = request.POST.get("seen", "")
        context["difference"] = conflict.since(kind, case, token, user=request.user)
    elif request.method == "POST":  # still the form of the moment it was opened: a clash must be noticed
        context |= {"version": request.POST.get("version", ""), "seal": request.POST.get("seen", "")}
    return render(request, "desk/act.html", context, status=status)


def _done(
    request: HttpRequest, kind: DeskKind, case: Any, verb: Verb, result: Any, onward: str
) -> HttpResponse:
    if verb.result_template:
        context = {**case_context(request, kind, case), "verb": verb, "result": result}
        return render(request, "desk/result.html", context)
    taking_back = "batal" in request.POST
    messages.success(request, _("Dikembalikan seperti semula.") if taking_back else str(verb.done))
    trail = request.GET.urlencode()
    here = kind.model.objects.desk_of(request.user).filter(pk=case.pk).only("version").first()
    if here and verb.undo and not taking_back:
        undoing.remember_act(request, kind, verb, case, here.version, verb.undo(case))
    if onward:
        return HttpResponseRedirect(onward)
    if not here:  # handed to another office: back to the work that is left
        return HttpResponseRedirect(reverse("desk:kind", args=[kind.key]))
    address = reverse("desk:case", args=[kind.key, case.code])
    return HttpResponseRedirect(f"{address}?{trail}" if trail else address)
