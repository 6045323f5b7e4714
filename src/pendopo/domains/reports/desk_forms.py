"""Forms of the officer's desk: they turn typed strings into values and stop."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import Urgency
from pendopo.base.files.fields import SeveralPhotosField
from pendopo.base.organizations.models import Organization
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.models import ArchiveReason, Category, Channel, Report, ReportClass, Status
from pendopo.kernel.ids import normalize_code
from pendopo.kernel.text import clean

LONG = 5000


class CleanTextField(forms.CharField):
    """Text without NUL bytes, direction tricks and surrounding white space, with a clear upper limit."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(str(value).replace("\x00", "")) or "") if value else ""


def _line(**kwargs: Any) -> CleanTextField:
    return CleanTextField(widget=forms.TextInput(), **kwargs)


class VerifyForm(forms.Form):
    report_class = forms.ChoiceField(
        label=_("Golongan"),
        choices=ReportClass.choices,
        widget=forms.RadioSelect,
        help_text=_("Golongan menentukan batas waktu penyelesaian."),
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"report_class": case.report_class})
        super().__init__(*args, **kwargs)


class AssignForm(forms.Form):
    office = forms.ModelChoiceField(
        label=_("Kantor tujuan"), queryset=Organization.objects.none(), empty_label=_("Pilih kantor")
    )
    instruction = CleanTextField(label=_("Arahan"), required=False, rows=3, max_length=2000)
    report_class = forms.ChoiceField(
        label=_("Golongan"),
        choices=ReportClass.choices,
        required=False,
        help_text=_("Menentukan batas waktu."),
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"report_class": case.report_class})
        super().__init__(*args, **kwargs)
        offices = Organization.objects.filter(active=True).exclude(kind="GOVERNMENT")
        self.fields["office"].queryset = offices.order_by("kind", "name")  # type: ignore[attr-defined]
        if case.status != Status.RECEIVED:
            del self.fields["report_class"]


class AnswerForm(forms.Form):
    body = CleanTextField(
        label=_("Jawaban untuk pelapor"),
        help_text=_("Dibaca pelapor dan, bila laporan terbuka, publik."),
        rows=6,
    )
    photos = SeveralPhotosField(label=_("Foto"), required=False)


class AskForm(forms.Form):
    body = CleanTextField(
        label=_("Apa yang perlu dilengkapi pelapor?"),
        help_text=_("Waktu kantor dijeda sampai pelapor menjawab."),
    )


class NoteForm(forms.Form):
    body = CleanTextField(label=_("Catatan internal"), help_text=_("Hanya dibaca petugas."))


class ReturnForm(forms.Form):
    reason = _line(
        label=_("Mengapa salah alamat?"),
        max_length=300,
        min_length=5,
        help_text=_("Koordinator memakai alasan ini untuk memilih kantor yang benar."),
    )


class CloseForm(forms.Form):
    summary = CleanTextField(
        label=_("Apa yang sudah dikerjakan?"),
        help_text=_("Dibaca pelapor setelah diperiksa rekan Anda."),
        rows=5,
    )
    photos = SeveralPhotosField(label=_("Foto bukti"), required=False)


class CheckForm(forms.Form):
    accept = forms.TypedChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=[("1", _("Bukti cukup, sampaikan ke pelapor")), ("0", _("Belum cukup, kembalikan"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    remark = _line(label=_("Catatan untuk pengusul"), required=False, max_length=300)


class ReasonForm(forms.Form):
    reason = CleanTextField(label=_("Alasan"), max_length=1000, min_length=5, rows=3)


class ArchiveForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Alasan"),
        choices=[
            c for c in ArchiveReason.choices if c[0] not in {ArchiveReason.DUPLICATE, ArchiveReason.EXPIRED}
        ],
        widget=forms.RadioSelect,
    )
    explanation = CleanTextField(
        label=_("Penjelasan untuk pelapor"), required=False, max_length=2000, help_text=_("Dibaca pelapor.")
    )


class ForwardForm(forms.Form):
    to = _line(label=_("Diteruskan kepada"), max_length=160, help_text=_("Misalnya: PT PLN (Persero) UP3."))
    explanation = CleanTextField(label=_("Penjelasan untuk pelapor"), required=False, max_length=2000)


class MergeForm(forms.Form):
    into = _line(label=_("Nomor laporan induk"), max_length=40, help_text=_("Misalnya LAP-7K2M-Q9XA."))

    def clean_into(self) -> str:
        code = normalize_code(self.cleaned_data["into"])
        if code is None:
            raise forms.ValidationError(_("Nomor laporan berbentuk LAP-XXXX-XXXX."))
        return code


class ClassifyForm(forms.Form):
    category = forms.ModelChoiceField(label=_("Kategori"), queryset=Category.objects.none(), empty_label=None)
    report_class = forms.ChoiceField(label=_("Golongan"), choices=ReportClass.choices)

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"category": case.category_id, "report_class": case.report_class})
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(active=True)  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(
        label=_("Kemendesakan"), choices=Urgency.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"urgency": case.urgency})
        super().__init__(*args, **kwargs)


