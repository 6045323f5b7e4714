"""What staff type about a mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.text import clean_line


class SafeLine(forms.CharField):
    """One line without control characters."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)) if value else ""


class AddForm(forms.Form):
    code = SafeLine(
        label=_("Nomor laporan"),
        max_length=40,
        help_text=_("Contoh: LAP-7K2M-Q9XA"),
        error_messages={"required": _("Tulis nomor laporannya.")},
    )


class DiscardForm(forms.Form):
    why = SafeLine(
        label=_("Alasan membuang"),
        max_length=300,
        error_messages={"required": _("Tulis alasannya, supaya rekan Anda mengerti.")},
    )
