"""What an officer writes about a proof of identity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information.forms.fields import Choice, Line


class LookForm(forms.Form):
    purpose = Line(
        label=_("Untuk keperluan apa Anda membukanya?"),
        min_length=5,
        max_length=80,
        missing=_("Tulis untuk keperluan apa bukti identitas ini dibuka."),
        too_short=_("Tulis keperluannya, misalnya: memeriksa identitas pemohon."),
        initial=_("memeriksa identitas pemohon"),
        help_text=_("Pemohon dapat membaca kapan dan oleh kantor mana buktinya dibuka."),
    )


class VerdictForm(forms.Form):
    use_required_attribute = False
    verdict = Choice(
        label=_("Apakah bukti ini sah?"),
        choices=[("ya", _("Ya, cocok dengan isian pemohon")), ("tidak", _("Tidak dapat diterima"))],
        widget=forms.RadioSelect,
        missing=_("Pilih: sah, atau tidak dapat diterima."),
    )
    reason = Line(
        label=_("Alasan bila tidak diterima"),
        required=False,
        max_length=300,
        help_text=_("Dibaca pemohon, supaya ia tahu apa yang harus diperbaiki. Jangan menulis NIK."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["accept"] = given.get("verdict") == "ya"
        if given.get("verdict") == "tidak" and len(given.get("reason", "")) < 5:
            self.add_error("reason", _("Tulis alasannya, supaya pemohon tahu apa yang harus diperbaiki."))
        return given
