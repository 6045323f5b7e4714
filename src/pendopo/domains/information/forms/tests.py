"""Forms of consequence tests."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.organizations.models import Organization
from pendopo.base.organizations.roles import roles_of
from pendopo.base.ui.fields import DateInput
from pendopo.domains.information.actions.tests import Sheet
from pendopo.domains.information.forms.keeping import SeenForm, offices_of
from pendopo.domains.information.models import ConsequenceTest, ExemptionGround, Item, UnitTask
from pendopo.kernel import clock

_AREA = {"rows": 3}
COLUMNS = (
    "information", "ground", "law", "consequence_open", "consequence_closed", "considerations", "years",
    "expires_on", "permanent", "occasion",
)  # fmt: skip


def _long(label: Any, hint: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=4000, required=required, widget=forms.Textarea(attrs=_AREA)
    )


class SheetForm(SeenForm):
    """The whole sheet. `key` makes a double click one sheet."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    office = forms.ModelChoiceField(
        label=_("Perangkat daerah"), queryset=Organization.objects.none(), empty_label=_("Pilih kantor")
    )
    item = forms.ModelChoiceField(
        label=_("Entri daftar informasi"), queryset=Item.objects.none(), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    information = _long(
        _("Informasi yang diuji"), _("Tepat bagian mana, bukan seluruh dokumen. Tanpa menyebut isinya.")
    )
    ground = forms.ModelChoiceField(
        label=_("Pasal 17 huruf"), queryset=ExemptionGround.objects.none(), empty_label=_("Pilih huruf")
    )
    law = forms.CharField(
        label=_("Undang-undang dan pasalnya"), max_length=300,
        help_text=_("Undang-undang yang menjadi dasar, sampai ayatnya."),
    )  # fmt: skip
    consequence_open = _long(_("Akibat bila dibuka"), _("Siapa yang dirugikan, dan bagaimana."))
    consequence_closed = _long(
        _("Akibat bila ditutup"), _("Apa yang terlindungi, dan apa yang hilang bagi umum.")
    )
    considerations = _long(
        _("Kepatutan dan kepentingan umum"),
        _("Yang tetap dapat dibuka, misalnya angka rekapnya."),
        required=False,
    )
    years = forms.IntegerField(
        label=_("Berlaku (tahun)"), required=False, min_value=1, max_value=200,
        help_text=_("Sejak tanggal keputusan. Isi salah satu: tahun, tanggal, atau tanpa batas."),
    )  # fmt: skip
    expires_on = forms.DateField(label=_("atau berlaku sampai"), required=False, widget=DateInput)
    permanent = forms.BooleanField(label=_("Tanpa batas waktu (bila hurufnya membolehkan)"), required=False)
    occasion = forms.ChoiceField(label=_("Dilakukan"), choices=ConsequenceTest.Occasion.choices)
    SECTIONS = (
        (_("Informasi dan dasarnya"), ("office", "information", "ground", "law", "occasion")),
        (_("Akibat dan pertimbangan"), ("consequence_open", "consequence_closed", "considerations")),
        (_("Jangka waktu"), ("years", "expires_on", "permanent")),
    )

    def __init__(
        self, *args: Any, user: Any, test: ConsequenceTest | None = None, like: ConsequenceTest | None = None,
        item: Item | None = None, task: UnitTask | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        today = clock.local_date(clock.now())
        self.fields["ground"].queryset = ExemptionGround.objects.valid(today)  # type: ignore[attr-defined]
        source = test or like
        filled = {name: getattr(source, name) for name in COLUMNS} if source is not None else {}
        if filled.get("years") is not None:
            filled["expires_on"] = None
        if test is not None:
            del self.fields["office"], self.fields["item"]
            filled["seen"] = test.version
        else:
            self._for_new(user, item, task, filled)
        self.initial = {**filled, **self.initial}

    def _for_new(self, user: Any, item: Item | None, task: UnitTask | None, filled: dict[str, Any]) -> None:
        offices, own = offices_of(user), roles_of(user).offices
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["item"].queryset = Item.objects.desk_of(user).light()  # type: ignore[attr-defined]
        filled["key"] = uuid.uuid4()
        if item is not None:
            filled |= {"item": item.pk, "office": item.office_id}
            filled.setdefault("information", item.title)
        elif task is not None:
            filled |= {"office": task.office_id, "occasion": ConsequenceTest.Occasion.REQUEST}
        elif len(own) == 1:
            filled["office"] = own[0]

    def target(self) -> dict[str, int | None]:
        """Whose sheet it is, and for which entry."""
        chosen = self.cleaned_data["item"]
        return {"office_id": self.cleaned_data["office"].pk, "item_id": chosen.pk if chosen else None}

    def sheet(self) -> Sheet:
        return Sheet(**{name: self.cleaned_data[name] for name in COLUMNS})

    def sections(self) -> list[tuple[Any, list[Any]]]:
        return [
            (label, [self[name] for name in names if name in self.fields]) for label, names in self.SECTIONS
        ]


class OpinionForm(SeenForm):
    council_on = forms.DateField(label=_("Tanggal rapat"), widget=DateInput)
    council_opinion = _long(_("Pendapat tim pertimbangan"), "")


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Cari lembar uji"), max_length=100, required=False)
