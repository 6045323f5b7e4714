"""Tugas lapangan: an officer's own tasks, also on a phone without a network, with photos before and after."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.files.actions import store_photos
from pendopo.base.files.fields import ask_for_files_again
from pendopo.domains.reports import field_work, policy
from pendopo.domains.reports.actions import field
from pendopo.domains.reports.desk_fields import CleanTextField, photos
from pendopo.domains.reports.models import FieldAct, PhonePolicy, Report
from pendopo.domains.reports.phone_words import words_for_field
from pendopo.domains.reports.views.phone import read_key, refused
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.ids import normalize_code
from pendopo.kernel.states import RefusedTransition


class FieldForm(forms.Form):
    """What an officer tells from the place. `version` is the report as the officer saw it."""

    before = photos(gettext_lazy("Foto sebelum"))
    after = photos(gettext_lazy("Foto sesudah"))
    note = CleanTextField(
        label=gettext_lazy("Apa yang dikerjakan?"),
        required=False,
        help_text=gettext_lazy("Catatan hanya dibaca petugas, kecuali Anda mengusulkan selesai."),
    )
    done = forms.BooleanField(
        label=gettext_lazy("Selesai dikerjakan"),
        required=False,
        help_text=gettext_lazy("Rekan Anda memeriksa buktinya, lalu pelapor diminta memastikan."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


@never_cache
@login_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """`/meja/laporan/lapangan/`: my tasks; the button keeps them on this phone."""
    _only_workers(request)
    context = {
        "tasks": field_work.mine(request.user),
        "hours": PhonePolicy.now().task_hours,
        "words": words_for_field(),
        "now": clock.now(),
    }
    return render(request, "reports/staff/field.html", context)


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """`…/luring/`: an empty page, kept when an officer asks for it; it draws what that phone keeps."""
    context = {"messages": [], "words": words_for_field(), "form": FieldForm(auto_id=False)}
    response = render(request, "reports/field_offline.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """`…/tugas.json`: what this officer's phone may keep, and for how long. Secret reports stay on the desk."""
    _only_workers(request)
    now = clock.now()
    open_to_phones = [report for report in field_work.mine(request.user) if not report.secret]
    field.take_along(count=len(open_to_phones), by=request.user, now=now)  # type: ignore[arg-type]
    tasks = [field_work.kept(report, request.user) for report in open_to_phones]
    hours = PhonePolicy.now().task_hours  # counted by the phone: its clock may be wrong
    return JsonResponse({"who": str(request.user.pk), "hours": hours, "tasks": tasks})


@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, code: str) -> HttpResponse:
    """`…/<code>/`: tell from the place, by the page's form or by the queue of a phone."""
    if "application/json" in request.headers.get("Accept", ""):
        return _queued(request, code) if request.method == "POST" else HttpResponse(status=405)
    if not request.user.is_authenticated:
        return redirect("account_login")
    report = _find(request, code)
    if report is None:
        raise Http404
    if request.method == "GET":
        form = FieldForm(initial={"version": report.version, "key": uuid.uuid4()})
        return _page(request, report, form)
    form = FieldForm(request.POST, request.FILES)
    tried = _try(request, report, form, request.POST.get("key", ""))
    if tried.made is None:
        return _page(request, report, form, status=tried.status)
    messages.success(request, _said(tried.made))
    return redirect("reports:field")


def _queued(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a queue: JSON, and a sentence for each way in which it was not accepted."""
    who = request.POST.get("who", "")
    if not request.user.is_authenticated or (who and who != str(request.user.pk)):
        return refused({"__all__": [_("Masuk dulu supaya kabar dapat dikirim.")]}, 401)
    report = _find(request, code)
    if report is None:
        return refused({"__all__": [_("Laporan ini tidak lagi ada di meja Anda.")]}, 404)
    form = FieldForm(request.POST, request.FILES)
    tried = _try(request, report, form, str(read_key(request) or ""))
    if tried.made is not None:
        said = _said(tried.made)
        return JsonResponse({"code": report.code, "version": tried.made.version, "said": said})
    wrong = {name: [str(line) for line in lines] for name, lines in form.errors.items()}
    latest = {"version": tried.report.version, "state": tried.report.get_status_display()}
    return refused(wrong, tried.status, latest=latest)


@dataclass
class Outcome:
    """What became of a try: the act, or a status with sentences in the form and the report as it stands now."""

    report: Report
    made: FieldAct | None = None
    status: int = 422


def _try(request: HttpRequest, report: Report, form: FieldForm, typed_key: str) -> Outcome:
    try:
        key = uuid.UUID(typed_key)
    except ValueError:
        form.add_error(None, _("Formulir ini tidak lengkap. Buka lagi halamannya."))
        return Outcome(report, status=400)
    if not form.is_valid():
        return Outcome(report)
    try:
        return Outcome(report, _act(request, report, form.cleaned_data, key))
    except field.Changed as clash:
        return _clashed(form, clash.report)
    except Refused as no:
        form.add_error({"summary": "note"}.get(no.field or "", no.field or None), str(no))
    except (NotAllowed, RefusedTransition):
        form.add_error(None, _("Laporan ini bukan lagi tugas Anda, atau sudah melewati tahap ini."))
    return Outcome(report)


def _clashed(form: FieldForm, report: Report) -> Outcome:
    """Say so; the next try of the same form is meant for the report as it stands now."""
    form.add_error(
        None,
        _("Laporan ini sudah berubah sejak Anda membukanya. Periksa, lalu kirim lagi bila masih perlu."),
    )
    form.data = {**form.data.dict(), "version": str(report.version)}  # type: ignore[attr-defined]
    return Outcome(report, status=409)


def _act(request: HttpRequest, report: Report, data: dict[str, Any], key: uuid.UUID) -> FieldAct:
    now, by = clock.now(), request.user
    before, after = (store_photos(data[name], by=by, now=now) for name in ("before", "after"))  # type: ignore[arg-type]
    return field.act(
        report_id=report.pk, key=key, version=data["version"], note=data["note"], before=before, after=after,
        done=data["done"], by=by, now=now,  # type: ignore[arg-type]
    )  # fmt: skip


def _said(made: FieldAct) -> str:
    if made.proposed:
        return _("Usulan selesai terkirim. Rekan Anda akan memeriksanya.")
    return _("Catatan lapangan tersimpan.")


def _find(request: HttpRequest, code: str) -> Report | None:
    """An own report; whoever handles another one finds nothing here."""
    known = normalize_code(code) or ""
    own = Report.objects.desk_of(request.user).filter(code=known, handler_id=request.user.pk)
    return own.select_related("category", "region", "office").first()


def _page(request: HttpRequest, report: Report, form: FieldForm, *, status: int = 200) -> HttpResponse:
    ask_for_files_again(form)
    return render(request, "reports/staff/field_act.html", {"report": report, "form": form}, status=status)


def _only_workers(request: HttpRequest) -> None:
    if not policy.may_enter(request.user):
        raise Http404
