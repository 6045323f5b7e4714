"""The three steps of a request. Each form judges one step; typed answers live in the draft, numbers never do."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.fields import ProofField, SeveralFilesField
from pendopo.base.ui.fields import HintedRadios
from pendopo.domains.information import nik
from pendopo.domains.information.forms.fields import Choice, Email, Line, Phone, Words
from pendopo.domains.information.models import Access, Form, ProofKind, SendWay

K = ProofKind
MOST_GIVERS = 5  # photos of the givers' identity cards; more fit into one PDF


class Who(models.TextChoices):
    """In whose name somebody asks, as people say it."""

    SELF = "SELF", gettext_lazy("Saya sendiri")
    ENTITY = "ENTITY", gettext_lazy("Badan hukum (PT, yayasan, perkumpulan berbadan hukum)")
    GROUP = "GROUP", gettext_lazy("Kelompok orang, saya kuasanya")
    PROXY = "PROXY", gettext_lazy("Orang lain, saya kuasanya")
    OFFICIAL = "OFFICIAL", gettext_lazy("Instansi pemerintah tempat saya bekerja")


WHO_HINTS = {
    Who.SELF: gettext_lazy("Warga negara Indonesia. Siapkan KTP."),
    Who.ENTITY: gettext_lazy("Siapkan akta dan nomor pengesahan dari kementerian hukum."),
    Who.GROUP: gettext_lazy("Siapkan surat kuasa, KTP para pemberi kuasa, dan KTP Anda."),
    Who.PROXY: gettext_lazy("Siapkan surat kuasa khusus, KTP pemberi kuasa, dan KTP Anda."),
    Who.OFFICIAL: gettext_lazy("Tidak lewat formulir ini."),
}
# Which documents each of them shows.
NEEDED: dict[str, tuple[ProofKind, ...]] = {
    Who.SELF: (K.KTP,),
    Who.ENTITY: (K.DEED,),
    Who.GROUP: (K.KTP, K.PROXY, K.GIVER),
    Who.PROXY: (K.KTP, K.PROXY, K.GIVER),
}
FILES = {K.KTP: "identity_file", K.DEED: "deed_file", K.PROXY: "proxy_file", K.GIVER: "giver_files"}


def _capital(choices: type[models.TextChoices]) -> list[tuple[str, str]]:
    """Labels that stand within sentences elsewhere, as answers on their own."""
    return [(value, capfirst(label)) for value, label in choices.choices]


class WhatForm(forms.Form):
    """Step 1: what they want to know."""

    details = Words(
        label=gettext_lazy("Informasi apa yang Anda perlukan?"),
        min_length=10,
        max_length=5000,
        missing=gettext_lazy("Tulis informasi yang Anda perlukan."),
        too_short=gettext_lazy("Tulis sedikit lebih lengkap, paling sedikit 10 huruf."),
        help_text=gettext_lazy(
            "Sebut tentang apa, tahun berapa, dan dokumennya bila tahu. Jangan tulis nama atau NIK di sini."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class HowForm(forms.Form):
    """Step 2: what for, in which form, and in whose name."""

    use_required_attribute = False
    purpose = Words(
        label=gettext_lazy("Untuk apa informasi ini?"),
        min_length=5,
        max_length=1000,
        missing=gettext_lazy("Tulis untuk apa informasi ini Anda pakai."),
        too_short=gettext_lazy("Tulis sedikit lebih jelas, misalnya: bahan skripsi."),
        help_text=gettext_lazy(
            "Undang-undang meminta kami mencatatnya. Contoh: bahan rapat warga, skripsi, berita."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    access = Choice(
        label=gettext_lazy("Bagaimana Anda ingin memperolehnya?"), choices=_capital(Access), widget=forms.RadioSelect,
        initial=Access.COPY,
    )  # fmt: skip
    form = Choice(
        label=gettext_lazy("Bentuknya"), choices=_capital(Form), widget=forms.RadioSelect, initial=Form.SOFT
    )
    send_way = Choice(
        label=gettext_lazy("Dikirim lewat"),
        choices=_capital(SendWay),
        widget=forms.RadioSelect,
        initial=SendWay.ONLINE,
    )
    who = Choice(
        label=gettext_lazy("Anda meminta atas nama siapa?"), choices=Who.choices, initial=Who.SELF,
        widget=HintedRadios(hints={str(key): words for key, words in WHO_HINTS.items()}),
    )  # fmt: skip

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        if who == Who.OFFICIAL:
            raise forms.ValidationError(
                _(
                    "Pejabat tidak dapat meminta informasi atas nama instansinya lewat layanan ini; untuk itu ada surat"
                    " dinas antarinstansi. Sebagai warga, Anda tetap boleh meminta: pilih “Saya sendiri”."
                )
            )
        return who

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        printed = given.get("access") == Access.COPY and given.get("form") == Form.HARD
        if printed and given.get("send_way") in (SendWay.ONLINE, SendWay.EMAIL):
            self.add_error(
                "send_way", _("Cetakan hanya dapat diambil sendiri, atau dikirim lewat pos atau kurir.")
            )
        return given


class WhoForm(forms.Form):
    """Step 3: who asks. Which fields there are depends on `who`; `kept` are documents that are here already.

    `numbered` says whether a number is kept. A kept number or file need not be given again.
    """

    use_required_attribute = False
    name = Line(
        label=gettext_lazy("Nama lengkap, seperti di KTP"),
        min_length=3,
        max_length=120,
        missing=gettext_lazy("Tulis nama lengkap Anda."),
        too_short=gettext_lazy("Tulis nama lengkap, seperti di KTP."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    number = Line(
        label=gettext_lazy("NIK"),
        max_length=40,
        missing=gettext_lazy("Tulis NIK Anda."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-private": ""}),
    )
    identity_file = ProofField(label=gettext_lazy("Foto atau PDF KTP"))
    deed_file = ProofField(label=gettext_lazy("Akta pendirian dan pengesahannya"))
    proxy_for = Line(
        label=gettext_lazy("Nama pemberi kuasa"),
        max_length=300,
        missing=gettext_lazy("Tulis nama pemberi kuasa."),
    )
    proxy_file = ProofField(label=gettext_lazy("Surat kuasa"))
    giver_files = SeveralFilesField(label=gettext_lazy("KTP para pemberi kuasa"), max_files=MOST_GIVERS)
    address = Line(
        label=gettext_lazy("Alamat"),
        min_length=5,
        max_length=300,
        missing=gettext_lazy("Tulis alamat Anda."),
        too_short=gettext_lazy("Tulis alamat sedikit lebih lengkap."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    occupation = Line(
        label=gettext_lazy("Pekerjaan"),
        max_length=120,
        missing=gettext_lazy("Tulis pekerjaan Anda, misalnya: petani, mahasiswa, ibu rumah tangga."),
    )
    email = Email(
        label=gettext_lazy("Surel (e-mail)"),
        help_text=gettext_lazy("Isi surel atau telepon, paling sedikit satu."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = Phone(
        label=gettext_lazy("Nomor telepon"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(
        self,
        *args: Any,
        who: str,
        send_way: str = "",
        kept: Collection[str] = (),
        numbered: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.who, self.send_way, self.kept, self.numbered = who, send_way, frozenset(kept), numbered
        self._only_what_is_needed()
        self._what_is_kept()

    def _only_what_is_needed(self) -> None:
        needed = NEEDED[self.who]
        for kind, name in FILES.items():
            if kind not in needed:
                del self.fields[name]
        if K.PROXY not in needed:
            del self.fields["proxy_for"]
        if self.who == Who.ENTITY:
            del self.fields["occupation"]
            self.fields["name"].label = _("Nama badan hukum")
            self.fields["number"].label = _("Nomor pengesahan badan hukum")
            self.fields["number"].help_text = _("Contoh: AHU-0012345.AH.01.04.Tahun 2020")
            self.fields["number"].error_messages["required"] = _("Tulis nomor pengesahan badan hukum.")
            self.fields["number"].widget.attrs.pop("inputmode")
        elif self.who == Who.GROUP:
            self.fields["name"].label = _("Nama lengkap Anda, seperti di KTP")

    def _what_is_kept(self) -> None:
        missing = {
            "identity_file": _("Pilih foto atau PDF KTP Anda."),
            "deed_file": _("Pilih akta dan pengesahannya."),
            "proxy_file": _(
                "Surat kuasa belum ada. Tanpa surat kuasa kami tidak dapat menerima permohonan untuk orang lain."
            ),
            "giver_files": _("Pilih KTP pemberi kuasa."),
        }  # fmt: skip
        for kind, name in FILES.items():
            if name in self.fields:
                field = self.fields[name]
                field.error_messages["required"] = missing[name]
                if kind in self.kept:
                    field.required = False
                    field.help_text = _(
                        "Sudah kami terima dan terkunci. Pilih lagi hanya bila ingin menggantinya."
                    )
        if self.numbered:
            self.fields["number"].required = False
            self.fields["number"].help_text = _(
                "Sudah kami terima dan terkunci. Tulis lagi hanya bila ingin menggantinya."
            )

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if not typed:
            return ""
        if self.who == Who.ENTITY:
            if len(re.findall(r"[0-9]", typed)) < 4:
                raise forms.ValidationError(
                    _("Nomor pengesahan ini belum lengkap. Contoh: AHU-0012345.AH.01.04.Tahun 2020")
                )
            return typed
        number = nik.tidy(typed)
        if wrong := nik.fault(number):
            raise forms.ValidationError(wrong)
        return number

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        reach = {"email", "phone"} & set(self.errors)
        if not given.get("email") and not given.get("phone") and not reach:
            self.add_error("email", _("Tulis surel atau nomor telepon, supaya jawaban sampai kepada Anda."))
        elif self.send_way == SendWay.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("Anda memilih dikirim lewat surel. Tulis alamat surelnya."))
        return given
