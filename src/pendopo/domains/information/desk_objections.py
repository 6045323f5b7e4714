"""How objections stand on the desk of Atasan PPID and of PPID Utama, who prepares them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases import clocks
from pendopo.base.cases.desk import DeskKind, Queue, Verb, Watched
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information import desk, desk_decide, letter_texts, letters
from pendopo.domains.information.actions import disputes, objections
from pendopo.domains.information.desk_fields import line, words
from pendopo.domains.information.desk_filter import ObjectionFilter
from pendopo.domains.information.desk_forms import NoteForm, ReasonForm
from pendopo.domains.information.models import DecisionKind, Objection, ObjectionStatus, Outcome
from pendopo.domains.information.notices_shown import notices_of
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import who
from pendopo.domains.information.seeds import OBJECTION_LABELS
from pendopo.kernel import clock
from pendopo.kernel.ids import code_among_words

Data = Mapping[str, Any]
S = ObjectionStatus
OPEN = (S.REGISTERED, S.REVIEWED)


class ReviewForm(forms.Form):
    body = words(label=_("Hasil telaah awal"), required=False, help_text=_("Hanya dibaca petugas."))


class ExplainForm(forms.Form):
    body = words(label=_("Apa yang perlu dijelaskan PPID?"), min_length=10)


def _answer() -> Any:
    return words(
        label=_("Tanggapan dan alasannya"),
        min_length=10,
        rows=6,
        help_text=_("Dibaca pengaju dalam surat tanggapan."),
    )


def _post() -> Any:
    return line(label=_("Jabatan Atasan PPID"), max_length=160)


class AnswerForm(forms.Form):
    body = _answer()
    post = _post()


class _Changing(forms.Form):
    """The answer stands above what the requester now gets."""

    body = _answer()
    post = _post()
    field_order = ("body", "post")


class ChangeForm(_Changing, desk_decide.GrantForm):
    """Everything after all."""


class ChangePartForm(_Changing, desk_decide.PartialForm):
    """A part after all."""


class ResponseForm(forms.Form):
    response = words(label=_("Tanggapan pemohon"), min_length=3, max_length=2000, rows=3)


class DisputeForm(forms.Form):
    filed_on = forms.DateField(label=_("Diajukan tanggal"), widget=DateInput)
    ki_number = line(label=_("Nomor di Komisi Informasi"), required=False, max_length=80)
    despite = forms.BooleanField(
        label=_("Catat juga walau di luar waktunya"), required=False,
        help_text=_("Komisi Informasi yang memutuskan apakah diterima."),
    )  # fmt: skip


def _review(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
    return objections.review(objection_id=case.pk, body=data["body"], by=user, now=now)


def _note(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
    return objections.note(objection_id=case.pk, body=data["body"], by=user, now=now)


def _explain(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
    return objections.ask_explanation(objection_id=case.pk, body=data["body"], by=user, now=now)


def _drafted(kind: str) -> Callable[..., Data]:
    """As in `desk_verbs`; an objection that is changed has a request (`_may_change`)."""
    return lambda case, user, data, now: {
        **data, "draft": desk_decide.grant_of(case.request, data, user, now, kind=kind)
    }  # fmt: skip


def _answered(outcome: str) -> Callable[..., Any]:
    def run(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
        return objections.answer(
            objection_id=case.pk,
            outcome=outcome,
            body=data["body"],
            post=data["post"],
            draft=data.get("draft"),
            by=user,
            now=now,
        )

    return run


def _respond(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
    return objections.write_response(objection_id=case.pk, response=data["response"], by=user, now=now)


def _withdraw(case: Objection, user: Any, data: Data, now: dt.datetime) -> Objection:
    return objections.withdraw(objection_id=case.pk, reason=data["reason"], by=user, now=now)


def _dispute(case: Objection, user: Any, data: Data, now: dt.datetime) -> Any:
    return disputes.register(objection_id=case.pk, by=user, now=now, **data)


def _request(case: Objection, user: Any) -> dict[str, Any]:
    return {"case": case.request}


def _may_change(user: Any, case: Objection) -> bool:
    return case.request_id is not None and policy.may_answer_objection(user, case)


def _may_accept(user: Any, case: Objection) -> bool:
    """A missing berkala entry has no request whose notice could change."""
    return case.request_id is None and policy.may_answer_objection(user, case)


def _may_dispute(user: Any, case: Objection) -> bool:
    return policy.may_register_dispute(user, case) and not case.disputes.exclude(status="DROPPED").exists()


VERBS = (
    Verb("telaah", _("Mulai menelaah"), policy.may_review, _review, ReviewForm,
         done=_("Keberatan ditelaah."), tone="primary", key_hint="T", order=10),
    Verb("jelaskan", _("Minta penjelasan PPID"), policy.may_prepare, _explain, ExplainForm,
         done=_("PPID diminta menjelaskan."), order=20),
    Verb("kuatkan", _("Kuatkan putusan PPID"), policy.may_answer_objection, _answered(Outcome.UPHELD), AnswerForm,
         explanation=_("Alasan ditulis lengkap (UU 14/2008 Pasal 36 ayat 3)."), done=_("Keberatan ditanggapi."),
         key_hint="K", order=30),
    Verb("ubah", _("Terima, kabulkan seluruhnya"), _may_change,
         _answered(Outcome.CHANGED), ChangeForm, _request, prepare=_drafted(DecisionKind.FULL),
         done=_("Keberatan diterima; pemberitahuan baru dibuat."), order=40),
    Verb("ubah-sebagian", _("Terima, kabulkan sebagian"), _may_change,
         _answered(Outcome.CHANGED), ChangePartForm, _request, prepare=_drafted(DecisionKind.PARTIAL),
         done=_("Keberatan diterima sebagian; pemberitahuan baru dibuat."), order=42),
    Verb("terima", _("Terima keberatan"), _may_accept, _answered(Outcome.CHANGED), AnswerForm,
         done=_("Keberatan diterima."), order=44),
    Verb("musyawarah", _("Selesaikan dengan musyawarah"), policy.may_settle, _answered(Outcome.SETTLED), AnswerForm,
         explanation=_("Hanya untuk alasan b sampai g (Pasal 35 ayat 2)."), done=_("Keberatan diselesaikan."),
         order=50),
    Verb("catat", _("Catatan internal"), policy.may_note_objection, _note, NoteForm, done=_("Catatan tersimpan."),
         key_hint="N", order=60),
    Verb("tanggapan", _("Catat tanggapan pemohon"), policy.may_write_response, _respond, ResponseForm,
         done=_("Tanggapan pemohon tercatat."), order=70),
    Verb("sengketa", _("Catat sengketa di Komisi Informasi"), _may_dispute, _dispute, DisputeForm,
         done=_("Sengketa tercatat."), tone="quiet", order=80),
    Verb("cabut", _("Cabut atas kata pengaju"), policy.may_withdraw_objection, _withdraw, ReasonForm,
         done=_("Keberatan dicabut."), tone="danger", order=90),
)  # fmt: skip


def has_objections(user: Any) -> bool:
    return who.prepares_objections(user) or roles_of(user).sees_all


QUEUES = (
    Queue("baru", _("Baru"), _("Belum ditelaah."), lambda user, now: Q(status=S.REGISTERED), audience=has_objections),
    Queue("ditelaah", _("Ditelaah"), _("Sedang disiapkan tanggapannya."), lambda user, now: Q(status=S.REVIEWED),
          audience=has_objections),
    Queue("hampir", _("Hampir jatuh tempo"), _("Batas waktunya tiga hari kerja lagi atau kurang."),
          lambda user, now: Q(status__in=OPEN, due_at__gte=now, due_at__lte=desk.near_end(now)),
          audience=has_objections),
    Queue("lewat-batas", _("Lewat batas"), _("Tidak ditanggapi sampai batasnya; hak ke Komisi Informasi terbuka."),
          lambda user, now: Q(status__in=OPEN, due_at__lt=now), alarm=True, audience=has_objections),
    Queue("selesai", _("Selesai"), _("Sudah ditanggapi atau dicabut."),
          lambda user, now: Q(status__in=(S.ANSWERED, S.WITHDRAWN)), newest_first=True, audience=has_objections),
)  # fmt: skip
TONES = {S.REGISTERED: "new", S.REVIEWED: "moving", S.ANSWERED: "done", S.WITHDRAWN: "closed"}


def apply_filters(rows: Any, values: Mapping[str, Any]) -> Any:
    typed = values.get("q") or ""
    if typed:
        code = code_among_words(typed, "KEB")
        rows = rows.filter(code=code) if code else rows.filter(registration__icontains=typed)
    for name in ("status", "ground"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    return rows


def prepare(rows: Any) -> Any:
    return rows.select_related("office", "handler", "entered_by", "request", "item").defer("request__search")


def case_context(case: Objection, user: Any, now: dt.datetime) -> dict[str, Any]:
    today = clock.local_date(now)
    measured = clocks.running_clocks(case)
    request = case.request
    notices = notices_of(request, now=now) if request else []
    seen = request is not None and type(request).objects.desk_of(user).filter(pk=request.pk).exists()
    return {
        "running": [desk.shown_clock(c, today, OBJECTION_LABELS) for c in measured if c.stopped_at is None],
        "stopped": [(OBJECTION_LABELS.get(c.step, c.step), c) for c in measured if c.stopped_at is not None],
        "asked": request,
        "asked_on_desk": seen,
        "notice": notices[0] if notices else None,
        "letters": letters.links(letter_texts.OBJECTION, case.pk, now),
        "request_letters": letters.links(letter_texts.REQUEST, request.pk, now) if request else [],
        "disputes": list(case.disputes.all()),
        "tone": TONES[S(case.status)],
    }


EXPORT_COLUMNS = (
    (_("Nomor"), lambda case: case.registration),
    (_("Diterima"), lambda case: clock.local_date(case.received_at).isoformat()),
    (_("Permohonan"), lambda case: case.request.registration if case.request else ""),
    (_("Alasan"), lambda case: f"{case.ground}. {case.get_ground_display()}"),
    (_("Keadaan"), lambda case: case.get_status_display()),
    (_("Keputusan"), lambda case: case.get_outcome_display()),
    (_("Jatuh tempo"), lambda case: clock.local_date(case.due_at).isoformat() if case.due_at else ""),
)
WATCHED = (
    Watched("status", _("Keadaan"), lambda case: case.status, lambda case: case.get_status_display()),
    Watched(
        "handler", _("Pemegang"), lambda case: case.handler_id, lambda case: case.handler or _("belum ada")
    ),
)

KIND = DeskKind(
    key=Objection.KIND,
    label=_("Keberatan"),
    model=Objection,
    queues=QUEUES,
    verbs=VERBS,
    filter_form=ObjectionFilter,
    apply_filters=apply_filters,
    prepare_list=prepare,
    prepare_case=prepare,
    row_template="information/desk/objection_row.html",
    case_template="information/desk/objection_case.html",
    side_template="information/desk/objection_side.html",
    case_context=case_context,
    export_columns=EXPORT_COLUMNS,
    watched=WATCHED,
    order=30,
)
