"""The desk's verbs for requests: each is one of the room's actions with its form and its condition."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.desk import BulkVerb, Verb
from pendopo.domains.information import desk_decide as decide_forms
from pendopo.domains.information import desk_forms as forms
from pendopo.domains.information import telling_desk, unit_reading
from pendopo.domains.information.actions import (
    answers_for_all,
    checking,
    deciding,
    delivering,
    ending,
    extending,
    handing,
    tasks,
)
from pendopo.domains.information.actions.grounding import Draft
from pendopo.domains.information.models import DecisionKind, InformationRequest
from pendopo.domains.information.offices import main_office
from pendopo.domains.information.policy import desk as policy
from pendopo.domains.information.policy import requests as asking_policy
from pendopo.domains.information.policy import who
from pendopo.kernel import clock

Data = Mapping[str, Any]
Case = InformationRequest


def _case(case: Case, user: Any) -> dict[str, Any]:
    return {"case": case}


def _user(case: Case, user: Any) -> dict[str, Any]:
    return {"user": user}


def _case_and_user(case: Case, user: Any) -> dict[str, Any]:
    return {"case": case, "user": user}


def _colleagues(*_about: Any) -> dict[str, Any]:
    return {"officers": telling_desk.staff_of(main_office(), clock.local_date(clock.now()))}


def _take(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.take(request_id=case.pk, by=user, now=now)


def _give(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.give(request_id=case.pk, officer_id=data["officer"], by=user, now=now)


def _ask(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.ask_to_complete(request_id=case.pk, missing=data["missing"], by=user, now=now)


def _begin(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.begin(request_id=case.pk, by=user, now=now)


def _note(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.note(request_id=case.pk, body=data["body"], by=user, now=now)


def _write(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return checking.write(request_id=case.pk, body=data["body"], by=user, now=now)


def _split(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    return tasks.split(request_id=case.pk, parts=forms.SplitForm.parts(data), by=user, now=now)


def _extend(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    return extending.extend(request_id=case.pk, by=user, now=now, **data)


def _drafted(kind: str) -> Callable[..., Data]:
    """What is handed over is stored and looked through before anybody waits for the request."""
    return lambda case, user, data, now: {"draft": decide_forms.grant_of(case, data, user, now, kind=kind)}


def _grant(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    return deciding.decide(request_id=case.pk, draft=data["draft"], by=user, now=now)


def _refuse(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    draft = Draft(kind=DecisionKind.REFUSED, reason=data["reason"], tests=data["tests"])
    return deciding.decide(request_id=case.pk, draft=draft, by=user, now=now)


def _not_held(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    draft = Draft(kind=DecisionKind.NOT_HELD, **data)
    return deciding.decide(request_id=case.pk, draft=draft, by=user, now=now)


def _deliver(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return delivering.deliver(request_id=case.pk, note=data["note"], by=user, now=now)


def _withdraw(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return ending.close_on_word(request_id=case.pk, reason=data["reason"], by=user, now=now)


def _log(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return answers_for_all.write_log(
        request_id=case.pk, title=data["title"], topic=data["topic"], by=user, now=now
    )


def _item(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    return answers_for_all.make_item(
        request_id=case.pk, title=data["title"], summary=data["summary"], office_id=data["unit"].pk,
        holder=data["holder"], by=user, now=now,
    )  # fmt: skip


def _contact(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    return checking.open_contact(request_id=case.pk, purpose=data["purpose"], by=user, now=now)


def _override(case: Case, user: Any, data: Data, now: dt.datetime) -> Case:
    return delivering.override(
        request_id=case.pk, status=data["status"], reason=data["reason"], by=user, now=now
    )


def _blacken(case: Case, user: Any, data: Data, now: dt.datetime) -> Data:
    return {"begun": handing.blacken(request_id=case.pk, task_file_id=data["task_file"], by=user, now=now)}


def _begun(case: Case, user: Any, data: Data, now: dt.datetime) -> Any:
    """The request itself does not change: the studio keeps the history of its files."""
    return data["begun"]


def _may_blacken(user: Any, case: Case) -> bool:
    return policy.may_split(user, case) and unit_reading.has_found_files(case)


def _log_before(case: Case) -> Data:
    return {"title": case.log_title, "topic": case.log_topic}


def _may_extend_once(user: Any, case: Case) -> bool:
    """The button is not offered a second time; the action says why in a sentence."""
    return not case.extended and policy.may_extend(user, case)


VERBS = (
    Verb("ambil", _("Saya yang menangani"), policy.may_take, _take,
         done=_("Permohonan ini sekarang Anda tangani."), tone="primary", key_hint="A", order=10),
    Verb("proses", _("Lengkap, mulai proses"), policy.may_begin, _begin,
         explanation=_("Nyatakan permohonan lengkap. Sesudah ini pemohon tidak dapat diminta melengkapi lagi."),
         done=_("Permohonan diproses."), order=20),
    Verb("lengkapi", _("Minta dilengkapi"), asking_policy.may_ask_to_complete, _ask, forms.AskForm,
         done=_("Permintaan terkirim; hitungan waktu berhenti."), key_hint="L", order=30),
    Verb("bagi", _("Minta unit mencari"), policy.may_split, _split, forms.SplitForm, _user,
         explanation=_("Permohonan tetap di PPID Utama. Unit membaca yang diminta, tidak pernah siapa pemohonnya."),
         done=_("Unit diminta mencari."), key_hint="T", order=40),
    Verb("kabulkan", _("Kabulkan seluruhnya"), policy.may_decide, _grant, decide_forms.GrantForm, _case,
         prepare=_drafted(DecisionKind.FULL), done=_("Permohonan dikabulkan; pemberitahuan tertulis dibuat."),
         key_hint="K", order=50),
    Verb("sebagian", _("Kabulkan sebagian"), policy.may_decide, _grant, decide_forms.PartialForm, _case,
         prepare=_drafted(DecisionKind.PARTIAL),
         explanation=_("Bagian yang dihitamkan disebut satu per satu dengan huruf Pasal 17 dan alasannya."),
         done=_("Permohonan dikabulkan sebagian; pemberitahuan tertulis dibuat."), order=52),
    Verb("hitamkan", _("Hitamkan berkas"), _may_blacken, _begun, decide_forms.BlackenForm, _case,
         prepare=_blacken,
         explanation=_("Berkas dibuka di ruang penghitaman; hasilnya baru dapat diserahkan setelah terbukti."),
         done=_("Penghitaman disiapkan. Buka dari panel Penghitaman."), tone="quiet", order=54),
    Verb("serahkan", _("Serahkan informasi"), policy.may_deliver, _deliver, forms.DeliverForm,
         explanation=_("Berkas dapat diunduh pemohon, dan tanda terima dibuat."),
         done=_("Informasi diserahkan."), tone="primary", key_hint="S", order=15),
    Verb("perpanjang", _("Perpanjang waktu"), _may_extend_once, _extend, forms.ExtendForm,
         explanation=_("Satu kali, dengan alasan tertulis, sebelum batas pertama (UU 14/2008 Pasal 22 ayat 8)."),
         done=_("Waktu diperpanjang; surat untuk pemohon dibuat."), order=60),
    Verb("catat", _("Catatan internal"), policy.may_note, _note, forms.NoteForm,
         done=_("Catatan tersimpan."), key_hint="N", order=70),
    Verb("tulis", _("Tulis kepada pemohon"), policy.may_write, _write, forms.WriteForm,
         done=_("Pesan terkirim kepada pemohon."), order=75),
    Verb("tidak-dikuasai", _("Tidak dikuasai"), policy.may_decide, _not_held, decide_forms.NotHeldForm,
         explanation=_("Pemohon diberi tahu mengapa, dan badan mana yang menguasainya bila diketahui."),
         done=_("Pemberitahuan tidak dikuasai dibuat."), tone="quiet", order=80),
    Verb("tolak", _("Tolak, dikecualikan"), policy.may_decide, _refuse, decide_forms.RefuseForm, _case,
         explanation=_("Hanya dengan uji konsekuensi yang ditetapkan dan masih berlaku (Pasal 17–20)."),
         done=_("Permohonan ditolak dengan alasan tertulis."), tone="danger", order=85),
    Verb("serah-rekan", _("Serahkan ke rekan"), policy.may_give, _give, forms.GiveForm, _colleagues,
         done=_("Permohonan diserahkan."), tone="quiet", order=90),
    Verb("pemohon", _("Lihat data pemohon"), policy.may_see_contact, _contact, forms.ContactForm,
         result_template="information/desk/contact.html", tone="quiet", order=100),
    Verb("daftar-terbuka", _("Judul di daftar terbuka"), policy.may_log, _log, forms.LogForm, _case,
         done=_("Judul untuk umum tersimpan."), tone="quiet", undo=_log_before, order=110),
    Verb("jadikan-dip", _("Jadikan informasi publik"), policy.may_make_item, _item, forms.ItemForm, _case_and_user,
         explanation=_("Jawaban ini menjadi draf di daftar informasi, supaya orang lain tidak perlu bertanya lagi."),
         done=_("Draf di daftar informasi dibuat."), tone="quiet", order=120),
    Verb("cabut", _("Cabut atas kata pemohon"), policy.may_withdraw, _withdraw, forms.ReasonForm,
         explanation=_("Bila pemohon mencabut lewat telepon atau datang sendiri."),
         done=_("Permohonan dicabut."), tone="danger", order=150),
    Verb("tetapkan", _("Tetapkan keadaan (luar biasa)"), policy.may_override, _override, forms.OverrideForm,
         explanation=_("Jalan keluar bila permohonan tersangkut. Tercatat atas nama Anda."),
         done=_("Keadaan ditetapkan."), tone="danger", order=180),
)  # fmt: skip


def _obstacle(may: Callable[[Any, Case], bool], sentence: Any) -> Callable[[Any, Case], str]:
    return lambda user, case: "" if may(user, case) else str(sentence)


BULK = (
    BulkVerb("serahkan", _("Serahkan ke rekan"), _obstacle(policy.may_give, _("Permohonan ini sudah berakhir.")),
             _give, _("Setiap permohonan berpindah ke rekan yang dipilih; ia diberi tahu."), forms.GiveForm,
             _colleagues, audience=who.serves_requests, order=10),
    BulkVerb("proses", _("Lengkap, mulai proses"),
             _obstacle(policy.may_begin, _("Hanya permohonan yang baru terdaftar.")), _begin,
             _("Setiap permohonan dinyatakan lengkap; pemohon membacanya di halamannya."),
             audience=who.serves_requests, order=20),
)  # fmt: skip
