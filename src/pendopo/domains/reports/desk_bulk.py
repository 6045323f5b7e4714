"""What can be done to many reports at once. Each case goes through the action of the single act."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.cases.desk import BulkVerb
from pendopo.base.cases.models.case import WORKING_ROLES
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports import canned, policy
from pendopo.domains.reports.actions import merging, moderation, routing, work
from pendopo.domains.reports.desk_fields import CleanTextField, OfficeField
from pendopo.domains.reports.desk_forms import NoteForm
from pendopo.domains.reports.desk_forms_care import MergeForm
from pendopo.domains.reports.desk_more import GiveForm, SnoozeForm, colleagues, give, snooze
from pendopo.domains.reports.models import Category, Purpose, Report, ReportClass, Status
from pendopo.kernel.errors import Refused

Data = Mapping[str, Any]
May = Callable[[Any, Report], bool]


class OfficeForm(forms.Form):
    office = OfficeField(label=gettext_lazy("Kantor tujuan"), empty_label=gettext_lazy("Pilih kantor"))
    instruction = CleanTextField(label=gettext_lazy("Arahan"), required=False, rows=3, max_length=2000)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(user)  # type: ignore[attr-defined]


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(
        label=gettext_lazy("Kategori"),
        queryset=Category.objects.filter(active=True),
        empty_label=gettext_lazy("Pilih kategori"),
    )


class ClassForm(forms.Form):
    report_class = forms.ChoiceField(
        label=gettext_lazy("Golongan"), choices=ReportClass.choices, widget=forms.RadioSelect
    )


class ReplyForm(forms.Form):
    """One text for every reporter. Names in braces, from a prepared answer or typed, are filled for each."""

    body = CleanTextField(
        label=gettext_lazy("Jawaban untuk setiap pelapor"),
        help_text=gettext_lazy(
            "Tulis supaya cocok bagi semuanya. Isian seperti {kode} atau {tempat} diganti untuk setiap laporan. "
            "Anda melihat hasilnya dulu sebelum dikirim."
        ),
        rows=6,
    )

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        try:
            canned.check_variables(body, Purpose.ANSWER)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return body


def _user(user: Any) -> dict[str, Any]:
    return {"user": user}


def _works(user: Any) -> bool:
    return policy.may_enter(user)


def _coordinates(user: Any) -> bool:
    return roles_of(user).coordinates


def obstacle(may: May) -> Callable[[Any, Any], str]:
    """Why the policy says no, as one of three sentences a person can act on."""

    def told(user: Any, report: Report) -> str:
        if may(user, report):
            return ""
        if report.closed_at is not None:
            return _("Sudah selesai.")
        if not roles_of(user).has(report.office_id, *WORKING_ROLES):
            return _("Dipegang %(office)s, bukan kantor Anda.") % {"office": report.office.name}
        return _("Keadaannya (%(status)s) belum memungkinkan.") % {"status": report.get_status_display()}

    return told


def _merge_obstacle(user: Any, report: Report) -> str:
    if report.status == Status.MERGED:
        return _("Sudah digabung dengan laporan lain.")
    return _plain_merge(user, report)


_plain_merge = obstacle(policy.may_merge)


def _assign(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    office, words = data["office"].pk, data["instruction"]
    return routing.assign(report_id=case.pk, office_id=office, instruction=words, by=user, now=now)


def _category(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.classify(
        report_id=case.pk, category=data["category"], report_class=case.report_class, by=user, now=now
    )


def _class(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return moderation.classify(
        report_id=case.pk, category=case.category, report_class=data["report_class"], by=user, now=now
    )


def _note(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    return work.note(report_id=case.pk, body=data["body"], by=user, now=now)


def _reply(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    words = canned.fill(data["body"], case, user)
    return work.answer(report_id=case.pk, body=words, by=user, now=now)


def _merge(case: Report, user: Any, data: Data, now: dt.datetime) -> Report:
    if case.code == data["into"]:
        raise Refused(_("Ini laporan induknya sendiri; yang lain bergabung ke sini."))
    parent = Report.objects.desk_of(user).get(code=data["into"])
    merging.merge(into=parent.pk, children=[case.pk], by=user, now=now)
    return case


class MergeManyForm(MergeForm):
    """The parent may be one of the ticked reports: it is left as it is and the others join it."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_into(self) -> str:
        code: str = self.cleaned_data["into"]
        if not Report.objects.desk_of(self.user).filter(code=code, secret=False).exists():
            raise forms.ValidationError(_("Nomor laporan induk tidak ditemukan di meja Anda."))
        return code


BULK = (
    BulkVerb("disposisi", gettext_lazy("Teruskan ke kantor"), obstacle(policy.may_assign), _assign,
             gettext_lazy("Setiap laporan diteruskan ke kantor itu. Kantornya dan setiap pelapor mendapat kabar."),
             OfficeForm, _user, audience=_works, order=10),
    BulkVerb("serahkan", gettext_lazy("Serahkan ke petugas"), obstacle(policy.may_give), give,
             gettext_lazy("Petugas itu menjadi pemegang setiap laporan dan mendapat kabar. Pelapor tidak."),
             GiveForm, colleagues, audience=_works, order=20),
    BulkVerb("kategori", gettext_lazy("Ubah kategori"), obstacle(policy.may_classify), _category,
             gettext_lazy("Kategori setiap laporan diganti. Tidak ada yang dikirimi kabar."),
             CategoryForm, audience=_coordinates, order=30),
    BulkVerb("golongan", gettext_lazy("Ubah golongan"), obstacle(policy.may_classify), _class,
             gettext_lazy("Golongan diganti dan batas penyelesaian dihitung lagi dari tanggal awal yang sama."),
             ClassForm, audience=_coordinates, order=40),
    BulkVerb("catat", gettext_lazy("Catatan internal"), obstacle(policy.may_note), _note,
             gettext_lazy("Catatan yang sama ditulis pada setiap laporan. Hanya petugas yang membacanya."),
             NoteForm, audience=_works, order=50),
    BulkVerb("jawab", gettext_lazy("Jawab pelapor"), obstacle(policy.may_answer), _reply,
             gettext_lazy("Jawaban yang sama dikirim kepada setiap pelapor; pengikutnya mendapat kabar."),
             ReplyForm, read_by_citizen="body", audience=_works, order=60),
    BulkVerb("gabung", gettext_lazy("Gabungkan"), _merge_obstacle, _merge,
             gettext_lazy("Setiap laporan bergabung ke laporan induk; pelapornya mendapat kabar dari sana."),
             MergeManyForm, _user, audience=_works, order=70),
    BulkVerb("tunda", gettext_lazy("Tunda"), obstacle(policy.may_snooze), snooze,
             gettext_lazy("Setiap laporan keluar dari antrean harian sampai tanggal itu. Batas waktu tetap berjalan."),
             SnoozeForm, audience=_works, order=80),
)  # fmt: skip
