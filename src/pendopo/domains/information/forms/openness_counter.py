"""The whole statutory form on one page, for an officer who writes down what somebody came, wrote or called about."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.fields import ProofField
from pendopo.base.ui.fields import DateInput, HintedRadios
from pendopo.domains.information import nik
from pendopo.domains.information.forms.asking import NEEDED, HowForm, WhatForm, Who
from pendopo.domains.information.forms.fields import Choice, Email, Line, NeededLine, Phone
from pendopo.domains.information.models import ProofKind, RequestChannel, SendWay

HELP = (
    ("baca", gettext_lazy("dibacakan")),
    ("tulis", gettext_lazy("dituliskan petugas")),
    ("besar", gettext_lazy("cetakan huruf besar")),
    ("isyarat", gettext_lazy("bahasa isyarat")),
    ("antar", gettext_lazy("pendampingan di tempat")),
)
# The officer writes, so nobody here is "I".
WHO = (
    (Who.SELF, gettext_lazy("Diri sendiri")),
    (Who.ENTITY, gettext_lazy("Badan hukum (PT, yayasan, perkumpulan berbadan hukum)")),
    (Who.GROUP, gettext_lazy("Kelompok orang, lewat kuasanya")),
    (Who.PROXY, gettext_lazy("Orang lain, lewat kuasanya")),
    (Who.OFFICIAL, gettext_lazy("Instansi pemerintah tempatnya bekerja")),
)
WHO_HINTS = {
    Who.SELF: gettext_lazy("Warga negara Indonesia. Lihat KTP-nya."),
    Who.ENTITY: gettext_lazy("Lihat akta dan nomor pengesahan dari kementerian hukum."),
    Who.GROUP: gettext_lazy("Lihat surat kuasa, KTP para pemberi kuasa, dan KTP kuasanya."),
    Who.PROXY: gettext_lazy("Lihat surat kuasa khusus, KTP pemberi kuasa, dan KTP kuasanya."),
    Who.OFFICIAL: gettext_lazy("Tidak lewat formulir ini."),
}
_CHANNELS = [(key, label) for key, label in RequestChannel.choices if key != RequestChannel.WEB]


class CounterForm(WhatForm, HowForm):
    """`key` makes a double click one request. `shown`: the documents were looked at on the spot, no copy is kept."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    channel = Choice(
        label=gettext_lazy("Datang lewat"),
        choices=_CHANNELS,
        widget=forms.RadioSelect,
        initial=RequestChannel.COUNTER,
    )
    received_on = forms.DateField(
        label=gettext_lazy("Diterima tanggal"),
        widget=DateInput,
        help_text=gettext_lazy("Batas waktu dihitung sejak tanggal ini."),
        error_messages={
            "required": gettext_lazy("Isi tanggal diterima."),
            "invalid": gettext_lazy("Tanggal ini tidak terbaca."),
        },
    )
    external_number = Line(label=gettext_lazy("Nomor surat pemohon"), max_length=60, required=False)
    who = Choice(
        label=gettext_lazy("Atas nama siapa"), choices=WHO, initial=Who.SELF,
        widget=HintedRadios(hints={str(key): words for key, words in WHO_HINTS.items()}),
    )  # fmt: skip
    name = Line(
        label=gettext_lazy("Nama lengkap atau nama badan hukum"),
        min_length=3,
        max_length=120,
        missing=gettext_lazy("Tulis nama pemohon."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = NeededLine(
        label=gettext_lazy("NIK atau nomor pengesahan"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": ""}),
    )
    address = Line(
        label=gettext_lazy("Alamat"),
        min_length=5,
        max_length=300,
        missing=gettext_lazy("Tulis alamat pemohon."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    occupation = NeededLine(label=gettext_lazy("Pekerjaan"), max_length=120)
    phone = Phone(
        label=gettext_lazy("Nomor telepon"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    email = Email(
        label=gettext_lazy("Surel (e-mail)"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    proxy_for = NeededLine(label=gettext_lazy("Nama pemberi kuasa"), max_length=300)
    shown = forms.BooleanField(
        label=gettext_lazy("Saya sudah melihat dokumen identitasnya"),
        required=False,
        help_text=gettext_lazy("Tercatat atas nama Anda. Tidak ada salinan yang disimpan."),
    )
    identity_file = ProofField(label=gettext_lazy("Pindaian KTP atau akta"), required=False)
    proxy_file = ProofField(label=gettext_lazy("Pindaian surat kuasa"), required=False)
    help_given = forms.MultipleChoiceField(
        label=gettext_lazy("Bantuan yang diberikan"),
        choices=HELP,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bagi penyandang disabilitas dan siapa pun yang memerlukan."),
    )
    help_other = Line(label=gettext_lazy("Bantuan lain"), max_length=200, required=False)
    field_order = (
        "channel",
        "received_on",
        "external_number",
        "details",
        "purpose",
        "who",
        "name",
        "number",
        "address",
        "occupation",
        "phone",
        "email",
        "proxy_for",
        "shown",
        "identity_file",
        "proxy_file",
        "access",
        "form",
        "send_way",
        "help_given",
        "help_other",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "details": _("Informasi yang diminta"),
            "purpose": _("Tujuan penggunaan"),
            "access": _("Cara memperoleh"),
        }
        for name, label in words.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
        self.fields["send_way"].initial = SendWay.PICKUP
        self.fields["details"].widget.attrs["rows"] = 4

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        if who == Who.OFFICIAL:
            raise forms.ValidationError(
                _(
                    "Permintaan atas nama instansi lewat surat dinas antarinstansi. Sebagai warga, ia tetap boleh"
                    " meminta: pilih “Diri sendiri”."
                )
            )
        return who

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self._reach(given)
        if "who" in given:
            self._number(given)
            self._documents(given)
        return given

    def _reach(self, given: dict[str, Any]) -> None:
        if given.get("send_way") == SendWay.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("Jawaban dikirim lewat surel. Tulis alamat surelnya."))
        if given.get("send_way") == SendWay.ONLINE and not (given.get("email") or given.get("phone")):
            self.add_error(
                "phone",
                _("Untuk membuka halamannya, pemohon perlu telepon atau surel yang tercatat di sini."),
            )

    def _number(self, given: dict[str, Any]) -> None:
        typed = given.get("number") or ""
        if not typed:
            return
        if given["who"] == Who.ENTITY:
            if len(re.findall(r"[0-9]", typed)) < 4:
                self.add_error(
                    "number", _("Nomor pengesahan ini belum lengkap. Contoh: AHU-0012345.AH.01.04.Tahun 2020")
                )
            return
        given["number"] = nik.tidy(typed)
        if wrong := nik.fault(given["number"]):
            self.add_error("number", wrong)

    def _documents(self, given: dict[str, Any]) -> None:
        scanned, shown = given.get("identity_file"), given.get("shown")
        if shown and not given.get("number") and "number" not in self.errors:
            self.add_error(
                "number", _("Tulis nomornya dari dokumen yang Anda lihat; yang disimpan hanya sidiknya.")
            )
        if (
            given.get("channel") == RequestChannel.COUNTER
            and not shown
            and not scanned
            and "identity_file" not in self.errors
        ):
            self.add_error("shown", _("Lihat dokumen identitasnya, atau pindai."))
        if ProofKind.PROXY in NEEDED[given["who"]]:
            if not given.get("proxy_for"):
                self.add_error("proxy_for", _("Tulis nama pemberi kuasa."))
            if not shown and not given.get("proxy_file") and "proxy_file" not in self.errors:
                self.add_error(
                    "proxy_file", _("Tanpa surat kuasa permohonan untuk orang lain tidak dapat diterima.")
                )

    def assistance(self) -> str:
        labels = dict(HELP)
        given = [str(labels[key]) for key in self.cleaned_data["help_given"]]
        return ", ".join(filter(None, [*given, self.cleaned_data["help_other"]]))
