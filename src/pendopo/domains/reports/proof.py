"""How a citizen without an account proves to be the reporter: code plus contact, or a signed link.

What was proved is kept in the browser for 30 days, signed, so that no page needs a query or a session for it.
The answer to a wrong try never tells whether the code exists, and trying is limited for each network and code,
so nobody can lock somebody else out.
"""

import datetime as dt

from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.reports.models import Report, ReportContact, ReportQuerySet
from pendopo.domains.reports.telling import FOLLOW_SALT
from pendopo.kernel import ids, phones
from pendopo.kernel.text import clean_line

KEPT = dt.timedelta(days=30)
MOST_HELD = 50  # a family or an RT office may share one browser; older ones give way
COOKIE = "laporanku"
_SALT = "reports.held"

TRY_WINDOW = dt.timedelta(minutes=15)
TRIES_PER_CODE = 8  # of one network
TRIES_PER_NETWORK = 60  # one mobile operator's exit may carry many people


def holding(request: HttpRequest, *, now: dt.datetime) -> frozenset[int]:
    """Ids of the reports this browser proved to have sent, while the proof lasts. Asks no query."""
    return frozenset(pk for pk, until in _held(request) if until > now.timestamp())


def grant(request: HttpRequest, response: HttpResponse, report_id: int, *, now: dt.datetime) -> None:
    """Let this browser prove for 30 days that its owner is the reporter."""
    held = [(pk, until) for pk, until in _held(request) if until > now.timestamp() and pk != report_id]
    held.append((report_id, int((now + KEPT).timestamp())))
    response.set_signed_cookie(
        COOKIE,
        "-".join(f"{pk}.{until}" for pk, until in held[-MOST_HELD:]),
        salt=_SALT,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse) -> None:
    """Take every proof from this browser: phones are lent, computers are shared."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _held(request: HttpRequest) -> list[tuple[int, int]]:
    words = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=KEPT) or ""
    pairs = (pair.partition(".") for pair in words.split("-") if pair)
    return [(int(pk), int(until)) for pk, _dot, until in pairs]


def only_own(reports: ReportQuerySet, request: HttpRequest, *, now: dt.datetime) -> ReportQuerySet:
    """Of the reports a visitor may see, those the visitor sent: staff and neighbours have no business here."""
    mine = Q(pk__in=holding(request, now=now))
    if request.user.is_authenticated:
        mine |= Q(reporter=request.user.pk)
    return reports.filter(mine)


def may_try(request: HttpRequest, typed_code: str, *, now: dt.datetime) -> limits.Verdict:
    """Count one try from this network; a refusal says when to come back."""
    network = visitor_network(request)
    code = ids.normalize_code(typed_code) or "?"
    verdict = limits.judge(f"lacak:{network}:{code}", limit=TRIES_PER_CODE, window=TRY_WINDOW, now=now)
    if not verdict:
        return verdict
    return limits.judge(f"lacak:{network}", limit=TRIES_PER_NETWORK, window=TRY_WINDOW, now=now)


def by_contact(typed_code: str, typed_contact: str) -> Report | None:
    """The report of this code, if the contact is the one its reporter left. One query whatever is wrong."""
    code = ids.normalize_code(typed_code) or ""
    contact = ReportContact.objects.select_related("case").filter(case__code=code).first()
    line = clean_line(typed_contact[:300])
    if "@" in line:
        typed, known = line.lower(), contact.email.lower() if contact else ""
    else:
        typed, known = phones.normalize(line) or "", phones.normalize(contact.phone) or "" if contact else ""
    same = constant_time_compare(typed, known)
    return contact.case if contact and typed and known and same else None


def by_link(token: str) -> int | None:
    """The report id inside a signed link from an e-mail or a receipt, or None when it was not ours."""
    try:
        pk = signing.loads(token, salt=FOLLOW_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return pk if isinstance(pk, int) and not isinstance(pk, bool) else None
