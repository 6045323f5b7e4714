"""Who is asking, by token or by address, and how much is left of the quota.

    caller = authenticate(request, now=now)            # Problem 401 for a token that is no good
    charge(caller, now=now)                            # Problem 429 with Retry-After and RateLimit headers
    require_scope(caller, "reports:create")            # Problem 401/403

Two or three statements a request: the token, its count (one statement for minute and day), and once in ten
minutes the time of its last use.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import client_ip, network_of
from pendopo.base.clients import allowances
from pendopo.base.clients.models import ApiClient, ApiToken
from pendopo.base.clients.problems import Problem
from pendopo.base.clients.signing import digest_of
from pendopo.kernel import clock

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
_USED_EVERY = dt.timedelta(minutes=10)


@dataclass
class Caller:
    """Who asks. `client` is None without a token; then `key` counts by address and there are no scopes."""

    key: str
    per_minute: int
    per_day: int
    client: ApiClient | None = None
    scopes: frozenset[str] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)  # RateLimit headers, once charged

    def may(self, scope: str) -> bool:
        return scope in self.scopes


def authenticate(request: HttpRequest, *, now: dt.datetime, token: str | None = None) -> Caller:
    """The caller of a request: `Authorization: Bearer …`, or `token` where another standard puts it elsewhere.

    No token is an anonymous caller. Raises Problem 401 for a token that opens nothing; such tries cost the
    address its anonymous quota (Problem 429).
    """
    today = clock.local_date(now)
    given = _bearer(request) if token is None else token
    if given == "":
        return _anonymous(request, today)
    found = None
    if given is not None and len(given) <= 200:
        tokens = ApiToken.objects.select_related("client").filter(revoked_at=None)
        found = tokens.filter(digest=digest_of(given)).first()
    if found is None or not found.client.usable_on(today):
        charge(_anonymous(request, today), now=now)
        raise Problem("token", headers={"WWW-Authenticate": "Bearer"})
    if found.last_used_at is None or now - found.last_used_at > _USED_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    client = found.client
    return Caller(f"api:{client.pk}", client.per_minute, client.per_day, client, frozenset(client.scopes))


def charge(caller: Caller, *, now: dt.datetime, cost: int = 1) -> None:
    """Count a request against minute and day. Raises Problem 429. Call it outside a transaction."""
    wishes = [
        (f"{caller.key}:minute", caller.per_minute, MINUTE),
        (f"{caller.key}:day", caller.per_day, DAY),
    ]
    verdicts = limits.tally(wishes, now=now, cost=cost)
    names = ("minute", "day")
    waits = [max(1, int((verdict.again_at - now).total_seconds())) for verdict in verdicts]
    caller.headers = {
        "RateLimit-Policy": ", ".join(
            f'"{name}";q={limit};w={int(window.total_seconds())}'
            for name, (_key, limit, window) in zip(names, wishes, strict=True)
        ),
        "RateLimit": ", ".join(
            f'"{name}";r={max(0, limit - verdict.hits)};t={wait}'
            for name, (_key, limit, _window), verdict, wait in zip(
                names, wishes, verdicts, waits, strict=True
            )
        ),
    }
    stopped = [wait for verdict, wait in zip(verdicts, waits, strict=True) if not verdict]
    if stopped:
        raise Problem("kuota", headers={"Retry-After": str(max(stopped)), **caller.headers})


def require_scope(caller: Caller, scope: str) -> None:
    """Raise Problem 401 without a token, 403 with one that may not."""
    if caller.client is None:
        words = _("Permintaan ini memerlukan token. Mintalah kepada pengelola situs ini.")
        raise Problem("token", words, headers={"WWW-Authenticate": "Bearer"})
    if not caller.may(scope):
        words = _("Token ini tidak punya izin %(scope)s.") % {"scope": scope}
        raise Problem("izin", words, headers=caller.headers)


def _bearer(request: HttpRequest) -> str | None:
    """The token of the header, "" without the header, None for a header that is no bearer token."""
    words = request.headers.get("Authorization", "").split()
    if not words:
        return ""
    return words[1] if len(words) == 2 and words[0].lower() == "bearer" else None


def _anonymous(request: HttpRequest, today: dt.date) -> Caller:
    policy = allowances.in_force(today)
    address = client_ip(request)
    where = network_of(address) if ":" in address else address  # one household holds a whole IPv6 network
    return Caller(f"api:{where}", policy.anonymous_per_minute, policy.anonymous_per_day)
