"""Forms of the lists: an entry, a file, a decree, the filter."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.fields import DataField, PublicDocumentField
from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information.actions.keeping_decrees import NewDecree
from pendopo.domains.information.entries import NAMES, Entry
from pendopo.domains.information.models import Category, Item, Licence, UpdateCycle
from pendopo.domains.information.policy import who

LANGUAGES = (("id", _("Indonesia")), ("jv", _("Jawa")), ("su", _("Sunda")), ("en", _("Inggris")))
_OPEN = [(value, label) for value, label in Category.choices if value != Category.DIKECUALIKAN]
_AREA = forms.Textarea(attrs={"rows": 4})


def offices_of(user: Any) -> Any:
    """The offices whose part of the list this person keeps."""
    found = Organization.objects.filter(active=True).order_by("name")
    return found if who.serves_requests(user) else found.filter(pk__in=roles_of(user).offices)


class SeenForm(forms.Form):
    """`seen` is the version of the record on the page that was opened; an older one is refused by the action."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


class EntryForm(SeenForm):
    """Every column of an entry. `key` makes a double click one entry."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    office = forms.ModelChoiceField(
        label=_("Perangkat daerah"), queryset=Organization.objects.none(), empty_label=_("Pilih kantor")
    )
    title = forms.CharField(
        label=_("Judul"), max_length=200, help_text=_("Seperti orang mencarinya, misalnya “APBD 2026”.")
    )
    summary = forms.CharField(
        label=_("Ringkasan isi"),
        max_length=4000,
        widget=_AREA,
        help_text=_("Apa isinya, dalam dua atau tiga kalimat."),
    )
    category = forms.ChoiceField(
        label=_("Kategori"), choices=_OPEN, widget=forms.RadioSelect,
        help_text=_("Informasi yang dikecualikan masuk lewat lembar uji konsekuensi."),
    )  # fmt: skip
    topic = forms.CharField(
        label=_("Topik"), max_length=40, required=False, help_text=_("Satu kata, misalnya anggaran.")
    )
    year = forms.IntegerField(label=_("Tahun informasi"), required=False, min_value=1900, max_value=2200)
    holder = forms.CharField(label=_("Pejabat atau unit yang menguasai"), max_length=160)
    responsible = forms.CharField(label=_("Penanggung jawab pembuatan"), max_length=160)
    made_on = forms.DateField(label=_("Tanggal pembuatan"), widget=DateInput)
    made_place = forms.CharField(label=_("Tempat pembuatan"), max_length=80)
    has_soft = forms.BooleanField(label=_("Tersedia sebagai berkas"), required=False)
    has_hard = forms.BooleanField(label=_("Tersedia cetak"), required=False)
    language = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES)
    licence = forms.ChoiceField(label=_("Lisensi"), choices=Licence.choices)
    cycle = forms.ChoiceField(
        label=_("Diperbarui"), choices=UpdateCycle.choices,
        help_text=_("Informasi berkala paling lama setiap enam bulan."),
    )  # fmt: skip
    retention = forms.CharField(
        label=_("Jangka waktu simpan"), max_length=120, help_text=_("Misalnya 5 tahun.")
    )
    retention_source = forms.CharField(label=_("Dasar jangka simpan (JRA)"), max_length=160, required=False)
    SECTIONS = (
        (_("Isi informasi"), ("office", "title", "summary", "category", "topic", "year")),
        (_("Siapa yang menguasai dan membuat"), ("holder", "responsible", "made_on", "made_place")),
        (_("Bentuk dan izin pakai"), ("has_soft", "has_hard", "language", "licence")),
        (_("Pembaruan dan penyimpanan"), ("cycle", "retention", "retention_source")),
    )

    def __init__(self, *args: Any, user: Any, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item is not None:
            del self.fields["office"]
            self.initial = {
                **{name: getattr(item, name) for name in NAMES}, "seen": item.version, **self.initial,
            }  # fmt: skip
            if item.is_exempt:
                self.fields["category"].choices = Category.choices  # type: ignore[attr-defined]
            return
        offices = offices_of(user)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.initial = {
            "key": uuid.uuid4(), "has_soft": True, "category": Category.SETIAP_SAAT, **self.initial,
        }  # fmt: skip
        own = roles_of(user).offices
        if len(own) == 1:
            self.initial.setdefault("office", own[0])

    def entry(self) -> Entry:
        return Entry(**{name: self.cleaned_data[name] for name in NAMES})

    def sections(self) -> list[tuple[Any, list[Any]]]:
        return [
            (label, [self[name] for name in names if name in self.fields]) for label, names in self.SECTIONS
        ]


class FileForm(forms.Form):
    file = PublicDocumentField(label=_("Berkas"))
    note = forms.CharField(
        label=_("Yang berubah"),
        max_length=300,
        required=False,
        help_text=_("Untuk versi kedua dan seterusnya."),
    )


class PublishForm(forms.Form):
    note = forms.CharField(label=_("Yang berubah"), max_length=300, required=False)
    looked_through = forms.CharField(
        label=_("Yang sudah Anda periksa"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReasonForm(SeenForm):
    """Some verbs take no reason. Those that do show it as needed, and the action says what is missing."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not self.is_bound

    def clean(self) -> dict[str, Any] | None:
        self.fields["reason"].required = True
        return super().clean()


class DecreeForm(forms.Form):
    number = forms.CharField(label=_("Nomor keputusan"), max_length=80)
    title = forms.CharField(label=_("Tentang"), max_length=200)
    signed_on = forms.DateField(label=_("Ditetapkan tanggal"), widget=DateInput)
    place = forms.CharField(label=_("Ditetapkan di"), max_length=80, required=False)
    signer = forms.CharField(label=_("Ditetapkan oleh"), max_length=160)

    def decree(self) -> NewDecree:
        return NewDecree(**self.cleaned_data)


class FilterForm(forms.Form):
    """What the list is narrowed to. Offices only for who sees more than one."""

    q = forms.CharField(label=_("Kata atau nomor"), max_length=100, required=False)
    category = forms.ChoiceField(
        label=_("Kategori"), choices=[("", _("Semua kategori")), *Category.choices], required=False
    )
    office = forms.ModelChoiceField(
        label=_("Perangkat daerah"), queryset=Organization.objects.none(), required=False,
        empty_label=_("Semua kantor"),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Tahun"), min_value=1900, max_value=2200, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_of(user)
        if roles.sees_all:
            offices = Organization.objects.filter(active=True).order_by("name").only("pk", "name")
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        elif len(roles.offices) < 2:
            del self.fields["office"]
        else:
            offices = Organization.objects.filter(pk__in=roles.offices).order_by("name")
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A table, and what to do with rows that are on the list already."""

    file = DataField(label=_("Tabel"))
    office = forms.ModelChoiceField(
        label=_("Kantor untuk baris tanpa nama kantor"), queryset=Organization.objects.none(),
        empty_label=_("Pilih kantor"),
    )  # fmt: skip
    update = forms.BooleanField(
        label=_("Perbarui yang sudah ada"), required=False,
        help_text=_("Dikenali dari nomor, atau dari kantor, judul, dan tahun."),
    )  # fmt: skip
    propose = forms.BooleanField(label=_("Langsung usulkan kepada PPID Utama"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices_of(user)  # type: ignore[attr-defined]
        own = roles_of(user).offices
        if len(own) == 1:
            self.initial.setdefault("office", own[0])
