"""How reports stand on the officer's desk: queues, filters and one entry for each verb."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases import clocks
from pendopo.base.cases.desk import DeskKind, Queue, Rows, Tool, Watched
from pendopo.base.cases.models import EVIDENCE, AttachmentRole
from pendopo.base.organizations.public import offices_by_id
from pendopo.base.organizations.roles import roles_of
from pendopo.base.regions.public import regions_by_code
from pendopo.base.ui import words as spoken
from pendopo.domains.reports import canned, policy, task_reading
from pendopo.domains.reports.categories_in_use import categories_by_key
from pendopo.domains.reports.desk_bulk import BULK
from pendopo.domains.reports.desk_filter import FilterForm
from pendopo.domains.reports.desk_more import VERBS as MORE_VERBS
from pendopo.domains.reports.desk_similar import panel
from pendopo.domains.reports.desk_verbs import VERBS
from pendopo.domains.reports.models import FINAL, OPEN, OURS, Report, Status
from pendopo.domains.reports.photos import shown
from pendopo.domains.reports.phrases import tone_of
from pendopo.domains.reports.seeds import STEP_LABELS
from pendopo.kernel import clock
from pendopo.kernel.ids import code_among_words

IN_OFFICE = (Status.ASSIGNED, Status.IN_PROGRESS, Status.REOPENED)
NEAR = dt.timedelta(days=3)  # as the explanation of the queue "hampir" says


def _routes(user: Any) -> bool:
    roles = roles_of(user)
    return roles.coordinates or roles.sees_all


def _awake(now: dt.datetime) -> Q:
    """Not put aside, or its day has come, or its deadline is near: no limit passes unseen."""
    today = clock.local_date(now)
    return Q(snoozed_until=None) | Q(snoozed_until__lte=today) | Q(due_at__lt=now + NEAR)


def _new(user: Any, now: dt.datetime) -> Q:
    return Q(status__in=(Status.RECEIVED, Status.VERIFIED)) & _awake(now)


def _mine(user: Any, now: dt.datetime) -> Q:
    return Q(handler=user.pk, status__in=OPEN) & _awake(now)


def _office(user: Any, now: dt.datetime) -> Q:
    return Q(office_id__in=roles_of(user).offices, status__in=IN_OFFICE) & _awake(now)


def _untaken(user: Any, now: dt.datetime) -> Q:
    return Q(status=Status.ASSIGNED) & _awake(now)


def _aside(user: Any, now: dt.datetime) -> Q:
    # Among the open ones only: without that the archive is read through for the few that were put aside.
    set_aside = Q(status=Status.AWAITING_INFO) | Q(snoozed_until__gt=clock.local_date(now))
    return Q(status__in=OPEN) & set_aside


def _late(user: Any, now: dt.datetime) -> Q:
    return Q(status__in=OURS, due_at__lt=now)


def _soon(user: Any, now: dt.datetime) -> Q:
    return Q(status__in=OURS, due_at__gte=now, due_at__lt=now + NEAR)


QUEUES = (
    Queue("baru", _("Baru"), _("Belum diteruskan ke kantor mana pun."), _new, audience=_routes),
    Queue("punyaku", _("Punyaku"), _("Laporan yang Anda pegang."), _mine),
    Queue("kantor", _("Kantor saya"), _("Semua yang sedang dikerjakan kantor Anda."), _office),
    Queue(
        "menunggu-opd",
        _("Menunggu OPD"),
        _("Sudah diteruskan, belum ada yang menindaklanjuti."),
        _untaken,
        audience=_routes,
    ),
    Queue("lewat-batas", _("Lewat batas"), _("Batas waktunya sudah lewat."), _late, alarm=True),
    Queue("hampir", _("Segera jatuh tempo"), _("Batas waktunya tiga hari lagi atau kurang."), _soon),
    Queue(
        "periksa",
        _("Perlu diperiksa"),
        _("Usulan penutupan menunggu orang kedua."),
        lambda user, now: Q(closure_proposed=True),
    ),
    Queue(
        "ditunda",
        _("Ditunda"),
        _("Menunggu pelapor melengkapi informasi, atau ditunda petugas sampai suatu tanggal."),
        _aside,
    ),
    Queue(
        "dibuka-lagi",
        _("Dibuka lagi"),
        _("Pelapor menyatakan belum selesai."),
        lambda user, now: Q(status=Status.REOPENED) & _awake(now),
    ),
    Queue(
        "konfirmasi",
        _("Menunggu konfirmasi"),
        _("Sudah ditanggapi; pelapor punya waktu untuk menjawab."),
        lambda user, now: Q(status=Status.ANSWERED),
    ),
    Queue(
        "selesai",
        _("Selesai"),
        _("Sudah ditutup, diarsipkan, digabung, atau diteruskan ke luar."),
        lambda user, now: Q(status__in=FINAL),
        newest_first=True,
    ),
)


def filter_form(data: Any, *, user: Any) -> FilterForm:
    return FilterForm(data, user=user)


def apply_filters(reports: Any, values: Mapping[str, Any]) -> Any:
    """Narrow by the filter form's cleaned values; a typed report number finds just that report."""
    words = values.get("q") or ""
    code = code_among_words(words, "LAP")
    if code:
        reports = reports.filter(code=code)
    elif words:
        reports = reports.search(words)
    for name in ("category", "status", "report_class", "channel", "office"):
        if values.get(name):
            reports = reports.filter(**{name: values[name]})
    if values.get("district"):
        reports = reports.in_region(values["district"])
    return reports


