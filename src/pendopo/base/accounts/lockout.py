"""Stopping people who guess passwords and codes, without letting them lock anybody else out.

Failures are counted for each (account, device that is known to it) or else (account, network). Guessing from
one place blocks that place only; the owner, on a known device or from another network, is not touched.
The counts do not depend on whether the account exists, so the answer tells nothing about that.
"""

import datetime as dt

from django.http import HttpRequest

from pendopo.base.accounts import devices, limits
from pendopo.base.accounts.network import visitor_network

WINDOW = dt.timedelta(minutes=15)
FAILURES = 8  # for one account from one place
NETWORK_FAILURES = 100  # for all accounts from one network: many names, one password
CODE_WINDOW = dt.timedelta(days=1)
CODE_FAILURES = 50  # wrong second factors of one account from unknown devices, wherever they are


def count_password(request: HttpRequest, email: str, *, now: dt.datetime) -> limits.Verdict:
    """Count a sign-in attempt before it is tried; `passed` takes it back. False: do not even try."""
    verdict = limits.judge(place("sandi", request, email), limit=FAILURES, window=WINDOW, now=now)
    if verdict and devices.known_as(request, email) is None:
        verdict = limits.judge(_network(request), limit=NETWORK_FAILURES, window=WINDOW, now=now)
    return verdict


def password_passed(request: HttpRequest, email: str) -> None:
    """The password was right: this place starts from zero."""
    limits.forget(place("sandi", request, email))
    if devices.known_as(request, email) is None:
        limits.take_back(_network(request))


def count_code(request: HttpRequest, email: str, *, now: dt.datetime) -> limits.Verdict:
    """Count a try of the second factor. Whoever gets here knows the password, so all unknown devices
    together also have one limit: six digits must not be guessed from a thousand networks."""
    verdict = limits.judge(place("kode", request, email), limit=FAILURES, window=WINDOW, now=now)
    if verdict and devices.known_as(request, email) is None:
        verdict = limits.judge(f"kode:{email.lower()}", limit=CODE_FAILURES, window=CODE_WINDOW, now=now)
    return verdict


def code_passed(request: HttpRequest, email: str) -> None:
    limits.forget(place("kode", request, email))
    if devices.known_as(request, email) is None:
        limits.take_back(f"kode:{email.lower()}")


def place(what: str, request: HttpRequest, email: str) -> str:
    """The key of a count that belongs to one account at one place."""
    device = devices.known_as(request, email)
    where = f"perangkat:{device}" if device else f"jaringan:{visitor_network(request)}"
    return f"{what}:{email.strip().lower()}:{where}"


def _network(request: HttpRequest) -> str:
    return f"sandi:{visitor_network(request)}"
