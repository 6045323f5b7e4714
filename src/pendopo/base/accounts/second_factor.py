"""Whether the person of a request has shown a second factor (TOTP, passkey or recovery code)."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from pendopo.base.accounts import demo_mode
from pendopo.base.accounts.models import User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def passed(request: HttpRequest) -> bool:
    """True when this session proved a second factor. Read from the session, no query.

    People of the demo city are let through, and they exist only in demo mode.
    """
    user = request.user
    if not isinstance(user, User):
        return False
    if user.is_demo and demo_mode.on():
        return True
    records: list[dict[str, object]] = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def owned(user: User) -> bool:
    """Whether the person has set one up, in whatever session."""
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def way_in(user: User) -> str:
    """The address where the person shows the second factor, or sets the first one up."""
    types = set(Authenticator.objects.filter(user=user, type__in=STRONG).values_list("type", flat=True))
    if Authenticator.Type.TOTP in types:
        return reverse("mfa_reauthenticate")
    return reverse("mfa_reauthenticate_webauthn" if types else "accounts:second_factor")


def remember_set_up(
    *, request: HttpRequest | None, user: User, authenticator: Authenticator, **_: object
) -> None:
    """Setting one up proves that it is in hand: the session counts as having shown it.

    Connected to allauth's `authenticator_added`, which also tells of recovery codes; those prove nothing.
    """
    if request is not None and authenticator.type in STRONG:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def forget_removed(*, request: HttpRequest | None, user: User, **_: object) -> None:
    """Without any second factor left the session has shown none: staff must set up a new one at once."""
    if request is not None and not owned(user):
        kept = [r for r in get_authentication_records(request, user) if r.get("method") != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
