"""What a requester can send on the pages that follow a request or an objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.fields import ProofField
from pendopo.domains.information.forms.fields import Line, Words


class ProofForm(forms.Form):
    """The code of a request or objection and the contact its sender left."""

    code = Line(
        label=_("Kode permohonan atau keberatan"),
        max_length=40,
        missing=_("Tulis kodenya, misalnya PPID-7K2M-Q9XA."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    contact = Line(
        label=_("Surel atau nomor telepon yang Anda tulis saat meminta"),
        max_length=254,
        missing=_("Tulis surel atau nomor telepon yang Anda pakai saat meminta."),
    )


class MessageForm(forms.Form):
    body = Words(
        label=_("Pesan Anda"),
        max_length=5000,
        missing=_("Tulis pesan Anda."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CompleteForm(forms.Form):
    """What the office asked for: words, a document, or both."""

    body = Words(
        label=_("Jawaban Anda"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = ProofField(label=_("Bukti identitas yang baru"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("body") and not given.get("file"):
            self.add_error("body", _("Tulis jawaban Anda, atau kirim bukti yang diminta."))
        return given
