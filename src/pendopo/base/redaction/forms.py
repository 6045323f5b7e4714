"""What is typed in the studio."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.redaction.engine.shapes import Box
from pendopo.base.redaction.hosts import Ground
from pendopo.kernel.text import clean_line


class SafeLine(forms.CharField):
    """One line without control characters."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)) if value else ""


class GroundForm(forms.Form):
    """The ground of law, asked with every kind of box; the last one chosen is offered again."""

    ground = forms.ChoiceField(
        label=_("Dasar penghitaman"),
        error_messages={
            "required": _("Pilih dasar penghitaman."),
            "invalid_choice": _("Pilih dasar penghitaman dari daftar."),
        },
    )
    reason = SafeLine(
        label=_("Alasan"),
        required=False,
        max_length=300,
        help_text=_("Tampil di daftar penghitaman. Jangan tulis isi yang dihitamkan."),
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.code, f"{one.code} – {one.words}") for one in grounds]  # type: ignore[attr-defined]


def _length(label: Any, *, least: float | None = None) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=least,
        max_value=20_000,
        error_messages={"required": _("Isi angkanya."), "invalid": _("Isi dengan angka.")},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class BoxForm(GroundForm):
    """A box by numbers, in points from the top left corner."""

    page = forms.IntegerField(label=_("Halaman"), min_value=1, max_value=500)
    x = _length(_("Dari kiri"))
    y = _length(_("Dari atas"))
    w = _length(_("Lebar"))
    h = _length(_("Tinggi"))

    def box(self) -> Box:
        return Box(**{name: self.cleaned_data[name] for name in ("page", "x", "y", "w", "h")})


class PhraseForm(GroundForm):
    phrase = SafeLine(
        label=_("Hitamkan kata"),
        min_length=2,
        max_length=200,
        help_text=_(
            "Misalnya nama orang. Semua tempatnya di berkas ini ditandai; huruf besar-kecil tidak dibedakan."
        ),
        error_messages={
            "required": _("Tulis kata yang dihitamkan."),
            "min_length": _("Tulis paling sedikit dua huruf."),
        },
    )


class AcceptForm(GroundForm):
    """Ticked suggestions, or all of them."""

    hits = forms.TypedMultipleChoiceField(coerce=int, required=False)
    everything = forms.BooleanField(required=False)

    def __init__(self, *args: Any, known: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hits"].choices = [(hit, hit) for hit in known]  # type: ignore[attr-defined]

    def chosen(self) -> list[int] | None:
        return None if self.cleaned_data["everything"] else list(self.cleaned_data["hits"])
