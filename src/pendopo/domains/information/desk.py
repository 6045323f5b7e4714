"""How requests stand on the desk of PPID: queues, filters, rows, and the page of one request."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases import clocks
from pendopo.base.cases.desk import DeskKind, Queue, Rows, Tool, Watched
from pendopo.base.cases.models import Unit
from pendopo.base.organizations.public import offices_by_id
from pendopo.base.organizations.roles import roles_of
from pendopo.base.redaction import public as redaction
from pendopo.base.ui import words as spoken
from pendopo.domains.information import letter_texts, letters, related, unit_reading
from pendopo.domains.information.desk_decide import REDACTION_HOST
from pendopo.domains.information.desk_filter import RequestFilter
from pendopo.domains.information.desk_verbs import BULK, VERBS
from pendopo.domains.information.models import (
    REQUEST_FINAL,
    REQUEST_UNDECIDED,
    InformationRequest,
    RequestChannel,
    RequestStatus,
)
from pendopo.domains.information.notices_shown import notices_of
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import who
from pendopo.domains.information.seeds import STEP_LABELS
from pendopo.kernel import clock
from pendopo.kernel.ids import code_among_words

S = RequestStatus
OURS = (S.REGISTERED, S.IN_PROGRESS, S.GRANTED)  # the office has to act
NEAR = 3  # working days, as the explanation of the queue "hampir" says


def has_requests(user: Any) -> bool:
    """PPID Utama's people, and who oversees the whole government. Units have their list of tasks instead."""
    return who.serves_requests(user) or roles_of(user).sees_all


def near_end(now: dt.datetime) -> dt.datetime:
    return clock.end_of_day(clocks.days_after(clock.local_date(now), NEAR, Unit.WORKING_DAYS))


def _asked() -> Q:
    return Q(pk__in=unit_reading.waited_for())


QUEUES = (
    Queue("baru", _("Baru"), _("Terdaftar, belum diperiksa kelengkapannya."),
          lambda user, now: Q(status=S.REGISTERED), audience=has_requests),
    Queue("punyaku", _("Punyaku"), _("Permohonan yang Anda tangani."),
          lambda user, now: Q(handler=user.pk, closed_at=None), audience=who.serves_requests),
    Queue("menunggu-unit", _("Menunggu unit"), _("Sedikitnya satu unit belum menjawab."),
          lambda user, now: Q(status=S.IN_PROGRESS) & _asked(), audience=has_requests),
    Queue("siap-diputus", _("Siap diputus"), _("Diproses, dan tidak ada unit yang masih ditunggu."),
          lambda user, now: Q(status=S.IN_PROGRESS) & ~_asked(), audience=has_requests),
    Queue("hampir", _("Hampir jatuh tempo"), _("Batas waktunya tiga hari kerja lagi atau kurang."),
          lambda user, now: Q(status__in=OURS, due_at__gte=now, due_at__lte=near_end(now)), audience=has_requests),
    Queue("lewat-batas", _("Lewat batas"), _("Batas waktunya sudah lewat."),
          lambda user, now: Q(status__in=OURS, due_at__lt=now), alarm=True, audience=has_requests),
    Queue("menunggu-pemohon", _("Menunggu pemohon"), _("Pemohon diminta melengkapi; waktu berhenti."),
          lambda user, now: Q(status=S.INCOMPLETE), audience=has_requests),
    Queue("menunggu-penyerahan", _("Menunggu penyerahan"), _("Sudah dikabulkan, belum diserahkan."),
          lambda user, now: Q(status=S.GRANTED), audience=has_requests),
    Queue("selesai", _("Selesai"), _("Diserahkan, ditolak, tidak dikuasai, dicabut, atau gugur."),
          lambda user, now: Q(status__in=REQUEST_FINAL), newest_first=True, audience=has_requests),
)  # fmt: skip


