"""Filters of the statutory lists: office, category, year, and the place where a page begins."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.public import offices_by_id
from pendopo.base.ui.options import Options
from pendopo.domains.information import facets
from pendopo.domains.information.models import Category


class ListForm(forms.Form):
    """What to list. An unknown value is refused with a sentence."""

    kategori = forms.ChoiceField(label=_("Kategori"), required=False, widget=Options)
    kantor = forms.ChoiceField(label=_("Perangkat daerah"), required=False, widget=Options)
    tahun = forms.ChoiceField(label=_("Tahun"), required=False, widget=Options)
    sesudah = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = facets.counted(facets.tallies(), {})
        offices = sorted((offices_by_id()[int(pk)] for pk in counts["kantor"]), key=lambda office: office.name)
        choices: dict[str, list[Any]] = {
            "kategori": [("", _("Semua kategori")), *(c for c in Category.choices if c[0] != Category.DIKECUALIKAN)],
            "kantor": [("", _("Semua perangkat daerah")), *((office.slug, office.name) for office in offices)],
            "tahun": [("", _("Semua tahun")), *((year, year) for year in sorted(counts["tahun"], reverse=True))],
        }
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = options
            field.error_messages["invalid_choice"] = _("Pilihan ini tidak ada. Pilih dari daftar.")

    def chosen(self) -> dict[str, str]:
        """The filters in use as `finding.narrowed` takes them: an office by its id."""
        given = {name: self.cleaned_data[name] for name in ("kategori", "kantor", "tahun")}
        ids = {office.slug: str(pk) for pk, office in offices_by_id().items()}
        return given | {"kantor": ids.get(given["kantor"], "")}

    def query(self, **changed: str) -> str:
        given = {name: self.cleaned_data[name] for name in ("kategori", "kantor", "tahun")} | changed
        return urlencode({name: value for name, value in given.items() if value})