ROWS = Rows(
    fields=(
        "code", "status", "secret", "urgency", "received_at", "closed_at", "due_at", "due_step", "paused",
        "snoozed_until", "public_text", "handler__name", "handler__email",
    ),
    joined=("handler",),
    known={"category": categories_by_key, "office": offices_by_id, "region": regions_by_code},
)  # fmt: skip


def prepare_list(reports: Any) -> Any:
    """Everything a row, a table or an act on many asks, joined once; the words of the report stay short there."""
    return reports.select_related("office", "handler", "category", "region").defer("text", "search")


def prepare_case(reports: Any) -> Any:
    return reports.select_related(
        "office", "handler", "entered_by", "category", "region__parent", "contact"
    ).defer("search")


def case_context(case: Report, user: Any, now: dt.datetime) -> dict[str, Any]:
    """What the case page shows beside the shared parts."""
    today = clock.local_date(now)
    measured = clocks.running_clocks(case)
    pictures = list(case.attachments.filter(message=None).select_related("file"))
    suggestions = _suggestions(case, user)
    return {
        "lead_taken": bool(suggestions),  # their buttons are the first thing to do, no verb beside them
        "suggestions": suggestions,
        "running": [_measured(c, today) for c in measured if c.stopped_at is None],
        "stopped": [(STEP_LABELS.get(c.step, c.step), c) for c in measured if c.stopped_at is not None],
        "handovers": list(case.handovers.select_related("source", "target", "by")),
        "tasks": task_reading.panel(case, today=today),
        "closure": case.closures.filter(checked_at=None).select_related("proposed_by").first(),
        "ratings": list(case.ratings.order_by("-at")),
        "photos": shown(one for one in pictures if one.role == AttachmentRole.PHOTO),
        "proofs": shown(one for one in pictures if one.role in EVIDENCE),
        "public_url": "" if case.secret or case.hidden else reverse("reports:detail", args=[case.slug]),
        "reachable": bool(case.contact.email or case.contact.phone or case.reporter_id),
        "points": _points(case),
        "tone": tone_of(case.status),
        **panel(case, user, now),
    }


def _suggestions(case: Report, user: Any) -> list[Any]:
    is_new = case.status in {Status.RECEIVED, Status.VERIFIED}
    if not is_new or not policy.may_assign(user, case):
        return []
    return list(case.suggestions.filter(office__active=True).select_related("office"))


def _measured(running: Any, today: dt.date) -> dict[str, Any]:
    return {
        "label": STEP_LABELS.get(running.step, running.step),
        "explanation": clocks.explain(running, today=today),
        "unit": running.get_unit_display(),
        "clock": running,
    }


