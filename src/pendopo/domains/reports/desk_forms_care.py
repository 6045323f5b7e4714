"""Forms of the koordinator's care of a report: archive, forward, merge, classify, hide, mask, contact, override."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.cases.models import Urgency
from pendopo.domains.reports.desk_fields import CleanTextField, NumberField, line
from pendopo.domains.reports.models import ArchiveReason, Category, Report, ReportClass, Status


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
    to = line(label=_("Diteruskan kepada"), max_length=160, help_text=_("Misalnya: PT PLN (Persero) UP3."))
    explanation = CleanTextField(label=_("Penjelasan untuk pelapor"), required=False, max_length=2000)


class MergeForm(forms.Form):
    into = NumberField(label=_("Nomor laporan induk"), help_text=_("Misalnya LAP-7K3M-92QX."))


class ClassifyForm(forms.Form):
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.filter(active=True), empty_label=None
    )
    report_class = forms.ChoiceField(label=_("Golongan"), choices=ReportClass.choices)

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"category": case.category_id, "report_class": case.report_class})
        super().__init__(*args, **kwargs)


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(
        label=_("Kemendesakan"), choices=Urgency.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, case: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"urgency": case.urgency})
        super().__init__(*args, **kwargs)


class ModerateForm(forms.Form):
    hidden = forms.BooleanField(label=_("Sembunyikan dari publik"), required=False)
    reason = line(label=_("Alasan menyembunyikan"), required=False, max_length=300)
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


class OverrideForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Keadaan baru"), choices=[c for c in Status.choices if c[0] != Status.MERGED]
    )
    reason = CleanTextField(
        label=_("Alasan"),
        min_length=10,
        max_length=1000,
        help_text=_("Tercatat atas nama Anda dan tidak terhapus."),
    )
