"""Tasks on the desk: the list "Tugas untuk kantor saya", and the page of one task for both sides."""

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
from pendopo.base.files.actions import store_photos
from pendopo.base.files.fields import ask_for_files_again
from pendopo.domains.reports import policy, task_forms, task_reading
from pendopo.domains.reports.actions import task_links, tasks
from pendopo.domains.reports.actions.task_links import Holder
from pendopo.domains.reports.models import Report, ReportTask
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/laporan/tugas/`: what other offices asked of mine."""
    if not policy.may_see_task_queue(request.user):
        raise Http404
    key = request.GET.get("daftar", "")
    chosen = next((one for one in task_reading.LISTS if one.key == key), task_reading.LISTS[0])
    found, after = task_reading.page_of(request.user, chosen, after=request.GET.get("sesudah", ""))
    today = clock.local_date(clock.now())
    context = {
        "lists": task_reading.counted(request.user),
        "chosen": chosen,
        "rows": task_reading.rows(found, today=today),
        "after": after,
    }
    return render(request, "reports/staff/tasks.html", context)


@dataclass(frozen=True)
class Act:
    """One thing to do on a task's page. `offered` decides whether its form is shown."""

    form: type[forms.Form]
    label: Any
    offered: Callable[[ReportTask, bool, bool], bool]  # (task, does it, leads it)
    run: Callable[[ReportTask, Any, dict[str, Any], dt.datetime], Any]
    done: Any
    tone: str = "plain"


def _finish(task: ReportTask, user: Any, data: dict[str, Any], now: dt.datetime) -> Any:
    files = store_photos(data["photos"], by=user, now=now)
    return tasks.finish(task_id=task.pk, result=data["result"], files=files, by=user, now=now)


def _make_link(task: ReportTask, user: Any, data: dict[str, Any], now: dt.datetime) -> Any:
    holder = Holder(data["name"], data["role"], data["phone"], data["email"])
    until = clock.end_of_day(data["until"]) if data["until"] else None
    return task_links.make(
        task_id=task.pk, key=data["key"], holder=holder, expires_at=until, by=user, now=now
    )


def _decide(take: bool) -> Callable[..., Any]:
    def run(task: ReportTask, user: Any, data: dict[str, Any], now: dt.datetime) -> Any:
        return task_links.decide(
            task_id=task.pk, update_id=data["update"], take=take, words=data["result"], by=user, now=now
        )

    return run


ACTS = {
    "terima": Act(
        task_forms.EmptyForm, _("Terima tugas"),
        lambda task, does, leads: does and task.status == TaskStatus.OPEN,
        lambda task, user, data, now: tasks.accept(task_id=task.pk, by=user, now=now),
        _("Tugas diterima. Terima kasih."), tone="primary",
    ),
    "selesai": Act(
        task_forms.ResultForm, _("Laporkan selesai"), lambda task, does, leads: does and task.is_live, _finish,
        _("Tercatat selesai. Kantor yang memimpin diberi tahu."),
    ),
    "kembalikan": Act(
        task_forms.WhyForm, _("Bukan tugas kami, kembalikan"), lambda task, does, leads: does and task.is_live,
        lambda task, user, data, now: tasks.give_back(task_id=task.pk, reason=data["reason"], by=user, now=now),
        _("Tugas dikembalikan dengan alasan Anda."),
    ),
    "batalkan": Act(
        task_forms.WhyForm, _("Batalkan tugas ini"), lambda task, does, leads: leads and task.is_live,
        lambda task, user, data, now: tasks.cancel(task_id=task.pk, reason=data["reason"], by=user, now=now),
        _("Tugas dibatalkan; kantornya diberi tahu."),
    ),
    "ulang": Act(
        task_forms.AgainForm, _("Minta dikerjakan lagi"),
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
    "tautan": Act(
        task_forms.LinkForm, _("Buat tautan"), lambda task, does, leads: task.is_live, _make_link,
        _("Tautan dibuat. Bagikan lewat WhatsApp atau tunjukkan kodenya."),
    ),
    "cabut": Act(
        task_forms.RevokeForm, _("Cabut tautan"), lambda task, does, leads: does or leads,
        lambda task, user, data, now: task_links.revoke(task_id=task.pk, link_id=data["link"], by=user, now=now),
        _("Tautan dicabut."),
    ),
    "pakai": Act(
        task_forms.DecideForm, _("Terima kabar ini"), lambda task, does, leads: does or leads, _decide(True),
        _("Kabar diterima."),
    ),
    "tolak": Act(
        task_forms.DecideForm, _("Jangan dipakai"), lambda task, does, leads: does or leads, _decide(False),
        _("Kabar tidak dipakai."),
    ),
}  # fmt: skip
OWN_PLACE = {"cabut", "pakai", "tolak"}  # drawn beside their link, not among the forms


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/meja/laporan/tugas/<pk>/`: one task, what was said about it, and what this person may do with it."""
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
    except (NotAllowed, RefusedTransition, ReportTask.DoesNotExist, Report.DoesNotExist):
        raise Http404 from None
    messages.success(request, str(act.done))
    return redirect("reports:task", pk=pk)


def find(request: HttpRequest, pk: int) -> ReportTask:
    """The task if it is this person's business; a missing and a forbidden one are the same 404."""
    if not 0 < pk < 2**63:
        raise Http404
    joined = ("office", "asked_by", "clock__rule", "case__office", "case__category", "case__region__parent")
    task: ReportTask | None = (
        ReportTask.objects.visible_to(request.user).select_related(*joined).filter(pk=pk).first()
    )
    if task is None:
        raise Http404
    return task


def _page(
    request: HttpRequest, task: ReportTask, tried: dict[str, forms.Form] | None = None, *, status: int = 200
) -> HttpResponse:
    user = request.user
    does, leads = policy.may_do_task(user, task), policy.may_lead_task(user, task.case)
    for key, bound in (tried or {}).items():
        bound.auto_id = f"{key}-%s"
        ask_for_files_again(bound)
    context = {
        **_shown(task, works=does or leads),
        "on_desk": Report.objects.desk_of(user).filter(pk=task.case_id).exists(),
        "acts": _offered(task, does, leads, tried or {}),
        "form": next(iter((tried or {}).values()), None),
    }
    return render(request, "reports/staff/task.html", context, status=status)


def _offered(task: ReportTask, does: bool, leads: bool, tried: dict[str, forms.Form]) -> dict[str, Any]:
    """The acts that fit now with their forms; a form that was sent stands as it was filled in."""
    if not (does or leads):
        return {}
    return {
        key: {"act": act, "form": tried.get(key) or act.form(auto_id=f"{key}-%s")}
        for key, act in ACTS.items()
        if key not in OWN_PLACE and act.offered(task, does, leads)
    }


def _shown(task: ReportTask, *, works: bool) -> dict[str, Any]:
    """The task, its report's public side, and what was said; links only for who works on it."""
    now = clock.now()
    today = clock.local_date(now)
    return {
        "task": task,
        "report": task.case,
        "row": task_reading.rows([task], today=today)[0],
        "explained": task_reading.explanation(task, today=today),
        "photos": task_reading.shown_photos(task),
        "proofs": task_reading.proofs(task),
        "notes": task.notes.select_related("author", "office"),
        "links": task_reading.links_of(task, now=now) if works else [],
        "openings": task_reading.openings(task) if works else [],
        "works": works,
        "now": now,
    }
