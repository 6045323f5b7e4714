"""Whose data a visitor may ask for: the own account, an e-mail address proved by a letter, proved cases.

A telephone number alone proves nothing here (no SMS leaves this house); a case proved by number and phone opens
that one case, as on its own page.
"""

import datetime as dt

from allauth.account.models import EmailAddress
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.base.registries.personal import CaseRef, Subject, proof_sources

LINK_LIVES = dt.timedelta(minutes=30)
PROOF_LIVES = dt.timedelta(minutes=30)
COOKIE = "datasaya"
_LINK_SALT, _COOKIE_SALT = "privacy.proof", "privacy.proved"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LETTERS_PER_NETWORK, LETTERS_PER_ADDRESS, COPIES_PER_HOUR = 10, 5, 6


def subject_of(request: HttpRequest, *, now: dt.datetime) -> Subject:
    """Everything this visitor has proved, together."""
    cases: set[CaseRef] = set()
    for source in proof_sources:
        cases |= {(source.key, pk) for pk in source.cases(request, now)}
    emails = {proved} if (proved := proved_email(request)) else set()
    user_id = request.user.pk if request.user.is_authenticated else None
    if user_id:
        own = EmailAddress.objects.filter(user=user_id, verified=True)
        emails |= {email.lower() for email in own.values_list("email", flat=True)}
    return Subject(user_id, frozenset(emails), frozenset(), frozenset(cases))


def link_token(email: str) -> str:
    return signing.dumps(email, salt=_LINK_SALT, compress=True)


def email_of(token: str) -> str | None:
    """The address inside a letter's link, None when it is not ours or too old."""
    try:
        email = signing.loads(token, salt=_LINK_SALT, max_age=LINK_LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return email if isinstance(email, str) else None


def grant(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let this browser act for an address for half an hour."""
    response.set_signed_cookie(
        COOKIE, email, salt=_COOKIE_SALT, max_age=PROOF_LIVES, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip


def proved_email(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=_COOKIE_SALT, max_age=PROOF_LIVES) or ""


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def may_send_letter(request: HttpRequest, email: str, *, now: dt.datetime) -> limits.Verdict:
    network = visitor_network(request)
    verdict = limits.judge(f"datasaya:{network}", limit=LETTERS_PER_NETWORK, window=HOUR, now=now)
    return verdict and limits.judge(f"datasaya:{email}", limit=LETTERS_PER_ADDRESS, window=DAY, now=now)


def may_copy(request: HttpRequest, *, now: dt.datetime) -> limits.Verdict:
    network = visitor_network(request)
    return limits.judge(f"datasaya-unduh:{network}", limit=COPIES_PER_HOUR, window=HOUR, now=now)
