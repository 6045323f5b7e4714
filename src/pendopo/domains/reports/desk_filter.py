"""The filters of a queue: every choice is part of the address, so a filter can be kept and shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui.options import Options
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.desk_fields import OfficeField, line
from pendopo.domains.reports.geo import districts
from pendopo.domains.reports.models import Channel, ReportClass, Status


class FilterForm(forms.Form):
    """The saved-as-address filters of a queue. Every field may be empty."""

    q = line(label=_("Cari kata atau nomor"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Semua keadaan")), *Status.choices],
        required=False,
        widget=Options,
    )
    category = forms.ChoiceField(label=_("Kategori"), required=False, widget=Options)
    report_class = forms.ChoiceField(
        label=_("Golongan"),
        choices=[("", _("Semua golongan")), *ReportClass.choices],
        required=False,
        widget=Options,
    )
    channel = forms.ChoiceField(
        label=_("Saluran"),
        choices=[("", _("Semua saluran")), *Channel.choices],
        required=False,
        widget=Options,
    )
    district = forms.ChoiceField(label=_("Kecamatan"), required=False, widget=Options)
    office = OfficeField(label=_("Kantor"), required=False, empty_label=_("Semua kantor"), widget=Options)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(category.key, str(category)) for category in categories()]
        self.fields["category"].choices = [("", _("Semua kategori")), *known]  # type: ignore[attr-defined]
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua kecamatan")),
            *districts().items(),
        ]
        if roles_of(user).sees_all:
            self.fields["office"].offer(user)  # type: ignore[attr-defined]
        else:
            del self.fields["office"]
