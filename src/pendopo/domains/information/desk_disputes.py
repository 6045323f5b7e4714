"""How disputes stand on the desk of PPID Utama: each stage of the chain is one verb."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases import clocks
from pendopo.base.cases.desk import DeskKind, Queue, Verb, Watched
from pendopo.base.files.actions import store
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information import desk, desk_decide
from pendopo.domains.information.actions import disputes
from pendopo.domains.information.actions.disputes import Papers
from pendopo.domains.information.desk_fields import FilesField, line, words
from pendopo.domains.information.desk_filter import DisputeFilter
from pendopo.domains.information.desk_objections import has_objections
from pendopo.domains.information.models import DecisionKind, Dispute, DisputeStatus
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.seeds import DISPUTE_LABELS
from pendopo.kernel import clock
from pendopo.kernel.ids import code_among_words

Data = Mapping[str, Any]
S = DisputeStatus


class _Words(forms.Form):
    words = words(label=_("Catatan"), required=False, rows=3, max_length=2000)
    papers = FilesField(label=_("Dokumen"))


class PapersForm(_Words):
    ki_number = line(label=_("Nomor di Komisi Informasi"), required=False, max_length=80)
    court_number = line(label=_("Nomor perkara pengadilan"), required=False, max_length=80)
    hearing_on = forms.DateField(label=_("Sidang berikutnya"), required=False, widget=DateInput)
    hearing_time = forms.TimeField(
        label=_("Pukul"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    hearing_place = line(label=_("Tempat sidang"), required=False, max_length=160)
    field_order = (
        "ki_number",
        "court_number",
        "hearing_on",
        "hearing_time",
        "hearing_place",
        "words",
        "papers",
    )


class RulingForm(_Words):
    result = forms.ChoiceField(label=_("Hasil"), choices=[("", _("Pilih hasilnya")), *Dispute.Winner.choices])
    ruling = words(label=_("Amar putusan"), min_length=10)
    orders = words(label=_("Yang harus dilaksanakan"), required=False, rows=3)
    ruled_on = forms.DateField(label=_("Diputus tanggal"), widget=DateInput)
    field_order = ("result", "ruling", "orders", "ruled_on", "words", "papers")


class AgreementForm(_Words):
    ruling = words(label=_("Isi kesepakatan"), min_length=10)
    orders = words(label=_("Yang harus dilaksanakan"), required=False, rows=3)
    ruled_on = forms.DateField(label=_("Disepakati tanggal"), widget=DateInput)
    field_order = ("ruling", "orders", "ruled_on", "words", "papers")


class CourtForm(_Words):
    court_number = line(label=_("Nomor perkara pengadilan"), required=False, max_length=80)
    field_order = ("court_number", "words", "papers")


class DropForm(forms.Form):
    words = words(label=_("Mengapa gugur atau dicabut"), min_length=10, rows=3, max_length=2000)


class ExecuteForm(forms.Form):
    executed_note = words(label=_("Bagaimana putusan dilaksanakan"), min_length=10, rows=3, max_length=2000)


class _Executing(forms.Form):
    executed_note = words(label=_("Bagaimana putusan dilaksanakan"), min_length=10, rows=3, max_length=2000)
    field_order = ("executed_note",)


class ExecuteFullForm(_Executing, desk_decide.GrantForm):
    """The ruling opens everything."""


class ExecutePartForm(_Executing, desk_decide.PartialForm):
    """The ruling opens a part."""


def _papers(data: Data) -> Papers:
    known = {name: data[name] for name in Papers.__dataclass_fields__ if data.get(name)}
    if data.get("hearing_on"):
        time = data.get("hearing_time") or dt.time(9)
        known["hearing_at"] = dt.datetime.combine(data["hearing_on"], time, timezone.get_current_timezone())
    return Papers(**known)


def _stored(data: Data, user: Any, now: dt.datetime) -> list[Any]:
    return [
        store(upload=one, by=user, now=now, allowed=FilesField.allowed, thorough=True)
        for one in data.get("papers") or ()
    ]


def _keep(case: Dispute, user: Any, data: Data, now: dt.datetime) -> Dispute:
    return disputes.keep(
        dispute_id=case.pk, papers=_papers(data), files=_stored(data, user, now), by=user, now=now
    )


def _to(status: str) -> Callable[..., Any]:
    def run(case: Dispute, user: Any, data: Data, now: dt.datetime) -> Dispute:
        return disputes.advance(
            dispute_id=case.pk,
            to=status,
            papers=_papers(data),
            files=_stored(data, user, now),
            by=user,
            now=now,
        )

    return run


def _court_ruled(case: Dispute, user: Any, data: Data, now: dt.datetime) -> Dispute:
    return disputes.court_ruled(dispute_id=case.pk, papers=_papers(data), by=user, now=now)


def _drafted(kind: str) -> Callable[..., Data]:
    """As in `desk_verbs`; what is opened belongs to a request (`_may_open`)."""
    return lambda case, user, data, now: {
        **data, "draft": desk_decide.grant_of(case.objection.request, data, user, now, kind=kind)
    }  # fmt: skip


def _execute(case: Dispute, user: Any, data: Data, now: dt.datetime) -> Dispute:
    return disputes.execute(
        dispute_id=case.pk, executed_note=data["executed_note"], draft=data.get("draft"), by=user, now=now
    )


def _request(case: Dispute, user: Any) -> dict[str, Any]:
    return {"case": case.objection.request}


def _may(to: str) -> Callable[[Any, Dispute], bool]:
    return lambda user, case: (
        Dispute.TRANSITIONS.allows(case.status, to) and policy.may_keep_dispute(user, case)
    )


def _opens(case: Dispute) -> bool:
    wins = case.result in (Dispute.Winner.REQUESTER, Dispute.Winner.PARTLY)
    return case.objection.request_id is not None and (wins or bool(case.ruling and not case.result))


def _may_open(user: Any, case: Dispute) -> bool:
    return _opens(case) and policy.may_execute(user, case)


def _may_close(user: Any, case: Dispute) -> bool:
    """Nothing is opened: the body won, or the agreement asks for something else."""
    return policy.may_execute(user, case) and not (case.result and _opens(case))


def _at_court(user: Any, case: Dispute) -> bool:
    return case.status == S.COURT and policy.may_keep_dispute(user, case)


VERBS = (
    Verb("berkas", _("Nomor, sidang, dan dokumen"), policy.may_keep_dispute, _keep, PapersForm,
         done=_("Berkas sengketa tersimpan."), key_hint="N", order=10),
    Verb("awal", _("Pemeriksaan awal dimulai"), _may(S.PRELIMINARY), _to(S.PRELIMINARY), _Words,
         explanation=_("Sidang pertama. Hitungan waktu penyelesaian mulai."),
         done=_("Tahap tercatat."), tone="primary", order=20),
    Verb("mediasi", _("Masuk mediasi"), policy.may_mediate, _to(S.MEDIATION), _Words,
         explanation=_("Hanya untuk keberatan dengan alasan b sampai g."), done=_("Tahap tercatat."), order=30),
    Verb("ajudikasi", _("Masuk ajudikasi"), _may(S.ADJUDICATION), _to(S.ADJUDICATION), _Words,
         done=_("Tahap tercatat."), order=32),
    Verb("sepakat", _("Kesepakatan mediasi"), _may(S.SETTLED), _to(S.SETTLED), AgreementForm,
         done=_("Kesepakatan tercatat."), order=34),
    Verb("putus", _("Putusan Komisi Informasi"), _may(S.RULED), _to(S.RULED), RulingForm,
         explanation=_("Kesempatan ke pengadilan mulai dihitung."), done=_("Putusan tercatat."),
         order=40),
    Verb("pengadilan", _("Digugat ke pengadilan"), _may(S.COURT), _to(S.COURT), CourtForm,
         done=_("Tahap tercatat."), order=50),
    Verb("putusan-pengadilan", _("Putusan pengadilan diterima"), _at_court, _court_ruled, RulingForm,
         explanation=_("Kesempatan kasasi mulai dihitung."), done=_("Putusan pengadilan tercatat."),
         order=52),
    Verb("kasasi", _("Kasasi diajukan"), _may(S.CASSATION), _to(S.CASSATION), CourtForm,
         done=_("Tahap tercatat."), order=54),
    Verb("inkrah", _("Berkekuatan hukum tetap"), _may(S.FINAL), _to(S.FINAL), _Words,
         done=_("Putusan berkekuatan hukum tetap."), order=60),
    Verb("laksanakan", _("Laksanakan: berikan seluruhnya"), _may_open, _execute, ExecuteFullForm,
         _request, prepare=_drafted(DecisionKind.FULL), done=_("Putusan dilaksanakan."), tone="primary", order=70),
    Verb("laksanakan-sebagian", _("Laksanakan: berikan sebagian"), _may_open, _execute, ExecutePartForm,
         _request, prepare=_drafted(DecisionKind.PARTIAL), done=_("Putusan dilaksanakan."), order=72),
    Verb("selesai", _("Catat selesai dilaksanakan"), _may_close, _execute, ExecuteForm,
         done=_("Pelaksanaan tercatat."), order=74),
    Verb("gugur", _("Gugur atau dicabut"), _may(S.DROPPED), _to(S.DROPPED), DropForm,
         done=_("Sengketa berakhir."), tone="danger", order=90),
)  # fmt: skip
_KI = (S.REGISTERED, S.PRELIMINARY, S.MEDIATION, S.ADJUDICATION)
QUEUES = (
    Queue("di-ki", _("Di Komisi Informasi"), _("Dari registrasi sampai ajudikasi."),
          lambda user, now: Q(status__in=_KI), audience=has_objections),
    Queue("sidang", _("Sidang berikutnya"), _("Sidang yang sudah dijadwalkan."),
          lambda user, now: Q(closed_at=None, next_hearing_at__gte=now), audience=has_objections),
    Queue("diputus", _("Diputus"), _("Menunggu gugatan atau berkekuatan hukum tetap."),
          lambda user, now: Q(status__in=(S.RULED, S.COURT, S.CASSATION)), audience=has_objections),
    Queue("laksanakan", _("Harus dilaksanakan"), _("Putusan tetap atau kesepakatan yang belum dilaksanakan."),
          lambda user, now: Q(status__in=(S.FINAL, S.SETTLED)), alarm=True, audience=has_objections),
    Queue("selesai", _("Selesai"), _("Dilaksanakan, gugur, atau dicabut."),
          lambda user, now: Q(status__in=(S.EXECUTED, S.DROPPED)), newest_first=True, audience=has_objections),
)  # fmt: skip
_TONE = {
    S.REGISTERED: "new",
    S.EXECUTED: "done",
    S.DROPPED: "closed",
    S.FINAL: "waiting",
    S.SETTLED: "waiting",
}


def tone_of(status: str) -> str:
    return _TONE.get(S(status), "moving")


def apply_filters(rows: Any, values: Mapping[str, Any]) -> Any:
    typed = values.get("q") or ""
    if typed:
        code = code_among_words(typed, "SGK")
        rows = rows.filter(code=code) if code else rows.filter(ki_number__icontains=typed)
    return rows.filter(status=values["status"]) if values.get("status") else rows


def prepare(rows: Any) -> Any:
    found = rows.select_related("office", "handler", "entered_by", "objection__request")
    return found.defer("objection__request__search")


def case_context(case: Dispute, user: Any, now: dt.datetime) -> dict[str, Any]:
    today = clock.local_date(now)
    measured = clocks.running_clocks(case)
    return {
        "running": [desk.shown_clock(c, today, DISPUTE_LABELS) for c in measured if c.stopped_at is None],
        "stopped": [(DISPUTE_LABELS.get(c.step, c.step), c) for c in measured if c.stopped_at is not None],
        "objection": case.objection,
        "tone": tone_of(case.status),
    }


EXPORT_COLUMNS = (
    (_("Kode"), lambda case: case.code),
    (_("Nomor di Komisi Informasi"), lambda case: case.ki_number),
    (_("Keberatan"), lambda case: case.objection.registration),
    (_("Diajukan"), lambda case: case.filed_on.isoformat()),
    (_("Tahap"), lambda case: case.get_status_display()),
    (_("Hasil"), lambda case: case.get_result_display()),
)
WATCHED = (
    Watched("status", _("Tahap"), lambda case: case.status, lambda case: case.get_status_display()),
    Watched("hearing", _("Sidang berikutnya"), lambda case: case.next_hearing_at,
            lambda case: case.next_hearing_at or _("belum ada")),
)  # fmt: skip

KIND = DeskKind(
    key=Dispute.KIND,
    label=_("Sengketa informasi"),
    model=Dispute,
    queues=QUEUES,
    verbs=VERBS,
    filter_form=DisputeFilter,
    apply_filters=apply_filters,
    prepare_list=prepare,
    prepare_case=prepare,
    row_template="information/desk/dispute_row.html",
    case_template="information/desk/dispute_case.html",
    side_template="information/desk/dispute_side.html",
    case_context=case_context,
    export_columns=EXPORT_COLUMNS,
    watched=WATCHED,
    order=40,
)
