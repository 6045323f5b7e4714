"""The filters of a register and of the public log, and the purpose for which somebody reads who asked."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.options import Options
from pendopo.domains.information.forms.fields import Choice, Line
from pendopo.domains.information.registers.facets import Facet
from pendopo.kernel import clock


class FacetForm(forms.Form):
    """A year and the facets of a list. Folded facets are hidden inputs: they come from following a number."""

    tahun = Choice(label=_("Tahun"), required=False, widget=Options)

    def __init__(self, data: Any, *, years: Sequence[int], facets: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["tahun"].choices = [("", _("Semua tahun")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
        self.facets: Sequence[Facet] = facets(self._year(data, years))
        for facet in self.facets:
            words = [("", _("Semua")), *((key, label) for key, (label, _q) in facet.options.items())]
            self.fields[facet.key] = Choice(
                label=facet.label,
                required=False,
                choices=words,
                widget=forms.HiddenInput if facet.folded else Options,
            )

    @staticmethod
    def _year(data: Any, years: Sequence[int]) -> int:
        """The year whose limits the facets use: the chosen one, else this year."""
        given = str((data or {}).get("tahun", ""))[:4]
        return int(given) if given in {str(year) for year in years} else clock.local_date(clock.now()).year

    def year(self) -> int | None:
        return int(self.cleaned_data["tahun"]) if self.cleaned_data["tahun"] else None

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit the chosen facets; the year is the list's own matter."""
        for facet in self.facets:
            if option := self.cleaned_data[facet.key]:
                rows = rows.filter(facet.condition(option))
        return rows

    def query(self, **changed: str) -> str:
        """The address's query of what is chosen, with changes."""
        given = {name: str(self.cleaned_data.get(name) or "") for name in self.fields} | changed
        return urlencode({name: value for name, value in given.items() if value})

    def said(self) -> str:
        """What is chosen, in words for a paper's head."""
        parts = [str(self.year())] if self.year() else []
        for facet in self.facets:
            if option := self.cleaned_data[facet.key]:
                parts.append(f"{facet.label}: {facet.options[option][0]}")
        return "; ".join(parts)

    def followed(self) -> list[tuple[str, str]]:
        """(words, query without it) of each folded facet in use."""
        return [
            (f"{facet.label}: {facet.options[option][0]}", self.query(**{facet.key: ""}))
            for facet in self.facets
            if facet.folded and (option := self.cleaned_data[facet.key])
        ]


class PurposeForm(forms.Form):
    """Why somebody opens the columns with people. The words stay in history, readable for the people concerned."""

    purpose = Line(
        label=_("Keperluan melihat data pemohon"),
        min_length=10,
        max_length=200,
        missing=_("Tulis untuk apa data pemohon dibuka."),
        too_short=_("Tulis keperluannya supaya dipahami pemohon yang membacanya."),
        help_text=_("Dicatat dalam jejak dan dapat dibaca pemohon. Berlaku 30 menit."),
    )
