"""The parts of the yearly report that people write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information.forms.fields import Words

LABELS = {
    "facilities": (_("Sarana dan prasarana layanan informasi"), _("Ruang, meja layanan, situs, perangkat.")),
    "facilities_state": (
        _("Keadaannya"),
        _("Baik, rusak, kurang; yang dapat dipakai penyandang disabilitas."),
    ),
    "staff": (_("Petugas layanan informasi"), _("Berapa orang, di kantor mana.")),
    "qualifications": (_("Kualifikasi petugas"), _("Pendidikan, pelatihan, bahasa isyarat.")),
    "budget": (_("Anggaran dan penggunaannya"), _("Pagu, realisasi, untuk apa.")),
    "obstacles_inside": (_("Kendala dari dalam"), _("Yang dapat diperbaiki sendiri.")),
    "obstacles_outside": (_("Kendala dari luar"), _("Yang memerlukan pihak lain.")),
    "recommendations": (_("Rekomendasi"), ""),
    "follow_up": (_("Rencana tindak lanjut"), _("Siapa, apa, kapan.")),
}


class ReportForm(forms.Form):
    """`seen` is the version the writer read."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in LABELS.items():
            area = forms.Textarea(attrs={"rows": 4})
            self.fields[name] = Words(
                label=label, help_text=hint, required=False, max_length=5000, widget=area
            )

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in LABELS}


class ReopenForm(forms.Form):
    reason = Words(
        label=_("Alasan dibuka lagi"), min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
