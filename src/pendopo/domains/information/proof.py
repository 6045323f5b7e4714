"""How a requester without an account proves it: code plus contact, or a signed link.

What was proved is kept in the browser for 30 days, signed, so that no page needs a query or a session for it.
The answer to a wrong try never tells whether the code exists; tries are limited for each network and code.
"""

import datetime as dt
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.information.models import (
    InformationRequest,
    Objection,
    ObjectionContact,
    RequestContact,
)
from pendopo.domains.information.telling import FOLLOW_SALT
from pendopo.kernel import ids, phones
from pendopo.kernel.text import clean_line

Case = InformationRequest | Objection

KEPT = dt.timedelta(days=30)
MOST_HELD = 40  # a family or an RT office may share one browser; older ones give way
COOKIE = "permohonanku"
_SALT = "information.held"
_LETTERS = {InformationRequest.KIND: "p", Objection.KIND: "k"}

TRY_WINDOW = dt.timedelta(minutes=15)
TRIES_PER_CODE = 8  # of one network
TRIES_PER_NETWORK = 60  # one mobile operator's exit may carry many people


def holding(request: HttpRequest, *, now: dt.datetime, kind: str = InformationRequest.KIND) -> frozenset[int]:
    """Ids of the requests (or objections) this browser proved to have sent, while the proof lasts. No query."""
    letter = _LETTERS[kind]
    return frozenset(pk for one, pk, until in _held(request) if one == letter and until > now.timestamp())


def grant(request: HttpRequest, response: HttpResponse, case: Case, *, now: dt.datetime) -> None:
    """Let this browser prove for 30 days that its owner sent this request or objection."""
    mine = (_LETTERS[case.KIND], case.pk)
    held = [one for one in _held(request) if one[2] > now.timestamp() and one[:2] != mine]
    held.append((*mine, int((now + KEPT).timestamp())))
    response.set_signed_cookie(
        COOKIE,
        "-".join(f"{letter}{pk}.{until}" for letter, pk, until in held[-MOST_HELD:]),
        salt=_SALT,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse) -> None:
    """Take every proof from this browser: phones are lent, computers are shared."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _held(request: HttpRequest) -> list[tuple[str, int, int]]:
    words = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=KEPT) or ""
    parts = (part.partition(".") for part in words.split("-") if part)
    return [(name[0], int(name[1:]), int(until)) for name, _dot, until in parts]


def own_requests(request: HttpRequest, *, now: dt.datetime) -> QuerySet[InformationRequest]:
    """Requests this visitor sent: by account or by proof. Staff have no business here."""
    held = holding(request, now=now)
    mine = InformationRequest.objects.visible_to(request.user, holding=held)
    return mine.filter(_own(request.user, held))


def own_objections(request: HttpRequest, *, now: dt.datetime) -> QuerySet[Objection]:
    """Objections this visitor filed, also those on a request the visitor proved to have sent."""
    held = holding(request, now=now, kind=Objection.KIND)
    by_request = Q(request__in=own_requests(request, now=now).values("pk"))
    return Objection.objects.filter(_own(request.user, held) | by_request)


def _own(user: Any, held: frozenset[int]) -> Q:
    mine = Q(pk__in=held)
    return mine | Q(reporter=user.pk) if user.is_authenticated else mine


def may_try(request: HttpRequest, typed_code: str, *, now: dt.datetime) -> limits.Verdict:
    """Count one try from this network; a refusal says when to come back."""
    network = visitor_network(request)
    code = ids.normalize_code(typed_code) or "?"
    verdict = limits.judge(f"ppid-lacak:{network}:{code}", limit=TRIES_PER_CODE, window=TRY_WINDOW, now=now)
    if not verdict:
        return verdict
    return limits.judge(f"ppid-lacak:{network}", limit=TRIES_PER_NETWORK, window=TRY_WINDOW, now=now)


def by_contact(typed_code: str, typed_contact: str) -> Case | None:
    """The request or objection of this code, if the contact is the one its sender left. One query whatever is wrong."""
    code = ids.normalize_code(typed_code) or ""
    contacts: Any = ObjectionContact if code.startswith("KEB-") else RequestContact
    contact = contacts.objects.select_related("case").filter(case__code=code).first()
    line = clean_line(typed_contact[:300])
    if "@" in line:
        typed, known = line.lower(), contact.email.lower() if contact else ""
    else:
        typed, known = phones.normalize(line) or "", phones.normalize(contact.phone) or "" if contact else ""
    same = constant_time_compare(typed, known)
    return contact.case if contact and typed and known and same else None


def by_link(token: str) -> Case | None:
    """The request or objection a signed link from an e-mail or a receipt names, None when it was not ours."""
    try:
        kind, pk = signing.loads(token, salt=FOLLOW_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    # The signature is the proof; nothing else may be known of who holds it.
    if kind == Objection.KIND:
        return Objection.objects.visible_to(None, holding=[pk]).first()
    return InformationRequest.objects.visible_to(None, holding=[pk]).first()
