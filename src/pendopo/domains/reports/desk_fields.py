"""Fields of staff forms: safe text, an office chosen from grouped names, photos."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.fields import SeveralPhotosField
from pendopo.base.organizations.models import Kind, Organization
from pendopo.domains.reports.forms.fields import Line, Words
from pendopo.kernel.ids import normalize_code

LONG = 5000
MAX_PHOTOS = 5
GROUPS = {
    Kind.SECRETARIAT: _("Perangkat daerah"),
    Kind.AGENCY: _("Perangkat daerah"),
    Kind.DISTRICT: _("Kecamatan"),
    Kind.VILLAGE: _("Kelurahan dan desa"),
}
_ORDER = list(GROUPS)


class CleanTextField(Words):
    """Several lines, cleaned before they are judged, with a clear upper limit."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


def line(**kwargs: Any) -> Line:
    """One line of clean text."""
    return Line(**kwargs)


class NumberField(Line):
    """The number of a report as people type it; its value is the canonical form, "" when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        code = normalize_code(typed) if typed else ""
        if code is None:
            raise forms.ValidationError(_("Nomor laporan bentuknya seperti LAP-7K3M-92QX."), "number")
        return code


class _GroupedOffices(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = self.queryset.order_by().values_list("pk", "kind", "name", "active")
        offices = sorted(rows, key=lambda row: (_ORDER.index(row[1]), row[2]))
        for label, group in groupby(offices, key=lambda row: GROUPS[row[1]]):
            yield (label, [(pk, _told(name, active)) for pk, _kind, name, active in group])


def _told(name: str, active: bool) -> str:
    return name if active else gettext("%(office)s (sudah ditutup)") % {"office": name}


class OfficeField(forms.ModelChoiceField):
    """One of the offices that work on reports, grouped by kind. `offer(user)` fills it."""

    iterator = _GroupedOffices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organization.objects.none(), **kwargs)

    def offer(self, user: Any, *, leave_out: int | None = None, keep: int | None = None) -> None:
        """Offer the active offices this person may see, without one of them; `keep` also when it is closed."""
        offices = Organization.objects.visible_to(user).filter(Q(active=True) | Q(pk=keep or 0))
        offices = offices.exclude(kind=Kind.GOVERNMENT)
        self.queryset = offices.exclude(pk=leave_out) if leave_out else offices


def photos(label: Any) -> SeveralPhotosField:
    """Up to five photos, with the big button where JavaScript runs."""
    return SeveralPhotosField(label=label, required=False, max_files=MAX_PHOTOS)