def _points(case: Report) -> list[dict[str, Any]]:
    if case.latitude is None:
        return []
    return [{"lat": case.latitude, "lon": case.longitude, "label": case.code, "url": "#tempat"}]


# The SP4N words; a secret report's words and place stay out of every table.
EXPORT_COLUMNS = (
    (_("Nomor"), lambda case: case.code),
    (_("Diterima"), lambda case: clock.local_date(case.received_at).isoformat()),
    (_("Golongan"), lambda case: case.get_report_class_display()),
    (_("Kategori"), lambda case: str(case.category)),
    (_("Isi"), lambda case: _("(rahasia)") if case.secret else case.public_text),
    (_("Alamat"), lambda case: _("(rahasia)") if case.secret else case.address),
    (_("Kelurahan"), lambda case: _("(rahasia)") if case.secret else case.region.name),
    (_("Saluran"), lambda case: case.get_channel_display()),
    (_("Kantor"), lambda case: case.office.name),
    (_("Keadaan"), lambda case: case.get_status_display()),
    (_("Jatuh tempo"), lambda case: clock.local_date(case.due_at).isoformat() if case.due_at else ""),
    (_("Selesai"), lambda case: clock.local_date(case.closed_at).isoformat() if case.closed_at else ""),
)

# What a clash is shown by: facts that two officers may change at the same time.
WATCHED = (
    Watched("status", _("Keadaan"), lambda case: case.status, lambda case: case.get_status_display()),
    Watched("office", _("Kantor"), lambda case: case.office_id, lambda case: case.office.name),
    Watched("handler", _("Pemegang"), lambda case: case.handler_id, lambda case: case.handler or _("belum ada")),
    Watched("category", _("Kategori"), lambda case: case.category_id, lambda case: case.category),
    Watched("class", _("Golongan"), lambda case: case.report_class,
            lambda case: case.get_report_class_display()),
    Watched("urgency", _("Kemendesakan"), lambda case: case.urgency,
            lambda case: case.get_urgency_display()),
    Watched("due", _("Jatuh tempo"), lambda case: case.due_at,
            lambda case: spoken.long_date(case.due_at) if case.due_at else _("tidak ada")),
    Watched("closure", _("Usulan penutupan"), lambda case: case.closure_proposed,
            lambda case: _("ada") if case.closure_proposed else _("tidak ada")),
    Watched("hidden", _("Disembunyikan dari publik"), lambda case: case.hidden,
            lambda case: _("ya") if case.hidden else _("tidak")),
    Watched("public_text", _("Teks yang tampil"), lambda case: case.public_text,
            lambda case: case.public_text),
)  # fmt: skip

KIND = DeskKind(
    key="reports",
    label=_("Laporan warga"),
    model=Report,
    queues=QUEUES,
    verbs=(*VERBS, *MORE_VERBS),
    bulk=BULK,
    filter_form=filter_form,
    apply_filters=apply_filters,
    prepare_list=prepare_list,
    rows=ROWS,
    row_template="reports/desk/row.html",
    case_template="reports/desk/case.html",
    side_template="reports/desk/side.html",
    prepare_case=prepare_case,
    case_context=case_context,
    export_columns=EXPORT_COLUMNS,
    tools=(
        Tool(
            _("Tugas untuk kantor saya"),
            "reports:tasks",
            policy.may_see_task_queue,
            icon="orang-banyak",
            count=task_reading.waiting_count,
        ),
        Tool(_("Catat laporan"), "reports:enter", policy.may_enter, icon="tambah"),
        Tool("SP4N-LAPOR!", "reports:sp4n", policy.may_export_sp4n, icon="unduh"),
        Tool(_("Apakah benar beres?"), "reports:resolution-desk", policy.may_read_resolution, icon="grafik"),
        Tool(_("Aturan disposisi"), "reports:rules", policy.may_route_by_rule, icon="urut"),
        Tool(_("Jawaban siap pakai"), "reports:answers", policy.may_write_canned),
    ),
    watched=WATCHED,
    answers=canned.READY,
    order=10,
)
