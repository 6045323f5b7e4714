"""How a citizen without an account proves to be the reporter: code plus contact, or a signed link.

What was proved is kept in the visitor's session for 30 days. The answer to a wrong try never tells whether the
code exists, and trying is limited for each network and code, so nobody can lock somebody else out.
"""

import datetime as dt

from django.core import signing
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.reports.models import Report, ReportContact, ReportQuerySet
from pendopo.domains.reports.telling import FOLLOW_SALT
from pendopo.kernel import ids, phones
from pendopo.kernel.text import clean_line

KEPT = dt.timedelta(days=30)
MOST_HELD = 50  # a family or an RT office may share one browser; older ones give way
_SESSION_KEY = "reports.held"

TRY_WINDOW = dt.timedelta(minutes=15)
TRIES_PER_CODE = 8  # of one network
TRIES_PER_NETWORK = 60  # one mobile operator's exit may carry many people


def holding(request: HttpRequest, *, now: dt.datetime) -> frozenset[int]:
    """Ids of the reports this visitor proved to have sent, while the proof lasts."""
    held = request.session.get(_SESSION_KEY, {})
    return frozenset(int(pk) for pk, until in held.items() if until > now.timestamp())


def grant(request: HttpRequest, report_id: int, *, now: dt.datetime) -> None:
    """Remember in this session that the visitor is the reporter."""
    held = {
        pk: until for pk, until in request.session.get(_SESSION_KEY, {}).items() if until > now.timestamp()
    }
    held.pop(str(report_id), None)
    held[str(report_id)] = (now + KEPT).timestamp()
    request.session[_SESSION_KEY] = dict(list(held.items())[-MOST_HELD:])
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT)


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
