"""Filters of the public list, map and figures: every one is part of the address, so a link shows the same list."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.fields import DateInput
from pendopo.base.ui.options import Options
from pendopo.domains.reports import figures, geo, phrases
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.forms.fields import Choice, Line
from pendopo.domains.reports.models import ReportQuerySet

EARLIEST = dt.date(2000, 1, 1)


class Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=DateInput, input_formats=["%Y-%m-%d"], **kwargs)
        self.error_messages["invalid"] = _("Tanggal ini tidak terbaca. Contoh: 2026-03-09.")

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(str(value or "")[:20].strip())
        if day is not None and not EARLIEST <= day <= dt.date(2999, 12, 31):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return day


class FilterForm(forms.Form):
    """What to show. An unknown value is refused with a sentence, never silently dropped."""

    q = Line(label=_("Kata kunci"), required=False, max_length=100)
    kategori = Choice(label=_("Kategori"), required=False, widget=Options)
    keadaan = Choice(label=_("Keadaan"), required=False, widget=Options)
    wilayah = Choice(label=_("Wilayah"), required=False, widget=Options)
    dari = Day(label=_("Masuk sejak"))
    sampai = Day(label=_("Masuk sampai"))
    angka = Choice(required=False, widget=forms.HiddenInput)
    kantor = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    sel = Line(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        choices: dict[str, list[Any]] = {
            "kategori": [("", _("Semua kategori")), *((c.key, c.label_in(language)) for c in categories())],
            "keadaan": [("", _("Semua keadaan")), *((g.key, g.label) for g in phrases.GROUPS)],
            "wilayah": _places(),
            "angka": [("", ""), *((m.key, m.label) for m in figures.MEASURES)],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean_sel(self) -> str:
        name: str = self.cleaned_data["sel"]
        if name and geo.read_cell(name) is None:
            raise forms.ValidationError(_("Titik peta ini tidak dikenal. Pilih lagi dari peta."), "sel")
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("dari"), given.get("sampai")
        if since and until and since > until:
            self.add_error("sampai", _("Tanggal akhir lebih awal daripada tanggal mulai."))
        return given

    def narrow(self, reports: ReportQuerySet, *, now: dt.datetime) -> ReportQuerySet:
        """The reports that fit every given filter."""
        given = self.cleaned_data
        found = reports.search(given["q"]).filter(figures.received_between(given["dari"], given["sampai"]))
        if given["kategori"]:
            found = found.filter(category=given["kategori"])
        if given["keadaan"]:
            group = next(group for group in phrases.GROUPS if group.key == given["keadaan"])
            found = found.filter(status__in=group.statuses)
        if given["wilayah"]:
            found = found.in_region(given["wilayah"])
        if given["angka"]:
            found = found.filter(figures.BY_KEY[given["angka"]].condition(now))
        if given["kantor"]:
            found = found.filter(office__slug=given["kantor"])
        if given["sel"] and (span := geo.read_cell(given["sel"])):
            found = found.filter(Q(cell__range=span))
        return found

    def counted_ahead(self) -> bool:
        """Are these filters among those whose counts stand ready (category and state)?"""
        return not {name for name, value in self.cleaned_data.items() if value} - {"kategori", "keadaan"}

    def query(self, **more: Any) -> str:
        """These filters as a query string without empty values."""
        given = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return urlencode(given | more)

    def narrowed(self) -> int:
        """How many filters beside the words are in use."""
        return sum(
            bool(self.cleaned_data[field.name]) for field in self.visible_fields() if field.name != "q"
        )

    def named_figure(self) -> figures.Measure | None:
        """The figure whose list this is, when it was reached from the figures page."""
        return figures.BY_KEY.get(self.cleaned_data.get("angka", ""))


def _places() -> list[Any]:
    groups = [(district, list(group)) for district, group in geo.grouped_villages()]
    return [("", _("Semua wilayah")), (_("Satu kecamatan"), list(geo.districts().items())), *groups]
