"""Forms of staff that are not about one report: entering one "atas nama", routing rules, their threshold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.fields import SeveralPhotosField
from pendopo.base.organizations.models import Organization
from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.desk_forms import CleanTextField
from pendopo.domains.reports.models import Category, Channel, RoutingPolicy, RoutingRule

DAYS = [
    (1, _("Senin")), (2, _("Selasa")), (3, _("Rabu")), (4, _("Kamis")), (5, _("Jumat")), (6, _("Sabtu")),
    (7, _("Minggu")),
]  # fmt: skip


def _line(**kwargs: Any) -> CleanTextField:
    return CleanTextField(widget=forms.TextInput(), **kwargs)


class EntryForm(forms.Form):
    """A report that came by phone, at the counter, by letter, WhatsApp, social media or SP4N."""

    channel = forms.ChoiceField(
        label=_("Masuk lewat"),
        choices=[c for c in Channel.choices if c[0] != Channel.WEB],
        widget=forms.RadioSelect,
    )
    external_number = _line(label=_("Nomor di kanal asal"), max_length=60, required=False)
    category = forms.ModelChoiceField(label=_("Kategori"), queryset=Category.objects.none())
    text = CleanTextField(label=_("Isi laporan"), min_length=10, max_length=5000, rows=6)
    region = forms.ModelChoiceField(label=_("Kelurahan"), queryset=Region.objects.none())
    address = _line(label=_("Alamat atau patokan"), max_length=300, required=False)
    photos = SeveralPhotosField(label=_("Foto"), required=False)
    name = _line(label=_("Nama pelapor"), max_length=120, required=False)
    email = forms.EmailField(label=_("Surel pelapor"), max_length=254, required=False)
    phone = forms.RegexField(
        r"^[+0-9][0-9 .\-]{6,18}$",
        label=_("Telepon pelapor"),
        required=False,
        error_messages={"invalid": _("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890.")},
    )
    anonymous = forms.BooleanField(
        label=_("Sembunyikan nama pelapor dari publik"), required=False, initial=True
    )
    secret = forms.BooleanField(
        label=_("Rahasia"),
        required=False,
        help_text=_("Seluruh laporan hanya dibaca kantor yang menanganinya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(active=True)  # type: ignore[attr-defined]
        villages = Region.objects.filter(level=Level.VILLAGE, served=True).order_by("name")
        self.fields["region"].queryset = villages  # type: ignore[attr-defined]


class RuleForm(forms.ModelForm):
    """One routing rule. Empty conditions fit every report."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari"), choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = RoutingRule
        fields = (
            "order", "name", "categories", "regions", "weekdays", "from_time", "until_time", "office", "active",
            "automatic",
        )  # fmt: skip
        widgets = {
            "categories": forms.CheckboxSelectMultiple,
            "regions": forms.SelectMultiple(attrs={"size": 8}),
            "from_time": forms.TimeInput(attrs={"type": "time"}),
            "until_time": forms.TimeInput(attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served = Region.objects.filter(served=True, level__gte=Level.DISTRICT).order_by("code")
        self.fields["regions"].queryset = served  # type: ignore[attr-defined]
        active = Organization.objects.filter(active=True).exclude(kind="GOVERNMENT")
        self.fields["office"].queryset = active  # type: ignore[attr-defined]
        self.fields["office"].empty_label = _("Kantor di tempat kejadian")  # type: ignore[attr-defined]
        self.fields["categories"].queryset = Category.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("from_time"), values.get("until_time")
        if (since is None) != (until is None):
            self.add_error("until_time", _("Isi kedua jam, atau kosongkan keduanya."))
        if since is not None and since == until:
            self.add_error("until_time", _("Jam mulai dan jam selesai tidak boleh sama."))
        return values


class PolicyForm(forms.ModelForm):
    """When routing may act without a person."""

    percent = forms.IntegerField(
        label=_("Ketepatan paling rendah (%)"),
        min_value=50,
        max_value=100,
        help_text=_("Disposisi otomatis hanya bila ketepatan yang terukur sedikitnya setinggi ini."),
    )

    class Meta:
        model = RoutingPolicy
        fields = ("automatic", "min_cases")

    def __init__(self, *args: Any, instance: RoutingPolicy, **kwargs: Any) -> None:
        initial = {"percent": round(instance.min_precision * 100)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
