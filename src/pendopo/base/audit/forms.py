"""The auditor's filter."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.audit import verbs
from pendopo.base.audit.models import Entry, EntryQuerySet, Mark
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import clock, text

_DAYS = [
    MinValueValidator(dt.date(1945, 8, 17), gettext_lazy("Tanggal ini terlalu lama.")),
    MaxValueValidator(dt.date(2999, 12, 31), gettext_lazy("Tanggal ini terlalu jauh.")),
]


def _date_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Tulis tanggal yang ada, misalnya 2026-03-09.")},
    )


class JournalFilter(forms.Form):
    """Which part of history: all fields may stay empty. `before` is the mark of the last entry seen."""

    since = _date_field(gettext_lazy("Dari tanggal"))
    until = _date_field(gettext_lazy("Sampai tanggal"))
    office = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("Kantor"),
        required=False,
        empty_label=gettext_lazy("Semua kantor"),
        error_messages={"invalid_choice": gettext_lazy("Pilih kantor dari daftar.")},
    )
    verb = forms.ChoiceField(
        label=gettext_lazy("Perbuatan"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Pilih perbuatan dari daftar.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Nomor"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Misalnya LAP-7K2M-Q9XA."),
        error_messages={"max_length": gettext_lazy("Nomor paling panjang 60 huruf.")},
    )
    before = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_of(user)
        offices = Organization.objects.visible_to(user).order_by("name")
        office = self.fields["office"]
        assert isinstance(office, forms.ModelChoiceField)
        office.queryset = offices if roles.administers else offices.filter(pk__in=roles.offices)
        verb = self.fields["verb"]
        assert isinstance(verb, forms.ChoiceField)
        told = [(known.name, verbs.tell(known.staff, {})) for known in verbs.every()]
        verb.choices = [("", _("Semua perbuatan")), *told]

    def hidden_fields(self) -> list[forms.BoundField]:
        """None: a new filter starts at the newest entry, not at the page that was shown."""
        return []

    def clean_code(self) -> str:
        return text.clean_line(self.cleaned_data["code"]).upper()

    def clean_before(self) -> Mark | None:
        words = self.cleaned_data["before"]
        try:
            return Mark.parse(words) if words else None
        except ValueError:  # told for the whole form: the field is not on the page
            self.add_error(None, _("Alamat halaman ini tidak utuh. Mulai lagi dari halaman pertama."))
            return None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("Tanggal akhir lebih awal daripada tanggal mulai."))
        return data

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """`entries` cut down to what the (valid) form asks for."""
        data = self.cleaned_data
        if data["since"]:
            start = dt.datetime.combine(data["since"], dt.time(), timezone.get_current_timezone())
            entries = entries.filter(at__gte=start)
        if data["until"]:
            entries = entries.filter(at__lte=clock.end_of_day(data["until"]))
        if data["office"]:
            entries = entries.filter(organization=data["office"])
        if data["verb"]:
            entries = entries.filter(verb=data["verb"])
        if data["code"]:
            entries = entries.filter(subject_code=data["code"])
        return entries

    def asked(self) -> dict[str, str]:
        """The filter in plain values, for the history of the export itself."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("since", "until", "verb", "code") if data[name]}
        if data["office"]:
            values["office"] = data["office"].slug
        return {name: str(value) for name, value in values.items()}


def page_of(entries: EntryQuerySet, mark: Mark | None, *, size: int) -> tuple[list[Entry], Mark | None]:
    """One page after the mark, and the mark of the next page (None on the last)."""
    rows = list(entries.before(mark).select_related("organization")[: size + 1])
    if len(rows) <= size:
        return rows, None
    last = rows[size - 1]
    return rows[:size], Mark(last.at, last.pk)
