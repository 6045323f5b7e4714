"""The objection form (UU 14/2008 Pasal 35): the ground, what happened, and who objects."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.ui.fields import HintedRadios
from pendopo.domains.information.forms.fields import Choice, Email, Line, NeededLine, Phone, Words
from pendopo.domains.information.offers import Offer


class PositionForm(forms.Form):
    """What every objection says. `key` makes a double click one objection."""

    use_required_attribute = False
    position = Words(
        label=_("Apa yang terjadi?"),
        min_length=20,
        max_length=5000,
        missing=_("Ceritakan apa yang terjadi (kasus posisi)."),
        too_short=_("Ceritakan sedikit lebih lengkap, paling sedikit 20 huruf."),
        help_text=_("Urutan kejadiannya, dan mengapa menurut Anda jawaban atau diamnya PPID tidak tepat."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    by_proxy = forms.BooleanField(
        label=_("Saya mengajukan sebagai kuasa orang lain"),
        required=False,
        help_text=_("Bawa atau kirim surat kuasa bila diminta Atasan PPID."),
    )
    proxy_name = NeededLine(label=_("Nama Anda sebagai kuasa"), required=False, max_length=120)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("by_proxy") and not given.get("proxy_name") and "proxy_name" not in self.errors:
            self.add_error("proxy_name", _("Tulis nama Anda sebagai kuasa."))
        if not given.get("by_proxy"):
            given["proxy_name"] = ""
        return given


class ObjectionForm(PositionForm):
    """An objection on a request: its grounds are those that are true today."""

    ground = Choice(
        label=_("Alasan keberatan"), missing=_("Pilih alasan keberatan Anda."), widget=HintedRadios
    )
    field_order = ("ground",)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {str(offer.ground): offer for offer in offers}
        field = self.fields["ground"]
        opened = [offer for offer in offers if offer.open]
        field.choices = [(str(o.ground), f"{o.ground}. {o.label}") for o in opened]  # type: ignore[attr-defined]
        field.widget.hints = {str(o.ground): o.sentence for o in opened}
        if len(opened) == 1:
            field.initial = str(opened[0].ground)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        tried = self.offers.get(str(self.data.get("ground", ""))[:1])
        if tried is not None and not tried.open:  # the page is older than the ground
            self.errors.pop("ground", None)
            self.add_error("ground", tried.sentence)
        return given


class ItemObjectionForm(PositionForm):
    """An objection without a request: also who objects, and how to reach them."""

    name = Line(
        label=_("Nama lengkap"),
        max_length=120,
        missing=_("Tulis nama lengkap Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = Line(
        label=_("Alamat"),
        max_length=300,
        missing=_("Tulis alamat Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    occupation = Line(label=_("Pekerjaan"), required=False, max_length=120)
    email = Email(label=_("Surel (e-mail)"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    phone = Phone(
        label=_("Nomor telepon"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("email") and not given.get("phone") and not {"email", "phone"} & set(self.errors):
            self.add_error("email", _("Tulis surel atau nomor telepon, supaya tanggapan sampai kepada Anda."))
        return given
