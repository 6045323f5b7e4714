"""The desk's verbs for reports: each is one of the room's actions with its form and its condition."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.desk import Verb
from pendopo.base.files.actions import store_photos
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports import desk_forms as forms
from pendopo.domains.reports import desk_forms_care as care
from pendopo.domains.reports import policy, task_reading
from pendopo.domains.reports.actions import closing, merging, moderation, routing, tasks, work
from pendopo.domains.reports.desk_similar import GatherForm
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.task_forms import ShareForm
from pendopo.kernel.errors import Refused

Data = Mapping[str, Any]
_NEW = (Status.RECEIVED, Status.VERIFIED)


def _case(case: Report, user: Any) -> dict[str, Any]:
    return {"case": case}


def _case_and_user(case: Report, user: Any) -> dict[str, Any]:
    return {"case": case, "user": user}


def _verify(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return routing.verify(report_id=case.pk, report_class=data["report_class"], by=user, now=now)


def _assign(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return routing.assign(
        report_id=case.pk,
        office_id=data["office"].pk,
        instruction=data["instruction"],
        report_class=data.get("report_class", ""),
        by=user,
        now=now,
    )


def _give_back(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return routing.give_back(report_id=case.pk, reason=data["reason"], by=user, now=now)


def _take(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return work.take(report_id=case.pk, by=user, now=now)


def _answer(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    photos = store_photos(data["photos"], by=user, now=now)
    return work.answer(report_id=case.pk, body=data["body"], files=photos, by=user, now=now)


def _ask(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return work.ask(report_id=case.pk, body=data["body"], by=user, now=now)


def _note(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return work.note(report_id=case.pk, body=data["body"], by=user, now=now)


def _close(case: Report, user: Any, data: Data, now: dt.datetime) -> Any:
    photos = store_photos(data["photos"], by=user, now=now)
    photos += task_reading.chosen_files(case, data.get("task_photos") or ())
    return closing.propose_closing(
        report_id=case.pk, summary=data["summary"], files=photos, leave_tasks=data.get("leave_tasks", ""),
        by=user, now=now,
    )  # fmt: skip


def _check(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return closing.check_closing(
        report_id=case.pk, accept=data["accept"], remark=data["remark"], by=user, now=now
    )


def _close_for_citizen(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return closing.close_for_citizen(report_id=case.pk, reason=data["reason"], by=user, now=now)


def _reopen(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return closing.reopen_by_staff(report_id=case.pk, reason=data["reason"], by=user, now=now)


def _archive(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.archive(
        report_id=case.pk, reason=data["reason"], explanation=data["explanation"], by=user, now=now
    )


def _forward(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.forward_outside(
        report_id=case.pk, to=data["to"], explanation=data["explanation"], by=user, now=now
    )


def _merge(case: Report, user: Any, data: Data, now: dt.datetime) -> Any:
    parent = Report.objects.desk_of(user).filter(code=data["into"]).values_list("pk", flat=True).first()
    if parent is None:
        raise Refused(str(_("Nomor laporan induk tidak ditemukan di meja Anda.")), field="into")
    return merging.merge(into=parent, children=[case.pk], by=user, now=now)


def _gather(case: Report, user: Any, data: Data, now: dt.datetime) -> Any:
    return merging.merge(into=case.pk, children=data["children"], by=user, now=now)


def _part(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return merging.unmerge(child=case.pk, by=user, now=now)


def _classify(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.classify(
        report_id=case.pk, category=data["category"], report_class=data["report_class"], by=user, now=now
    )


def _urgency(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.set_urgency(report_id=case.pk, urgency=data["urgency"], by=user, now=now)


def _class_before(case: Report) -> Data:
    return {"category": case.category_id, "report_class": case.report_class}


def _urgency_before(case: Report) -> Data:
    return {"urgency": case.urgency}


def _moderate(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.moderate(report_id=case.pk, by=user, now=now, **data)


def _contact(case: Report, user: Any, data: Data, now: dt.datetime) -> Any:
    return moderation.open_contact(report_id=case.pk, purpose=data["purpose"], by=user, now=now)


def _share(case: Report, user: Any, data: Data, now: dt.datetime) -> Any:
    return tasks.share(report_id=case.pk, parts=ShareForm.parts(data), by=user, now=now)


def _override(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.override(
        report_id=case.pk, status=data["status"], reason=data["reason"], by=user, now=now
    )


def _may_check(user: Any, case: Report) -> bool:
    """The button is not offered to the one who proposed; the action refuses that person too."""
    if not policy.may_check_closing(user, case):
        return False
    return not case.closures.filter(checked_at=None, proposed_by=user).exists()


def _may_route(user: Any, case: Report) -> bool:
    return case.status in _NEW and policy.may_assign(user, case)


def _may_hand_down(user: Any, case: Report) -> bool:
    """An office without offices below it has nobody to hand on to; only a koordinator may choose any."""
    if case.status in _NEW or not policy.may_assign(user, case):
        return False
    return roles_of(user).coordinates or case.office.children.filter(active=True).exists()


VERBS = (
    Verb("disposisi", _("Teruskan ke kantor"), _may_route, _assign, forms.AssignForm, _case_and_user,
         done=_("Laporan diteruskan."), tone="primary", key_hint="A", order=10),
    Verb("verifikasi", _("Verifikasi saja"), policy.may_verify, _verify, forms.VerifyForm, _case,
         explanation=_("Laporan lengkap, tetapi kantor tujuannya belum dipilih."),
         done=_("Laporan diverifikasi."), order=20),
    Verb("ambil", _("Ambil, ini tugas saya"), policy.may_take, _take,
         explanation=_("Anda menjadi pemegang laporan ini; hitungan tindak lanjut pertama berhenti."),
         done=_("Laporan ini sekarang Anda pegang."), tone="primary", key_hint="A", order=30),
    Verb("periksa", _("Periksa bukti"), _may_check, _check, forms.CheckForm,
         done=_("Hasil pemeriksaan tersimpan."), tone="primary", order=5),
    Verb("jawab", _("Jawab pelapor"), policy.may_answer, _answer, forms.AnswerForm,
         done=_("Jawaban terkirim."), key_hint="R", order=40),
    Verb("tutup", _("Tutup dengan bukti"), policy.may_propose_closing, _close, forms.CloseForm,
         _case,
         done=_("Usulan penutupan menunggu pemeriksaan orang kedua."), order=45),
    Verb("tanya", _("Minta kelengkapan"), policy.may_ask, _ask, forms.AskForm,
         done=_("Pertanyaan terkirim; waktu dijeda."), order=50),
    Verb("tutup-pelapor", _("Tutup atas kata pelapor"), policy.may_close_for_citizen, _close_for_citizen,
         forms.ReasonForm, explanation=_("Bila pelapor mengonfirmasi lewat telepon atau tidak dapat dihubungi."),
         done=_("Laporan ditutup petugas."), order=65),
    Verb("catat", _("Catatan internal"), policy.may_note, _note, forms.NoteForm,
         done=_("Catatan tersimpan."), key_hint="N", order=70),
    Verb("kembalikan", _("Salah alamat, kembalikan"), policy.may_return, _give_back, forms.ReturnForm,
         done=_("Laporan dikembalikan ke koordinator."), order=80),
    Verb("teruskan-bawah", _("Teruskan ke kantor di bawah"), _may_hand_down, _assign, forms.HandDownForm,
         _case_and_user, done=_("Laporan diteruskan."), tone="quiet", order=85),
    Verb("bagi-tugas", _("Bagi tugas"), policy.may_add_task, _share, ShareForm,
         _case_and_user,
         explanation=_("Laporan tetap di kantor Anda; kantor lain mengerjakan bagiannya masing-masing."),
         done=_("Tugas dibagi."), tone="quiet", key_hint="T", order=90),
    Verb("kontak", _("Lihat kontak pelapor"), policy.may_see_contact, _contact, care.ContactForm,
         result_template="reports/desk/contact.html", tone="quiet", order=100),
    Verb("gabung", _("Gabungkan ke laporan lain"), policy.may_merge, _merge, care.MergeForm,
         explanation=_("Laporan ini menjadi anak: waktunya berhenti, dan pelapornya mengikuti kabar laporan induk."),
         done=_("Laporan digabungkan."), key_hint="M", tone="quiet", order=110),
    Verb("gabungkan-ke-sini", _("Gabungkan laporan lain ke sini"), policy.may_gather, _gather, GatherForm,
         _case_and_user,
         explanation=_("Laporan yang dipilih menjadi anak laporan ini. Semua pelapornya mendapat kabar yang sama."),
         done=_("Laporan digabungkan ke laporan ini."), tone="quiet", order=112),
    Verb("pisahkan", _("Pisahkan dari laporan induk"), policy.may_unmerge, _part,
         explanation=_("Keadaan dan waktunya kembali seperti sebelum digabung."),
         done=_("Laporan dipisahkan dan kembali ke antreannya."), order=115),
    Verb("golongkan", _("Ubah kategori atau golongan"), policy.may_classify, _classify, care.ClassifyForm, _case,
         explanation=_("Bila golongannya berubah, batas penyelesaian dihitung lagi dari tanggal awal yang sama."),
         done=_("Kategori tersimpan."), tone="quiet", undo=_class_before, order=120),
    Verb("kemendesakan", _("Ubah kemendesakan"), policy.may_set_urgency, _urgency, care.UrgencyForm, _case,
         done=_("Kemendesakan tersimpan."), tone="quiet", undo=_urgency_before, order=130),
    Verb("tampilan", _("Atur tampilan publik"), policy.may_moderate, _moderate, care.ModerateForm, _case,
         done=_("Tampilan publik tersimpan."), tone="quiet", order=140),
    Verb("arsip", _("Arsipkan"), policy.may_archive, _archive, care.ArchiveForm,
         done=_("Laporan diarsipkan."), tone="danger", order=150),
    Verb("teruskan-luar", _("Teruskan ke luar kewenangan"), policy.may_forward, _forward, care.ForwardForm,
         done=_("Laporan diteruskan ke luar kewenangan."), tone="danger", order=160),
    Verb("buka-lagi", _("Buka lagi"), policy.may_reopen, _reopen, forms.ReasonForm,
         explanation=_("Alasan Anda tersimpan sebagai catatan petugas."),
         done=_("Laporan dibuka lagi."), tone="quiet", order=170),
    Verb("tetapkan", _("Tetapkan keadaan (luar biasa)"), policy.may_override, _override, care.OverrideForm,
         explanation=_("Jalan keluar bila laporan tersangkut. Tercatat atas nama Anda."),
         done=_("Keadaan ditetapkan."), tone="danger", order=180),
)  # fmt: skip
