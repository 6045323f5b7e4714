"""What a visitor can type on the portal's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.text import clean_line


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Cari apa?"),
        max_length=100,
        error_messages={
            "required": _("Tulis kata yang Anda cari."),
            "max_length": _("Terlalu panjang. Pakai beberapa kata saja."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        tidy = {"q": clean_line(str(data.get("q", "")))} if data is not None else None
        super().__init__(data=tidy)
