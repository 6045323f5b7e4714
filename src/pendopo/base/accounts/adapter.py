"""Where our rules enter allauth: who may try, what is remembered after a sign-in, which words are said."""

import base64
import hashlib
import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts import demo_mode, devices, limits, lockout
from pendopo.base.accounts.models import User
from pendopo.base.accounts.network import client_ip
from pendopo.kernel import clock

_WRONG_PAIR = _("Surel atau kata sandinya belum cocok. Periksa lagi, atau buat kata sandi baru.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini sedang tidak aktif."),
        "cannot_remove_primary_email": _("Surel utama tidak bisa dihapus."),
        "duplicate_email": _("Surel ini sudah ada di akun Anda."),
        "email_password_mismatch": _WRONG_PAIR,
        "email_taken": _("Surel ini sudah dipakai akun lain."),
        "enter_current_password": _("Kata sandi yang sekarang belum tepat."),
        "incorrect_code": _("Kodenya belum tepat. Periksa lagi, lalu ketik ulang."),
        "incorrect_password": _("Kata sandinya belum tepat."),
        "invalid_or_expired_key": _("Kodenya sudah tidak berlaku. Silakan minta yang baru."),
        "invalid_login": _("Surel atau kata sandinya belum cocok."),
        "invalid_password_reset": _("Tautan ini sudah tidak berlaku. Silakan minta yang baru."),
        "max_email_addresses": _("Paling banyak %d surel untuk satu akun."),
        "too_many_login_attempts": _("Sudah terlalu banyak percobaan. Silakan mulai lagi dari awal."),
        "unknown_email": _WRONG_PAIR,
        "unverified_primary_email": _("Surel utama perlu dipastikan dulu."),
        "same_as_current": _("Isinya masih sama dengan yang sekarang."),
        "rate_limited": _("Sudah terlalu banyak permintaan. Silakan coba lagi beberapa menit lagi."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Count the attempt, then try it. The refusal is the same for accounts that do not exist."""
        email, now = str(credentials.get("email") or ""), clock.now()
        verdict = lockout.count_password(request, email, now=now)
        if not verdict:
            raise ValidationError(limits.try_again(verdict, now=now), code="rate_limited")
        user = super().authenticate(request, **credentials)
        if user:
            lockout.password_passed(request, email)
        return user

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        if not demo_mode.may_sign_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember the device for the lock-out, and speak the person's language from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.email)
        speak(response, user.language)
        return response

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or settings.LANGUAGE_CODE
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a few minutes ago is not asked again to set up a second factor."""
        records = get_authentication_records(self.request, self.request.user)
        age = clock.now().timestamp() - max((record["at"] for record in records), default=0)
        if age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/akun/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return "/akun/"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticators rest encrypted: a stolen database dump gives no codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Surel tidak bisa diganti selama pengaman kedua terpasang."),
        "cannot_delete_authenticator": _(
            "Akun petugas harus punya pengaman kedua. Pasang yang baru dulu, baru yang ini bisa dilepas."
        ),
        "cannot_generate_recovery_codes": _("Pasang aplikasi kode atau kunci sandi dulu."),
        "incorrect_code": _("Kodenya belum tepat. Tunggu kode berikutnya, lalu coba lagi."),
        "unverified_email": _("Pastikan surel Anda dulu, baru pengaman kedua bisa dipasang."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Black on white with a quiet border, so that it can be read in the dark theme too."""
        drawing = io.BytesIO()
        segno.make(url, error="m").save(
            drawing, kind="svg", scale=4, border=4, light="#fff", xmldecl=False, svgns=True
        )
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def speak(response: HttpResponse, language: str) -> None:
    """Set the language cookie that Django's LocaleMiddleware reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _box() -> MultiFernet:
    """Old secret keys (SECRET_KEY_FALLBACKS) still open what they closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"pendopo.accounts.mfa:" + force_bytes(s)).digest() for s in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
