"""Forms of a unit's task: answering it, giving it back, talking about it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.domains.information.desk_fields import FilesField, line, words


class EmptyForm(forms.Form):
    """One tap."""


class ResultForm(forms.Form):
    held = forms.TypedChoiceField(
        label=_("Apakah unit Anda menguasai informasi ini?"),
        choices=[("1", _("Ya, dikuasai")), ("0", _("Tidak dikuasai"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    result = words(
        label=_("Apa yang ditemukan?"),
        min_length=5,
        max_length=4000,
        help_text=_("Dibaca PPID Utama, yang menyusun satu jawaban."),
    )
    papers = FilesField(label=_("Berkas"))
    proposes_exemption = forms.BooleanField(
        label=_("Sebagian atau seluruhnya kami usulkan dikecualikan"),
        required=False,
        help_text=_("PPID Utama memutuskan setelah uji konsekuensi. Tulis bagian mana dan mengapa di atas."),
    )


class WhyForm(forms.Form):
    reason = line(label=_("Alasan"), max_length=300, min_length=5)


class AgainForm(forms.Form):
    reason = words(label=_("Apa yang masih kurang?"), max_length=1000, min_length=5, rows=3)


class TaskNoteForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    body = words(label=_("Pesan"), max_length=2000, rows=3, help_text=_("Dibaca PPID Utama dan unit ini."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
