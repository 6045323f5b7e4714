"""What a reporter or a neighbour can send on the pages that follow a report."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pendopo.domains.reports.actions.drafts import MAX_PHOTOS
from pendopo.domains.reports.forms.fields import Choice, Email, Line, Photos, Words

STARS = [(str(number), format_lazy(_("{n} dari 5"), n=number)) for number in range(1, 6)]


class ProofForm(forms.Form):
    """The code of a report and the contact its reporter left."""

    code = Line(
        label=_("Nomor laporan"),
        max_length=40,
        missing=_("Tulis nomor laporan, misalnya LAP-7K2M-Q9XA."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    contact = Line(
        label=_("Surel atau nomor telepon yang Anda tulis saat melapor"),
        max_length=254,
        missing=_("Tulis surel atau nomor telepon yang Anda pakai saat melapor."),
    )


class ReplyForm(forms.Form):
    body = Words(
        label=_("Jawaban Anda"),
        min_length=2,
        max_length=5000,
        missing=_("Tulis jawaban Anda."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = Photos(label=_("Foto"), max_files=MAX_PHOTOS)


class RatingForm(forms.Form):
    """Stars and a word. `stars` may stay empty when only confirming."""

    stars = Choice(label=_("Nilai pelayanan"), choices=STARS, required=False, widget=forms.RadioSelect)
    comment = Words(
        label=_("Kesan Anda"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, stars_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stars"].required = stars_required

    def clean_stars(self) -> int | None:
        typed = self.cleaned_data["stars"]
        return int(typed) if typed else None


class ReopenForm(forms.Form):
    reason = Words(
        label=_("Apa yang belum selesai?"),
        min_length=5,
        max_length=2000,
        missing=_("Ceritakan singkat apa yang belum selesai."),
        too_short=_("Ceritakan singkat apa yang belum selesai."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeighbourForm(forms.Form):
    """Follow a public report by e-mail."""

    email = Email(
        label=_("Surel Anda"),
        missing=_("Tulis alamat surel Anda."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
