"""Forms of the room: strings into values; nothing is saved here."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pendopo.base.files.examine import limit_of
from pendopo.base.files.fields import DocumentField
from pendopo.base.files.models import FileKind
from pendopo.base.letters import markup
from pendopo.base.letters.signing.ways import BSRE, LABELS, UPLOAD, SignSecret
from pendopo.base.ui.fields import HintedRadios
from pendopo.kernel.ids import ALPHABET

_FILL = _("Bagian ini belum diisi.")
_MISREAD = str.maketrans("OILU", "011V")
_HINTS = {
    BSRE: _("Passphrase Anda dikirim langsung ke BSrE dan tidak pernah disimpan."),
    UPLOAD: _("Unduh suratnya, tandatangani dengan aplikasi Anda, lalu unggah di sini."),
}


def slug_of(typed: str) -> str:
    """A code as a person typed it (capitals, dashes, O for 0), "" when it cannot be one."""
    plain = re.sub(r"[\s\-.]", "", typed[:80]).upper().translate(_MISREAD)
    return plain.lower() if len(plain) == 16 and all(sign in ALPHABET for sign in plain) else ""


class CodeForm(forms.Form):
    """The code printed on a letter."""

    kode = forms.CharField(
        label=_("Kode di surat"),
        max_length=80,
        help_text=_("Enam belas huruf dan angka di samping kode QR, misalnya 7k2m-q9xa-3f8h-w5zt."),
        error_messages={"required": _("Ketik kode yang tercetak di surat.")},
    )

    def clean_kode(self) -> str:
        slug = slug_of(self.cleaned_data["kode"])
        if not slug:
            raise forms.ValidationError(
                _("Kode terdiri atas enam belas huruf dan angka. Periksa lagi di suratnya.")
            )
        return slug


class MatchForm(forms.Form):
    """A file to be compared with the letter that was signed. Only its hash is taken."""

    berkas = forms.FileField(
        label=_("Berkas surat (PDF)"),
        help_text=_("Berkas hanya dicocokkan, lalu langsung dibuang."),
        error_messages={
            "required": _("Pilih berkasnya dulu."),
            "invalid": _("Berkas tidak ikut terkirim. Pilih lagi berkasnya."),
            "missing": _("Berkas tidak ikut terkirim. Pilih lagi berkasnya."),
            "empty": _("Berkas ini kosong. Pilih lagi berkasnya."),
        },
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def clean_berkas(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["berkas"]
        if (given.size or 0) > limit_of(FileKind.PDF):
            raise forms.ValidationError(_("Berkas ini terlalu besar untuk sebuah surat."))
        return given


class SignForm(forms.Form):
    """How to sign, and what that way asks for. What is secret is never put back into the page."""

    signer = forms.ChoiceField(
        label=_("Cara menandatangani"),
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilihan ini tidak ada.")},
    )
    identity = forms.CharField(label=_("NIK atau surel di BSrE"), max_length=120, required=False)
    passphrase = forms.CharField(
        label=_("Passphrase BSrE"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    totp = forms.CharField(
        label=_("Kode sekali pakai"),
        max_length=12,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Bila BSrE mengirim kode, isi kode saja."),
    )
    upload = DocumentField(label=_("Surat yang sudah ditandatangani (PDF)"), required=False)

    def __init__(self, *args: Any, ways: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signer"]
        field.widget = HintedRadios(hints=_HINTS)
        field.choices = [(key, LABELS[key]) for key in ways]  # type: ignore[attr-defined]
        if BSRE not in ways:
            for name in ("identity", "passphrase", "totp"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("signer") == BSRE:
            if not said.get("identity"):
                self.add_error("identity", _FILL)
            if not said.get("passphrase") and not said.get("totp"):
                self.add_error("passphrase", _("Isi passphrase atau kode sekali pakai."))
        if said.get("signer") == UPLOAD and not said.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Pilih berkasnya dulu."))
        return said

    def secret(self) -> SignSecret | None:
        said = self.cleaned_data
        if said["signer"] != BSRE:
            return None
        return SignSecret(said["identity"].strip(), said["passphrase"], said["totp"].strip())

    def uploaded(self) -> bytes:
        chosen = self.cleaned_data.get("upload")
        return bytes(chosen.data) if chosen else b""


class TemplateForm(forms.Form):
    """The words of a kind of letter. `seen` is the version the writer started from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    title = forms.CharField(label=_("Perihal atau judul"), max_length=200, error_messages={"required": _FILL})
    body = forms.CharField(
        label=_("Isi surat"),
        max_length=markup.MOST,
        widget=forms.Textarea({"rows": 22, "class": "tall", "spellcheck": "true"}),
        error_messages={"required": _FILL},
    )


class PatternForm(forms.Form):
    """How the numbers of a register are written."""

    pattern = forms.CharField(
        label=_("Pola nomor"),
        max_length=80,
        help_text=_("Contoh: 487/{nomor:4}/PPID/{bulan}/{tahun}"),
        error_messages={"required": _FILL},
    )


class LetterheadForm(forms.Form):
    """What stands under an office's name."""

    address = forms.CharField(
        label=_("Alamat kantor"),
        max_length=200,
        required=False,
        help_text=_("Contoh: Jalan Merdeka 1, Sukamaju 57111"),
    )
    place = forms.CharField(
        label=_("Tempat di depan tanggal"), max_length=60, required=False, help_text=_("Contoh: Sukamaju")
    )


class SignerForm(forms.Form):
    """The way of signing offered first."""

    signer = forms.ChoiceField(
        label=_("Ditawarkan lebih dulu"),
        choices=list(LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilihan ini tidak ada.")},
    )


class IdentityForm(forms.Form):
    """Whose certificate BSrE is asked about."""

    identity = forms.CharField(
        label=_("NIK atau surel di BSrE"), max_length=120, error_messages={"required": _FILL}
    )
