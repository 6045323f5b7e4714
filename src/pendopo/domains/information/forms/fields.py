"""Text fields that keep what people type safe, and say in plain words what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel import phones
from pendopo.kernel.text import clean, clean_line

MOST_KEPT = 20_000  # what is kept of an over-long text, so that it can be shortened


class Words(forms.CharField):
    """Several lines of text, cleaned before it is judged."""

    widget: type[forms.Widget] = forms.Textarea
    tidy = staticmethod(clean)

    def __init__(self, *, missing: Any = "", too_short: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.too_short = too_short
        self.error_messages["required"] = missing or gettext_lazy("Bagian ini belum diisi.")

    def to_python(self, value: Any) -> str:
        return self.tidy(str(value)) if value else ""

    def run_validators(self, value: Any) -> None:
        length = len(value)
        if self.max_length is not None and length > self.max_length:
            raise ValidationError(
                _("Terlalu panjang: %(now)s huruf, paling banyak %(most)s. Singkatkan sedikit."),
                "max_length",
                {"now": _spoken(length), "most": _spoken(self.max_length)},
            )
        if value and self.min_length is not None and length < self.min_length:
            raise ValidationError(self.too_short or _("Terlalu singkat. Tambahkan sedikit."), "min_length")


class Line(Words):
    """One line of text."""

    widget: type[forms.Widget] = forms.TextInput
    tidy = staticmethod(clean_line)


class NeededLine(Line):
    """A line that the form as a whole may need: not called "boleh kosong", and judged by the form."""

    def validate(self, value: Any) -> None:
        """The form says which of several answers is missing."""


class Email(NeededLine):
    """An address for mail, or nothing; the form says whether one is needed."""

    widget: type[forms.Widget] = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            raise ValidationError(
                _("Alamat surel ini belum lengkap. Contoh: nama@contoh.id."), "email"
            ) from None


class Phone(NeededLine):
    """A telephone number in the form +62…, or nothing."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value and phones.normalize(value) is None:
            raise ValidationError(_("Nomor ini tidak terbaca. Contoh: 0812 3456 7890."), "phone")

    def clean(self, value: Any) -> str:
        line = super().clean(value)
        return phones.normalize(line) or ""


class Choice(forms.ChoiceField):
    """A choice whose refusal is a sentence; odd bytes in it are an unknown choice, never an error."""

    def __init__(self, *, missing: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = missing or gettext_lazy("Pilih salah satu.")
        self.error_messages["invalid_choice"] = gettext_lazy("Pilihan ini tidak ada. Pilih dari daftar.")

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)[:200]) if value else ""


def _spoken(number: int) -> str:
    return number_format(number, 0, use_l10n=True, force_grouping=True)
