"""Forms of the people who look after other programs."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.clients.actions.managing import ClientFacts
from pendopo.base.clients.models import ApiClient, ApiPolicy
from pendopo.base.clients.scopes import scopes
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.base.organizations.models import Organization
from pendopo.base.ui.fields import DateInput
from pendopo.kernel.text import clean_line

_FILL = _("Bagian ini belum diisi.")
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2999, 12, 31)


class Line(forms.CharField):
    """One line of text, cleaned."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = _FILL

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)) if value else ""


class Day(forms.DateField):
    """A day of the calendar, written as ISO."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DateInput, input_formats=["%Y-%m-%d"], **kwargs)
        self.error_messages["required"] = _FILL
        self.error_messages["invalid"] = _("Tulis tanggal yang ada, misalnya 2026-03-09.")

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(str(value or "")[:20].strip())
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return day


class ClientForm(forms.Form):
    """Who a program is, what it may do, and how often it may ask."""

    name = Line(label=_("Nama aplikasi"), max_length=80)
    office = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Kantor penanggung jawab"),
        empty_label=_("Pilih kantor"),
        error_messages={
            "required": _("Pilih kantor dari daftar."),
            "invalid_choice": _("Pilih kantor dari daftar."),
        },
    )
    contact_role = Line(
        label=_("Jabatan penanggung jawab"),
        max_length=120,
        help_text=_("Jabatan, bukan nama orang. Contoh: Kepala Bidang Aplikasi."),
    )
    contact_email = forms.EmailField(
        label=_("Surel penanggung jawab"),
        error_messages={
            "required": _FILL,
            "invalid": _("Alamat surel ini belum lengkap. Contoh: nama@contoh.id."),
        },
        help_text=_("Surel kantor. Kami memberi tahu ke sini bila kiriman kabar dijeda."),
    )
    purpose = Line(label=_("Dipakai untuk apa"), max_length=300)
    scopes = forms.MultipleChoiceField(
        label=_("Izin"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Membaca data terbuka tidak memerlukan izin."),
        error_messages={"invalid_choice": _("Pilihan ini tidak ada. Pilih dari daftar.")},
    )
    per_minute = forms.IntegerField(label=_("Permintaan per menit"), min_value=1, max_value=100_000)
    per_day = forms.IntegerField(label=_("Permintaan per hari"), min_value=1, max_value=100_000_000)
    valid_from = Day(label=_("Berlaku mulai"))
    valid_until = Day(
        label=_("Berlaku sampai"), required=False, help_text=_("Kosongkan bila tanpa batas waktu.")
    )
    active = forms.BooleanField(
        label=_("Aktif"), required=False, help_text=_("Bila dimatikan, semua tokennya ditolak.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.fields["office"]
        assert isinstance(office, forms.ModelChoiceField)
        office.queryset = Organization.objects.visible_to(user).filter(active=True).order_by("name")
        self.fields["scopes"].choices = [(one.key, one.label) for one in scopes]  # type: ignore[attr-defined]
        for name in ("per_minute", "per_day"):
            self.fields[name].error_messages["required"] = _FILL
            self.fields[name].error_messages["invalid"] = _("Tulis bilangan bulat.")

    def facts(self) -> ClientFacts:
        return ClientFacts(**self.cleaned_data)


def first_values(policy: ApiPolicy, today: dt.date) -> dict[str, Any]:
    """What the form of a new client starts with."""
    return {
        "per_minute": policy.default_per_minute,
        "per_day": policy.default_per_day,
        "valid_from": today,
        "active": True,
        "scopes": [one.key for one in scopes if one.given],
    }


def values_of(client: ApiClient) -> dict[str, Any]:
    """What the form of a known client starts with."""
    return {name: getattr(client, name) for name in ClientFacts.__dataclass_fields__} | {
        "office": client.office_id
    }


class TokenForm(forms.Form):
    """A new token. `request_id` names this filling-in, so that a double click makes one."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    label = Line(
        label=_("Keterangan"), max_length=80, required=False, help_text=_("Contoh: server utama, uji coba.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request_id"].initial = uuid4


class SubscriptionForm(forms.Form):
    """An address that hears about events."""

    url = Line(
        label=_("Alamat (URL)"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Harus https:// dan terbuka di internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("Peristiwa"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu peristiwa dari daftar."),
            "invalid_choice": _("Pilihan ini tidak ada. Pilih dari daftar."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [(one.key, one.label) for one in webhook_events]  # type: ignore[attr-defined]
