"""The form of a prepared answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.models import Role
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.reports import canned
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.desk_fields import CleanTextField, OfficeField, line
from pendopo.domains.reports.models import CannedAnswer, Category, Purpose
from pendopo.domains.reports.phrases import WORDS
from pendopo.kernel.errors import Refused


class CannedForm(forms.ModelForm):
    """A koordinator writes for all offices or for one; a head for the own ones. `seen` is the version opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    title = line(
        label=_("Nama jawaban"),
        max_length=80,
        help_text=_("Dilihat petugas saat memilih, misalnya “Petugas sedang ke lokasi”."),
    )
    body = CleanTextField(label=_("Isi"), rows=9, max_length=3000, min_length=10)
    office = OfficeField(label=_("Untuk kantor"), required=False, empty_label=_("Semua kantor"))
    purpose = forms.ChoiceField(
        label=_("Dipakai untuk"),
        choices=[("", _("Jawaban, pertanyaan, dan penutupan")), *Purpose.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("Keadaan laporan"), choices=[("", _("Semua keadaan")), *WORDS.items()], required=False
    )
    order = forms.IntegerField(
        label=_("Urutan"), min_value=0, max_value=999, help_text=_("Yang kecil berdiri lebih dulu.")
    )

    class Meta:
        model = CannedAnswer
        fields = ("title", "body", "language", "purpose", "state", "category", "office", "order", "active")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.number if self.instance.pk else 0
        category, office = self.fields["category"], self.fields["office"]
        category.empty_label = _("Semua kategori")  # type: ignore[attr-defined]
        category.queryset = Category.objects.filter(pk__in=[one.pk for one in categories()])  # type: ignore[attr-defined]
        office.offer(user)  # type: ignore[attr-defined]
        roles = roles_of(user)
        if not roles.coordinates:
            led = roles.offices_as(Role.HEAD)
            office.queryset = office.queryset.filter(pk__in=led)  # type: ignore[attr-defined]
            office.required, office.empty_label = True, _("Pilih kantor")  # type: ignore[attr-defined]
            if len(led) == 1:
                self.initial.setdefault("office", led[0])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "body" in values and "purpose" in values:
            try:
                canned.check_variables(values["body"], values["purpose"])
            except Refused as refusal:
                self.add_error("body", str(refusal))
        return values
