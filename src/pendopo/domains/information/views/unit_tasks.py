"""Tasks of units: the list "Permintaan untuk unit saya", and the page of one task for both sides."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.cases.models import TaskStatus
from pendopo.base.files.actions import store
from pendopo.base.files.fields import ask_for_files_again
from pendopo.domains.information import task_forms, unit_reading
from pendopo.domains.information.actions import tasks
from pendopo.domains.information.desk_fields import FilesField
from pendopo.domains.information.models import InformationRequest, UnitTask
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import who
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/tugas/`: what PPID Utama asked of my units."""
    if not who.is_ppid(request.user):
        raise Http404
    key = request.GET.get("daftar", "")
    chosen = next((one for one in unit_reading.LISTS if one.key == key), unit_reading.LISTS[0])
    found, after = unit_reading.page_of(request.user, chosen, after=request.GET.get("sesudah", ""))
    context = {
        "lists": unit_reading.counted(request.user),
        "chosen": chosen,
        "rows": unit_reading.rows(found, today=clock.local_date(clock.now())),
        "after": after,
    }
    return render(request, "information/staff/tasks.html", context)


@dataclass(frozen=True)
class Act:
    """One thing to do on a task's page. `offered` decides whether its form is shown."""

    form: type[forms.Form]
    label: Any
    offered: Callable[[UnitTask, bool, bool], bool]  # (task, does it, leads it)
    run: Callable[[UnitTask, Any, dict[str, Any], dt.datetime], Any]
    done: Any


def _answer(task: UnitTask, user: Any, data: dict[str, Any], now: dt.datetime) -> Any:
    files = [
        store(upload=one, by=user, now=now, allowed=FilesField.allowed, thorough=True)
        for one in data["papers"]
    ]
    return tasks.answer(
        task_id=task.pk, result=data["result"], held=data["held"], files=files,
        proposes_exemption=data["proposes_exemption"], by=user, now=now,
    )  # fmt: skip


ACTS = {
    "terima": Act(
        task_forms.EmptyForm, _("Terima, kami cari"),
        lambda task, does, leads: does and task.status == TaskStatus.OPEN,
        lambda task, user, data, now: tasks.accept(task_id=task.pk, by=user, now=now),
        _("Tugas diterima. Terima kasih."),
    ),
    "jawab": Act(
        task_forms.ResultForm, _("Jawab"), lambda task, does, leads: does and task.is_live, _answer,
        _("Jawaban tersimpan. PPID Utama diberi tahu."),
    ),
    "kembalikan": Act(
        task_forms.WhyForm, _("Bukan kami, kembalikan"), lambda task, does, leads: does and task.is_live,
        lambda task, user, data, now: tasks.give_back(task_id=task.pk, reason=data["reason"], by=user, now=now),
        _("Tugas dikembalikan dengan alasan Anda."),
    ),
    "batalkan": Act(
        task_forms.WhyForm, _("Batalkan tugas ini"), lambda task, does, leads: leads and task.is_live,
        lambda task, user, data, now: tasks.cancel(task_id=task.pk, reason=data["reason"], by=user, now=now),
        _("Tugas dibatalkan; unitnya diberi tahu."),
    ),
    "ulang": Act(
        task_forms.AgainForm, _("Minta dicari lagi"),
        lambda task, does, leads: leads and task.status == TaskStatus.DONE,
        lambda task, user, data, now: tasks.ask_again(task_id=task.pk, reason=data["reason"], by=user, now=now),
        _("Tugas dibuka lagi dengan batas waktu baru."),
    ),
    "catat": Act(
        task_forms.TaskNoteForm, _("Kirim pesan"), lambda task, does, leads: does or leads,
        lambda task, user, data, now: tasks.note(
            task_id=task.pk, key=data["key"], body=data["body"], by=user, now=now
        ),
        _("Pesan terkirim."),
    ),
}  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/meja/ppid/tugas/<pk>/`: one task, what was said about it, and what this person may do with it."""
    task = find(request, pk)
    if request.method == "GET":
        return _page(request, task)
    key = request.POST.get("act", "")
    act = ACTS.get(key)
    if act is None:
        raise Http404
    form = act.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, task, {key: form}, status=422)
    try:
        act.run(task, request.user, form.cleaned_data, clock.now())
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, find(request, pk), {key: form}, status=422)
    except (NotAllowed, RefusedTransition, UnitTask.DoesNotExist):
        raise Http404 from None
    messages.success(request, str(act.done))
    return redirect("information:task", pk=pk)


def find(request: HttpRequest, pk: int) -> UnitTask:
    """The task if it is this person's business; a missing and a forbidden one are the same 404."""
    if not 0 < pk < 2**63:
        raise Http404
    joined = ("office", "clock__rule", "case__office")
    found: UnitTask | None = (
        UnitTask.objects.visible_to(request.user).select_related(*joined).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, task: UnitTask, tried: dict[str, forms.Form] | None = None, *, status: int = 200
) -> HttpResponse:
    user, now = request.user, clock.now()
    today = clock.local_date(now)
    does, leads = policy.may_do_task(user, task), policy.may_lead_task(user, task.case)
    for key, bound in (tried or {}).items():
        bound.auto_id = f"{key}-%s"
        ask_for_files_again(bound)
    context = {
        "task": task,
        "row": unit_reading.rows([task], today=today)[0],
        "explained": unit_reading.explanation(task, today=today),
        "papers": unit_reading.papers(task, now=now),
        "notes": task.notes.select_related("author", "office"),
        "may_test": task.proposes_exemption and does,
        "on_desk": InformationRequest.objects.desk_of(user).filter(pk=task.case_id).exists(),
        "acts": _offered(task, does, leads, tried or {}),
        "form": next(iter((tried or {}).values()), None),
    }
    return render(request, "information/staff/task.html", context, status=status)


def _offered(task: UnitTask, does: bool, leads: bool, tried: dict[str, forms.Form]) -> dict[str, Any]:
    """The acts that fit now with their forms; a form that was sent stands as it was filled in."""
    return {
        key: {"act": act, "form": tried.get(key) or act.form(auto_id=f"{key}-%s")}
        for key, act in ACTS.items()
        if act.offered(task, does, leads)
    }
