"""Filters of the open list: every one is part of the address, so a link shows the same list."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.models import FileKind
from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information.facets import FACETS
from pendopo.domains.information.models import Category
from pendopo.kernel.text import clean_line

NEWEST, RELEVANT = "terbaru", "cocok"
ORDERS = ((RELEVANT, _("Paling cocok")), (NEWEST, _("Terbaru")))


class _Line(forms.CharField):
    """One line of text without odd bytes."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)[:1000]) if value else ""


class CatalogueForm(forms.Form):
    """Words and filters. An unknown value is refused with a sentence, never silently dropped."""

    q = _Line(
        label=_("Cari informasi"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Terlalu panjang. Pakai beberapa kata saja.")},
    )
    kategori = _Line(required=False, widget=forms.HiddenInput)
    kantor = _Line(required=False, widget=forms.HiddenInput)
    tahun = _Line(required=False, widget=forms.HiddenInput)
    format = _Line(required=False, widget=forms.HiddenInput)
    topik = _Line(required=False, max_length=40, widget=forms.HiddenInput)
    urut = _Line(required=False, widget=forms.HiddenInput)

    _UNKNOWN = _("Saringan ini tidak dikenal. Hapus saringannya, lalu pilih dari daftar.")

    def clean_kategori(self) -> str:
        return self._one_of("kategori", Category.values)

    def clean_format(self) -> str:
        return self._one_of("format", FileKind.values)

    def clean_urut(self) -> str:
        return self._one_of("urut", [key for key, _label in ORDERS])

    def clean_kantor(self) -> str:
        """The office's short name in the address becomes its id."""
        slug = self.cleaned_data["kantor"]
        found = [str(pk) for pk, office in offices_by_id().items() if office.slug == slug]
        if slug and not found:
            raise forms.ValidationError(self._UNKNOWN, "unknown")
        return found[0] if found else ""

    def clean_tahun(self) -> str:
        year = self.cleaned_data["tahun"]
        if year and not (year.isascii() and year.isdecimal() and 1900 <= int(year[:6]) <= 2999):
            raise forms.ValidationError(self._UNKNOWN, "unknown")
        return str(year)

    def _one_of(self, name: str, known: list[str]) -> str:
        value = str(self.cleaned_data[name])
        if value and value not in known:
            raise forms.ValidationError(self._UNKNOWN, "unknown")
        return value

    @property
    def words(self) -> str:
        return str(self.cleaned_data["q"])

    @property
    def order(self) -> str:
        """The chosen order; without words there is nothing to be relevant to."""
        return self.cleaned_data["urut"] or RELEVANT if self.words else NEWEST

    def chosen(self) -> dict[str, str]:
        """The filters in use; an office by its id."""
        return {name: self.cleaned_data[name] for name in FACETS if self.cleaned_data.get(name)}

    @property
    def office_slug(self) -> str:
        """The chosen office as the address calls it."""
        chosen = self.cleaned_data.get("kantor")
        return offices_by_id()[int(chosen)].slug if chosen else ""

    def query(self, **changed: str) -> str:
        """These words and filters as a query string, some changed; empty ones are left out."""
        given = {name: str(value) for name, value in self.cleaned_data.items() if value}
        if "kantor" in given:
            given["kantor"] = self.office_slug
        return urlencode({name: value for name, value in {**given, **changed}.items() if value})
