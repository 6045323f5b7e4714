"""Forms of the SP4N page: a file to bring in, a span of days to take out."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.fields import DateInput
from pendopo.domains.reports.desk_fields import CleanTextField
from pendopo.domains.reports.sp4n.reading import MOST_BYTES


class FileForm(forms.Form):
    """A CSV from SP4N-LAPOR!. What is in it is judged by `reading`."""

    file = forms.FileField(
        label=_("Berkas CSV dari SP4N-LAPOR!"),
        help_text=_("Unduhan apa adanya, disimpan sebagai CSV. Paling besar 20 MB dan 20.000 baris."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkasnya dulu."), "invalid": _("Pilih lagi berkasnya.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Berkas terlalu besar, paling besar 20 MB. Bagi menjadi beberapa berkas.")
            )
        return upload


class SpanForm(forms.Form):
    """Days of receipt, both included; at most a year, so that a file can be opened."""

    since = forms.DateField(label=_("Masuk sejak"), widget=DateInput, input_formats=["%Y-%m-%d"])
    until = forms.DateField(label=_("Masuk sampai"), widget=DateInput, input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.fields[name].error_messages = {
                "required": _("Isi tanggalnya."),
                "invalid": _("Tanggal ini tidak terbaca. Contoh: 2026-03-09."),
            }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("Tanggal akhir lebih awal daripada tanggal mulai."))
        elif since and until and until - since > dt.timedelta(days=366):
            self.add_error("until", _("Paling lama satu tahun dalam satu berkas."))
        elif since and until and not (since.year >= 2000 and until.year < 2999):
            self.add_error("since", _("Tanggal ini tidak terbaca. Contoh: 2026-03-09."))
        return given


class EverythingForm(SpanForm):
    """The span and the reason for taking names and secret words out."""

    prefix = "lengkap"
    reason = CleanTextField(
        label=_("Untuk apa, atas permintaan siapa"),
        rows=2,
        min_length=10,
        max_length=300,
        missing=_("Tulis alasannya."),
        too_short=_("Tulis untuk apa dan atas permintaan siapa, sedikitnya 10 huruf."),
        help_text=_("Tercatat di jejak bersama nama Anda, dan terbaca oleh pemeriksa."),
    )
    sure = forms.BooleanField(
        label=_("Saya tahu berkas ini memuat data pribadi dan saya yang menjaganya"),
        error_messages={"required": _("Centang dulu bila Anda yakin.")},
    )
