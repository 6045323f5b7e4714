"""The form of a saved filter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel.text import clean_line
from pendopo.surfaces.desk.models import Audience, SavedView


class SavedViewForm(forms.Form):
    """A name, and for whom. `audience` is MINE, ALL, or OFFICE with the office's number: "OFFICE-12"."""

    name = forms.CharField(
        label=_("Nama saringan"),
        max_length=60,
        help_text=_("Misalnya “Lampu jalan Kecamatan Melati”."),
        error_messages={"required": _("Beri nama saringannya.")},
    )
    audience = forms.ChoiceField(
        label=_("Untuk siapa?"),
        widget=forms.RadioSelect,
        help_text=_(
            "Yang dibagikan hanya saringannya. Setiap orang tetap hanya melihat kasus yang boleh dilihatnya."
        ),
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilihan ini tidak ada. Pilih dari daftar."),
        },
    )

    def __init__(self, *args: Any, user: Any, view: SavedView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_of(user)
        mine = [*roles.offices, *([view.office_id] if view.office_id else [])]
        offices = Organization.objects.visible_to(user).filter(pk__in=mine)
        choices: list[tuple[str, Any]] = (
            [(Audience.MINE.value, _("Hanya saya"))] if view.owner_id == user.pk else []
        )
        choices += [(f"{Audience.OFFICE}-{one.pk}", one.name) for one in offices.order_by("name")]
        if roles.coordinates:
            choices.append((Audience.ALL.value, _("Semua petugas")))
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        where = f"{view.audience}-{view.office_id}" if view.office_id else view.audience
        self.initial = {"name": view.name, "audience": where, **self.initial}

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Beri nama saringannya."))
        return name

    def put_into(self, view: SavedView) -> SavedView:
        """The row with what was typed; not saved yet."""
        audience, _dash, office = self.cleaned_data["audience"].partition("-")
        view.name, view.audience = self.cleaned_data["name"], audience
        view.office_id = int(office) if office else None
        return view