class ModerateForm(forms.Form):
    hidden = forms.BooleanField(label=_("Sembunyikan dari publik"), required=False)
    reason = _line(label=_("Alasan menyembunyikan"), required=False, max_length=300)
    public_text = CleanTextField(
        label=_("Teks yang tampil"),
        rows=8,
        help_text=_(
            "Samarkan nama, nomor telepon, atau pelat kendaraan. Tulisan asli pelapor tetap tersimpan."
        ),
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"hidden": case.hidden, "reason": case.hidden_reason, "public_text": case.public_text},
        )
        super().__init__(*args, **kwargs)


class ContactForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Keperluan melihat kontak"),
        choices=[
            ("Menghubungi pelapor", _("Menghubungi pelapor")),
            ("Memeriksa laporan ganda", _("Memeriksa laporan ganda")),
            ("Memeriksa keabsahan laporan", _("Memeriksa keabsahan laporan")),
        ],
        help_text=_("Setiap kali kontak dilihat, nama Anda dan keperluannya tercatat."),
    )


class TaskForm(forms.Form):
    office = forms.ModelChoiceField(
        label=_("Kantor yang dimintai bantuan"),
        queryset=Organization.objects.none(),
        empty_label=_("Pilih kantor"),
    )
    instruction = CleanTextField(label=_("Yang diminta"), max_length=2000)
    due_on = forms.DateField(
        label=_("Diharapkan selesai"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices: QuerySet[Organization] = Organization.objects.filter(active=True).exclude(pk=case.office_id)
        self.fields["office"].queryset = offices.exclude(kind="GOVERNMENT")  # type: ignore[attr-defined]


class FinishTaskForm(forms.Form):
    task = forms.TypedChoiceField(label=_("Permintaan"), coerce=int, choices=())
    result = CleanTextField(label=_("Hasil"), max_length=2000)

    def __init__(self, *args: Any, case: Report, offices: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = case.tasks.filter(office_id__in=offices, status="OPEN").values_list("pk", "instruction")
        self.fields["task"].choices = [(pk, text[:80]) for pk, text in tasks]  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    status = forms.ChoiceField(label=_("Keadaan baru"), choices=Status.choices)
    reason = CleanTextField(
        label=_("Alasan"),
        min_length=10,
        max_length=1000,
        help_text=_("Tercatat atas nama Anda dan tidak terhapus."),
    )


class FilterForm(forms.Form):
    """The saved-as-address filters of a queue. Every field may be empty."""

    q = _line(label=_("Cari kata atau nomor"), required=False, max_length=100)
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Semua kategori")
    )
    status = forms.ChoiceField(
        label=_("Keadaan"), choices=[("", _("Semua keadaan")), *Status.choices], required=False
    )
    report_class = forms.ChoiceField(
        label=_("Golongan"), choices=[("", _("Semua golongan")), *ReportClass.choices], required=False
    )
    channel = forms.ChoiceField(
        label=_("Saluran"), choices=[("", _("Semua saluran")), *Channel.choices], required=False
    )
    district = forms.ModelChoiceField(
        label=_("Kecamatan"), queryset=Region.objects.none(), required=False, empty_label=_("Semua kecamatan")
    )
    office = forms.ModelChoiceField(
        label=_("Kantor"), queryset=Organization.objects.none(), required=False, empty_label=_("Semua kantor")
    )

    def __init__(self, *args: Any, sees_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]
        districts = Region.objects.filter(level=Level.DISTRICT, served=True).order_by("name")
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        if sees_all:
            self.fields["office"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["office"]
