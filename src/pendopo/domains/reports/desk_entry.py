"""Forms of staff that are not about one report: entering one "atas nama", routing rules, their threshold."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.base.regions.models import Level, Region
from pendopo.domains.reports.desk_fields import CleanTextField, OfficeField, line, photos
from pendopo.domains.reports.forms.fields import Choice, Email, Phone
from pendopo.domains.reports.geo import grouped_villages
from pendopo.domains.reports.models import Category, Channel, RoutingPolicy, RoutingRule
from pendopo.domains.reports.rule_sets import Snapshot

DAYS = [
    (1, _("Senin")), (2, _("Selasa")), (3, _("Rabu")), (4, _("Kamis")), (5, _("Jumat")), (6, _("Sabtu")),
    (7, _("Minggu")),
]  # fmt: skip


@dataclass(frozen=True)
class Tick:
    """One check box of a place."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Place:
    """A kecamatan and its kelurahan."""

    district: Tick
    villages: list[Tick] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """How many of the kelurahan are chosen by themselves."""
        return sum(village.chosen for village in self.villages)


class EntryForm(forms.Form):
    """A report that came by phone, at the counter, by letter, WhatsApp, social media or SP4N.

    `once` names this filling-in: sent twice (double click, a lost answer), it makes one report.
    """

    once = forms.UUIDField(widget=forms.HiddenInput)
    channel = Choice(
        label=_("Masuk lewat"),
        choices=[c for c in Channel.choices if c[0] not in (Channel.WEB, Channel.API)],
        widget=forms.RadioSelect,
        missing=_("Pilih lewat mana laporan ini datang."),
    )
    external_number = line(
        label=_("Nomor di kanal asal"),
        max_length=60,
        required=False,
        help_text=_("Misalnya nomor surat atau nomor SP4N."),
    )
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.filter(active=True), empty_label=_("Pilih kategori")
    )
    text = CleanTextField(
        label=_("Isi laporan"),
        min_length=10,
        rows=6,
        help_text=_("Tulis dengan kata-kata pelapor."),
        missing=_("Tulis isi laporannya."),
        too_short=_("Terlalu singkat. Tulis apa yang terjadi, sedikitnya 10 huruf."),
    )
    region = Choice(label=_("Kelurahan"), missing=_("Pilih kelurahan tempat kejadian."))
    address = line(label=_("Alamat atau patokan"), max_length=300, required=False)
    photos = photos(_("Foto"))
    name = line(label=_("Nama pelapor"), max_length=120, required=False)
    phone = Phone(label=_("Telepon pelapor"), max_length=40, required=False)
    email = Email(label=_("Surel pelapor"), required=False)
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
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("Pilih kelurahan")),
            *((district, list(group)) for district, group in grouped_villages()),
        ]
        self.initial.setdefault("once", uuid4())


class RuleForm(forms.ModelForm):
    """One routing rule. Empty conditions fit every report."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari"), choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    office = OfficeField(
        label=_("Teruskan ke"),
        required=False,
        empty_label=_("Kantor kelurahan atau kecamatan di tempat kejadian"),
    )

    class Meta:
        model = RoutingRule
        fields = (
            "order", "name", "categories", "regions", "weekdays", "from_time", "until_time", "office", "active",
            "automatic",
        )  # fmt: skip
        widgets = {
            "categories": forms.CheckboxSelectMultiple,
            "regions": forms.CheckboxSelectMultiple,
            "from_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "until_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the rule points at stays on offer though it is gone: else opening the form would quietly widen it.
        rule: RoutingRule = self.instance
        kept = [region.pk for region in rule.regions.all()] if rule.pk else []
        offered = Region.objects.filter(Q(served=True) | Q(pk__in=kept), level__gte=Level.DISTRICT)
        self.fields["regions"].queryset = offered.order_by("code")  # type: ignore[attr-defined]
        self.fields["office"].offer(user, keep=rule.office_id)  # type: ignore[attr-defined]
        self.fields["categories"].queryset = Category.objects.all()  # type: ignore[attr-defined]

    def places(self) -> list[Place]:
        """The served kecamatan with their kelurahan, as check boxes a person can find."""
        chosen = {str(value) for value in self["regions"].value() or ()}
        places: dict[str, Place] = {}
        rows = self.fields["regions"].queryset.values_list("code", "name", "level")  # type: ignore[attr-defined]
        for code, name, level in rows:
            tick = Tick(code, name, code in chosen)
            if level == Level.DISTRICT:
                places[code] = Place(tick)
            else:
                parent = code.rpartition(".")[0]
                places.setdefault(parent, Place(Tick(parent, parent, False))).villages.append(tick)
        return sorted(places.values(), key=lambda place: place.district.name)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("from_time"), values.get("until_time")
        if (since is None) != (until is None) and not {"from_time", "until_time"} & set(self.errors):
            self.add_error("until_time", _("Isi kedua jam, atau kosongkan keduanya."))
        if since is not None and since == until:
            self.add_error("until_time", _("Jam mulai dan jam selesai tidak boleh sama."))
        office = values.get("office")
        if office is not None and not office.active and values.get("active"):
            self.add_error(
                "office", _("Kantor ini sudah ditutup. Pilih kantor lain, atau matikan aturannya.")
            )
        return values

    def snapshot(self) -> Snapshot:
        """The rule as typed. Only after `is_valid`."""
        return Snapshot.of(self.instance, self.cleaned_data["categories"], self.cleaned_data["regions"])


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
        super().__init__(*args, **{**kwargs, "instance": instance, "initial": initial})
