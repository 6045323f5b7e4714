"""A new version of a service page."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.fields import SoundField
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information import service_pages
from pendopo.domains.information.forms.fields import Line, Words
from pendopo.kernel import clock


class PageForm(forms.Form):
    """`key` makes a double click one version. The recording of the version before is kept unless it is taken away."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = Line(label=gettext_lazy("Judul"), max_length=160)
    body = Words(label=gettext_lazy("Isi"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 18}))
    title_en = Line(label=gettext_lazy("Judul dalam bahasa Inggris"), max_length=160, required=False)
    body_en = Words(
        label=gettext_lazy("Isi dalam bahasa Inggris"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Berlaku sejak"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Isi tanggal mulai berlaku."),
            "invalid": gettext_lazy("Tanggal ini tidak terbaca."),
        },
    )
    audio = SoundField(label=gettext_lazy("Rekaman yang dibacakan"), required=False)
    drop_audio = forms.BooleanField(label=gettext_lazy("Tanpa rekaman"), required=False)
    sign_url = forms.URLField(
        label=gettext_lazy("Alamat film bahasa isyarat"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("Alamat ini tidak terbaca. Contoh: https://contoh.go.id/film")
        },
    )

    def clean_sign_url(self) -> str:
        url: str = self.cleaned_data["sign_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError(_("Pakai alamat yang dimulai dengan https://."))
        return url

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("title_en")) != bool(given.get("body_en")) and not {"title_en", "body_en"} & set(
            self.errors
        ):
            self.add_error("body_en", _("Isi judul dan isi bahasa Inggris, atau kosongkan keduanya."))
        today = clock.local_date(clock.now())
        for end in ("", "_en"):
            title, body = given.get(f"title{end}", ""), given.get(f"body{end}", "")
            for field, sentence in service_pages.faults(title, body, today):
                self.add_error(f"{field}{end}", sentence)
        return given