def apply_filters(rows: Any, values: Mapping[str, Any]) -> Any:
    """Narrow by the filter's cleaned values; a typed code or register number finds just that request."""
    typed = values.get("q") or ""
    code = code_among_words(typed, "PPID")
    if code:
        rows = rows.filter(code=code)
    elif "/" in typed:
        rows = rows.filter(registration__iexact=typed.strip())
    elif typed:
        rows = rows.search(typed)
    for name in ("status", "decision", "requester_kind", "channel"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    return rows


ROWS = Rows(
    fields=(
        "code", "registration", "status", "decision", "requester_kind", "urgency", "received_at", "closed_at",
        "due_at", "due_step", "paused", "extended", "details", "secret", "handler__name", "handler__email",
    ),
    joined=("handler",),
    known={"office": offices_by_id},
)  # fmt: skip


def prepare_list(rows: Any) -> Any:
    return rows.select_related("office", "handler").defer("search")


def prepare_case(rows: Any) -> Any:
    joined = rows.select_related("office", "handler", "entered_by", "extension__rule").defer("search")
    return related.with_objections(unit_reading.with_found_files(joined))


def case_context(case: InformationRequest, user: Any, now: dt.datetime) -> dict[str, Any]:
    """What the page of a request shows beside the shared parts."""
    today = clock.local_date(now)
    measured = clocks.running_clocks(case)
    return {
        "running": [shown_clock(c, today, STEP_LABELS) for c in measured if c.stopped_at is None],
        "stopped": [(STEP_LABELS.get(c.step, c.step), c) for c in measured if c.stopped_at is not None],
        "extension": getattr(case, "extension", None) if case.extended else None,
        "tasks": unit_reading.panel(case, today=today),
        "notices": notices_of(case, now=now),
        "letters": letters.links(letter_texts.REQUEST, case.pk, now),
        "objections": related.objections_on(case),
        "items": related.items_for(case) if case.status in REQUEST_UNDECIDED else [],
        "redactions": _redactions(case) if unit_reading.has_found_files(case) else [],
        "proofs": _proofs(case),
        "tone": tone_of(case.status),
    }


def shown_clock(running: Any, today: dt.date, labels: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": labels.get(running.step, running.step),
        "explanation": clocks.explain(running, today=today),
        "unit": running.get_unit_display(),
        "clock": running,
        "first_amount": running.amount - getattr(running, "extended_days", 0),
    }


def _redactions(case: InformationRequest) -> list[tuple[Any, str]]:
    rows = redaction.result_of((REDACTION_HOST, str(case.pk)))
    return [(row, redaction.studio_url(row)) for row in rows]


def _proofs(case: InformationRequest) -> list[tuple[Any, str]]:
    """Identity documents with the address where each is judged."""
    rows = case.proofs.defer("sealed_number")
    return [(row, reverse("information:identity", args=[row.pk])) for row in rows]


_TONES = {
    S.REGISTERED: "new", S.INCOMPLETE: "waiting", S.IN_PROGRESS: "moving", S.GRANTED: "moving",
    S.DELIVERED: "done", S.REFUSED: "closed", S.NOT_HELD: "closed", S.WITHDRAWN: "closed", S.LAPSED: "closed",
}  # fmt: skip


def tone_of(status: str) -> str:
    return _TONES[S(status)]


EXPORT_COLUMNS = (
    (_("Nomor"), lambda case: case.registration),
    (_("Kode"), lambda case: case.code),
    (_("Diterima"), lambda case: clock.local_date(case.received_at).isoformat()),
    (_("Pemohon"), lambda case: case.get_requester_kind_display()),
    (_("Saluran"), lambda case: RequestChannel(case.channel).label),
    (_("Keadaan"), lambda case: case.get_status_display()),
    (_("Putusan"), lambda case: case.get_decision_display()),
    (_("Diperpanjang"), lambda case: _("ya") if case.extended else _("tidak")),
    (_("Jatuh tempo"), lambda case: clock.local_date(case.due_at).isoformat() if case.due_at else ""),
    (_("Selesai"), lambda case: clock.local_date(case.closed_at).isoformat() if case.closed_at else ""),
)
WATCHED = (
    Watched("status", _("Keadaan"), lambda case: case.status, lambda case: case.get_status_display()),
    Watched("handler", _("Pemegang"), lambda case: case.handler_id, lambda case: case.handler or _("belum ada")),
    Watched("decision", _("Putusan"), lambda case: case.decision,
            lambda case: case.get_decision_display() or _("belum ada")),
    Watched("due", _("Jatuh tempo"), lambda case: case.due_at,
            lambda case: spoken.long_date(case.due_at) if case.due_at else _("tidak ada")),
)  # fmt: skip

KIND = DeskKind(
    key=InformationRequest.KIND,
    label=_("Permohonan informasi"),
    model=InformationRequest,
    queues=QUEUES,
    verbs=VERBS,
    bulk=BULK,
    filter_form=RequestFilter,
    apply_filters=apply_filters,
    prepare_list=prepare_list,
    prepare_case=prepare_case,
    rows=ROWS,
    row_template="information/desk/row.html",
    case_template="information/desk/case.html",
    side_template="information/desk/side.html",
    case_context=case_context,
    export_columns=EXPORT_COLUMNS,
    watched=WATCHED,
    tools=(
        Tool(_("Permintaan untuk unit saya"), "information:tasks", who.is_ppid, icon="orang-banyak",
             count=unit_reading.waiting_count),
        Tool(_("Batas waktu"), "information:limits", policy.may_see_limits),
    ),
    order=20,
)  # fmt: skip
