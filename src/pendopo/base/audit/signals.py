"""Signing in and changing one's keys is history too. No address, no typed e-mail, no IP address is kept."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions, verbs
from pendopo.base.audit.models import CITIZEN
from pendopo.base.organizations.roles import roles_of
from pendopo.kernel import clock

_OWN_ACTS: list[tuple[Signal, str, Any]] = [
    (user_logged_in, "accounts.signed_in", _("{actor} masuk.")),
    (user_logged_out, "accounts.signed_out", _("{actor} keluar.")),
    (account.password_set, "accounts.password_set", _("{actor} membuat kata sandi.")),
    (account.password_changed, "accounts.password_changed", _("{actor} mengganti kata sandi.")),
    (account.password_reset, "accounts.password_reset", _("{actor} membuat kata sandi baru lewat surel.")),
    (account.email_changed, "accounts.email_changed", _("{actor} mengganti alamat surel akun.")),
    (mfa.authenticator_added, "accounts.second_factor_added", _("{actor} menambah pengaman kedua ({kind}).")),
    (mfa.authenticator_removed, "accounts.second_factor_removed",
     _("{actor} mencabut pengaman kedua ({kind}).")),
    (mfa.authenticator_reset, "accounts.second_factor_reset",
     _("{actor} membuat ulang pengaman kedua ({kind}).")),
    (mfa.authentication_failed, "accounts.second_factor_failed",
     _("Pengaman kedua milik {actor} tidak cocok.")),
]  # fmt: skip


def connect() -> None:
    """Register the verbs and listen. Called once, when Django is ready."""
    verbs.register("accounts.sign_in_failed", _("Percobaan masuk gagal."))
    user_login_failed.connect(_failed, dispatch_uid="audit.accounts.sign_in_failed")
    for signal, verb, sentence in _OWN_ACTS:
        verbs.register(verb, sentence)
        signal.connect(_listener(verb), weak=False, dispatch_uid=f"audit.{verb}")


def _listener(verb: str) -> Any:
    def listen(*, user: Any = None, authenticator: Any = None, **_kwargs: Any) -> None:
        if not isinstance(user, User):  # signing out of an expired session tells no user
            return
        now = clock.now()
        # `on=` reads the roles without leaving them on this user object, which others may still change
        staff = roles_of(user, on=clock.local_date(now)).is_staff
        actions.record(
            actor=user,
            verb=verb,
            subject=user,
            at=now,
            facts={"kind": str(authenticator.type)} if authenticator else None,
            actor_label=str(user) if staff else CITIZEN,
        )

    return listen


def _failed(**_kwargs: Any) -> None:
    actions.record(actor=None, verb="accounts.sign_in_failed", subject=None, at=clock.now())
