"""Devices that have signed in before. They keep their own count of failed sign-ins.

A stranger who guesses passwords can therefore never lock the owner out of the owner's own devices
(the "device cookies" of the OWASP authentication notes). The cookie holds, signed, a random number for each
account that signed in here; it proves nothing else and signs nobody in.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "perangkat"
_SALT = "pendopo.accounts.devices"
_AGE = 365 * 24 * 3600
_MOST_ACCOUNTS = 8


def known_as(request: HttpRequest, email: str) -> str | None:
    """The random number of this device for an account, or None when the account never signed in here."""
    return _read(request).get(_account(email))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Make this device known to the account that has just signed in."""
    known = _read(request)
    number = known.pop(_account(email), None) or secrets.token_hex(8)
    known[_account(email)] = number
    newest = dict(list(known.items())[-_MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=_SALT, compress=True),
        max_age=_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _account(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:16]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return {}
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}
