"""What a person types about their own data, and what staff type about others'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.base.privacy.models import RefusalGround, RetentionRule
from pendopo.kernel.ids import normalize_code
from pendopo.kernel.text import clean, clean_line


class SafeLine(forms.CharField):
    """One line without control characters."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value)) if value else ""


class SafeText(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean(str(value)) if value else ""


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Surel Anda"),
        max_length=254,
        error_messages={
            "required": _("Tulis alamat surel Anda."),
            "invalid": _("Alamat surel ini belum lengkap. Contoh: nama@contoh.id."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class AskForm(forms.Form):
    words = forms.BooleanField(
        label=_("Hapus juga cerita, foto, dan balasan saya"),
        required=False,
        help_text=_("Tanpa ini hanya nama, surel, telepon, dan akun yang dilepas dari laporan."),
    )
    wish = SafeText(
        label=_("Yang perlu kami ketahui"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=_("Saya mengerti bahwa data yang sudah dihapus tidak bisa kembali"),
        error_messages={"required": _("Centang ini untuk melanjutkan.")},
    )


class GrantForm(forms.Form):
    prefix = "kabul"
    words = forms.TypedChoiceField(
        label=_("Yang dihapus"),
        choices=[
            ("ya", _("Kontak, akun, cerita, foto, dan balasan")),
            ("tidak", _("Hanya nama, surel, telepon, dan akun")),
        ],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih yang dihapus.")},
    )
    explanation = SafeText(
        label=_("Penjelasan kepada pemohon"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila tidak semua yang diminta dihapus."),
    )

    def __init__(self, *args: Any, wanted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["words"].initial = "ya" if wanted else "tidak"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        less = self.wanted and data.get("words") is False
        if less and len(data.get("explanation", "")) < 20:
            self.add_error(
                "explanation", _("Jelaskan mengapa cerita dan foto tidak dihapus, sedikitnya 20 huruf.")
            )
        return data


class RefuseForm(forms.Form):
    prefix = "tolak"
    ground = forms.ModelChoiceField(
        label=_("Alasan menurut hukum"),
        queryset=RefusalGround.objects.none(),
        empty_label=_("Pilih alasan"),
        error_messages={"required": _("Pilih alasannya."), "invalid_choice": _("Pilih alasan dari daftar.")},
    )
    explanation = SafeText(
        label=_("Penjelasan kepada pemohon"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Jelaskan dengan kalimat yang dipahami pemohon.")},
    )

    def __init__(self, *args: Any, grounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = grounds  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """One case by its number, or one person by e-mail or phone."""

    code = SafeLine(label=_("Nomor perkara"), required=False, max_length=40)
    contact = SafeLine(label=_("Atau surel atau telepon seseorang"), required=False, max_length=254)
    reason = SafeLine(
        label=_("Alasan"),
        max_length=300,
        min_length=10,
        error_messages={
            "required": _("Tulis alasannya."),
            "min_length": _("Tulis alasan yang dapat dipahami pemeriksa nanti."),
        },
        help_text=_("Tanpa nama orang: alasan ini tetap tersimpan setelah penahanan dilepas."),
    )
    until = forms.DateField(
        label=_("Sampai tanggal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Tanggal ini tidak terbaca.")},
    )

    def __init__(self, *args: Any, persons: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not persons:
            del self.fields["contact"]

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if not typed:
            return ""
        code = normalize_code(typed)
        if code is None:
            raise forms.ValidationError(_("Nomor ini tidak terbaca. Contoh: LAP-7K2M-Q9XA."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("code", "contact") if data.get(name)]
        if len(given) != 1 and not self.errors:
            self.add_error("code", _("Isi satu saja: nomor perkara, atau surel atau telepon."))
        return data


class RuleForm(forms.ModelForm):
    class Meta:
        model = RetentionRule
        fields = ("days", "source", "confirmed")
        labels = {
            "days": _("Disimpan (hari)"),
            "source": _("Dasar"),
            "confirmed": _("Sudah dicocokkan dengan naskah aslinya"),
        }

    def clean_days(self) -> int:
        days = int(self.cleaned_data["days"])
        if not 1 <= days <= 36500:
            raise forms.ValidationError(_("Isi 1 sampai 36.500 hari."))
        return days

    def clean_source(self) -> str:
        return clean_line(self.cleaned_data["source"])
