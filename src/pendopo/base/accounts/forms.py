"""allauth's forms in our words, with our limits. Which one stands for which is in settings.ACCOUNT_FORMS."""

import datetime as dt
import re
import struct
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from pendopo.base.accounts import limits, lockout
from pendopo.base.accounts.models import User
from pendopo.base.accounts.network import visitor_network
from pendopo.kernel import clock, text

_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)
_USED_CODE = dt.timedelta(seconds=120)  # longer than a TOTP code lives, tolerance included

_LABELS = {
    "login": _("Surel"),
    "email": _("Surel"),
    "password": _("Kata sandi"),
    "password1": _("Kata sandi baru"),
    "password2": _("Ketik sekali lagi"),
    "oldpassword": _("Kata sandi sekarang"),
    "remember": _("Tetap masuk di perangkat ini"),
    "code": _("Kode"),
    "name": _("Nama kunci"),
    "passwordless": _("Bisa dipakai masuk tanpa kata sandi"),
}
_HELP = {
    "password1": _("Paling sedikit 10 huruf atau angka. Kalimat pendek yang mudah Anda ingat paling baik."),
    "passwordless": _("Ponsel atau komputer akan meminta sidik jari, wajah, atau PIN."),
    "login": "",
    "password": "",
    "oldpassword": "",
}


class InOurWords:
    """Labels above the fields instead of placeholders inside them."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, _LABELS.get(name, field.label))
            field.help_text = _HELP.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class Code(InOurWords):
    """A short code from an e-mail: digits on the phone's keyboard, filled in by the phone where it can."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].max_length = 20  # type: ignore[attr-defined]
        self.fields["code"].widget.attrs.update(maxlength="20", autocomplete="one-time-code")  # type: ignore[attr-defined]


class SecondFactorCode(Code):
    """Codes of the second factor: counted, and good for one time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        user: User = self.user  # type: ignore[attr-defined]
        now = clock.now()
        verdict = lockout.count_code(context.request, user.email, now=now)
        if not verdict:
            raise ValidationError(limits.try_again(verdict, now=now), code="rate_limited")
        code: str = super().clean_code()  # type: ignore[misc]
        if not limits.hit(f"kode-terpakai:{user.pk}:{code}", limit=1, window=_USED_CODE, now=now):
            raise ValidationError(
                _("Kode ini baru saja dipakai. Tunggu kode berikutnya."), code="incorrect_code"
            )
        lockout.code_passed(context.request, user.email)
        return code


class Counted(InOurWords):
    """A form that sends mail or makes rows: so many an hour from one place, so many a day for one address."""

    counted_as = ""
    per_place = 10
    per_address_a_day = 20

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if not self.errors:  # type: ignore[attr-defined]
            self._count(str(self.cleaned_data.get("email", "")))  # type: ignore[attr-defined]
        return cleaned

    def _count(self, email: str) -> None:
        request, now = context.request, clock.now()
        place = lockout.place(self.counted_as, request, email)
        network = f"{self.counted_as}:{visitor_network(request)}"
        verdict = limits.judge(place, limit=self.per_place, window=_HOUR, now=now)
        if verdict:
            verdict = limits.judge(network, limit=self.per_place * 6, window=_HOUR, now=now)
        if verdict and "perangkat:" not in place:  # a known device is not held up by strangers
            address = f"{self.counted_as}:{email.lower()}"
            verdict = limits.judge(address, limit=self.per_address_a_day, window=_DAY, now=now)
        if not verdict:
            raise ValidationError(limits.try_again(verdict, now=now), code="rate_limited")


class SignIn(InOurWords, account.LoginForm):  # type: ignore[misc]
    pass


class SignUp(Counted, account.SignupForm):  # type: ignore[misc]
    counted_as = "daftar"
    field_order = ["name", "email", "password1"]
    labels = {"name": _("Nama"), "password1": _("Kata sandi")}

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean_name(self) -> str:
        return text.clean_line(self.cleaned_data["name"])


class ResetPassword(Counted, account.ResetPasswordForm):  # type: ignore[misc]
    counted_as = "lupa-sandi"


class AddEmail(Counted, account.AddEmailForm):  # type: ignore[misc]
    counted_as = "ganti-surel"
    labels = {"email": _("Surel baru")}


class ChangeEmail(Counted, account.ChangeEmailForm):  # type: ignore[misc]
    counted_as = "ganti-surel"
    labels = {"email": _("Surel baru")}


class NewPassword(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """Guessing the old password in somebody's open browser is guessing a password."""
        request, now = context.request, clock.now()
        verdict = lockout.count_password(request, self.user.email, now=now)
        if not verdict:
            raise ValidationError(limits.try_again(verdict, now=now), code="rate_limited")
        password: str = super().clean_oldpassword()
        lockout.password_passed(request, self.user.email)
        return password


class SetPassword(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class Reauthenticate(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class ConfirmEmailCode(Code, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class ConfirmResetCode(Code, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    pass


class AuthenticateCode(SecondFactorCode, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCode(SecondFactorCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTP(SecondFactorCode, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


class PasskeyAnswer(InOurWords):
    """What a browser's passkey says back. The parser beneath falls over broken answers, so look first."""

    shape: type[AuthenticationResponse] | type[RegistrationResponse] = AuthenticationResponse

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].validators.append(self._well_formed)  # type: ignore[attr-defined]

    def _well_formed(self, credential: Any) -> None:
        try:
            self.shape.from_dict(credential)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError, struct.error):
            raise ValidationError(_("Jawaban kunci sandinya tidak terbaca. Silakan coba lagi.")) from None


class AuthenticatePasskey(PasskeyAnswer, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticatePasskey(PasskeyAnswer, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class SignInWithPasskey(PasskeyAnswer, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Any:
        """Nothing can be guessed here, but each try costs a signature check."""
        now = clock.now()
        key = f"kunci-sandi:{visitor_network(context.request)}"
        verdict = limits.judge(key, limit=120, window=_HOUR, now=now)
        if not verdict:
            raise ValidationError(limits.try_again(verdict, now=now), code="rate_limited")
        return super().clean_credential()


class AddPasskey(PasskeyAnswer, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    shape = RegistrationResponse

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = "60"

    def clean_name(self) -> str:
        return text.clean_line(super().clean_name())[:60]


class RenamePasskey(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def clean_name(self) -> str:
        return text.clean_line(self.cleaned_data["name"])[:60]


class Profile(forms.ModelForm):
    """What a person may change about the own account at once. The e-mail has its own page with a proof."""

    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
        labels = {"name": _("Nama"), "phone": _("Nomor telepon")}
        help_texts = {"phone": _("Boleh kosong. Dipakai kalau kantor perlu menghubungi Anda.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def clean_name(self) -> str:
        return text.clean_line(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        phone = re.sub(r"[\s().-]", "", text.clean_line(self.cleaned_data["phone"]))
        if phone and not re.fullmatch(r"\+?[0-9]{8,15}", phone):
            raise ValidationError(_("Tulis nomor telepon dengan angka saja, misalnya 0812 3456 7890."))
        return phone
