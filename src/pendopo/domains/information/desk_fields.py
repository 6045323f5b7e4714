"""Fields of the desk's forms: safe text, a unit chosen from grouped names, files, lines of blackened parts."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.examine import DOCUMENTS, IMAGES
from pendopo.base.files.fields import SeveralFilesField
from pendopo.base.organizations.models import Kind, Organization
from pendopo.base.ui.fields import PhotoInput
from pendopo.domains.information.actions.grounding import Blackened
from pendopo.domains.information.forms.fields import Line, Words

LONG = 5000
MOST_FILES = 10
_GROUPS = {
    Kind.SECRETARIAT: _("Perangkat daerah"),
    Kind.AGENCY: _("Perangkat daerah"),
    Kind.DISTRICT: _("Kecamatan"),
    Kind.VILLAGE: _("Kelurahan dan desa"),
}
_ORDER = list(_GROUPS)


def words(*, rows: int = 4, **kwargs: Any) -> Words:
    """Several lines of clean text."""
    kwargs.setdefault("max_length", LONG)
    return Words(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def line(**kwargs: Any) -> Line:
    return Line(**kwargs)


class _GroupedUnits(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.queryset.order_by().values_list("pk", "kind", "name")
        units = sorted(rows, key=lambda row: (_ORDER.index(row[1]), row[2]))
        for label, group in groupby(units, key=lambda row: _GROUPS[row[1]]):
            yield (label, [(pk, name) for pk, _kind, name in group])


class UnitField(forms.ModelChoiceField):
    """One of the government's active units, grouped by kind."""

    iterator = _GroupedUnits

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organization.objects.none(), **kwargs)

    def offer(self, user: Any) -> None:
        units = Organization.objects.visible_to(user).filter(active=True)
        self.queryset = units.exclude(kind=Kind.GOVERNMENT)


class PapersInput(PhotoInput):
    """Several files by the browser's own control: what is chosen here is papers, not a camera's pictures."""

    template_name = "django/forms/widgets/file.html"


class FilesField(SeveralFilesField):
    """Up to ten documents or pictures, looked into for scripts, programs and bombs."""

    allowed = DOCUMENTS | IMAGES
    accept = ".pdf,.docx,.xlsx,.csv,image/*"
    thorough = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_files=MOST_FILES, required=False, widget=PapersInput(max_files=MOST_FILES), **kwargs
        )


class BlackenedField(Words):
    """One part a line: file; page; letter; what and why. Cleans to a list of `Blackened`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            _(
                "Satu baris satu bagian, dipisah titik koma: berkas; halaman; huruf; yang dihitamkan dan alasannya. "
                "Contoh: Daftar penerima; 2; h; nomor induk kependudukan warga."
            ),
        )
        super().__init__(required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return [
            self._part(number, row) for number, row in enumerate(typed.splitlines(), start=1) if row.strip()
        ]

    def _part(self, number: int, row: str) -> Blackened:
        cells = [cell.strip() for cell in row.split(";", 3)]
        if len(cells) < 4 or not (cells[0] and cells[3]):
            raise forms.ValidationError(
                _now("Baris %(n)s belum lengkap: berkas; halaman; huruf; alasan.") % {"n": number}, "line"
            )
        title, page, letter, reason = cells
        if page and not (page.isascii() and page.isdigit() and int(page) < 100_000):
            raise forms.ValidationError(_now("Halaman pada baris %(n)s harus angka.") % {"n": number}, "line")
        letter = letter.lower().removeprefix("huruf ").strip(". ")
        if len(letter) != 1 or letter not in "abcdefghij":
            raise forms.ValidationError(
                _now("Huruf pada baris %(n)s harus a sampai j.") % {"n": number}, "line"
            )
        return Blackened(title, letter, reason, int(page) if page else None)
