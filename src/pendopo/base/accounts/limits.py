"""Counting in PostgreSQL, so that all web processes share one count: "no more than N of this per window".

    if not limits.hit(f"report:{visitor_network(request)}", limit=20, window=timedelta(hours=1), now=now): ...

Keys are hashed with the secret key before they are stored. A hit is one atomic statement; call it outside a
longer transaction, or a rollback forgets it and its row stays locked until the end.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.base.accounts.models import Counter

_HIT = """
    INSERT INTO accounts_counter AS c (key, hits, expires_at) VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        hits = CASE WHEN c.expires_at <= %(now)s THEN 1 ELSE LEAST(c.hits + 1, 1000000000) END,
        expires_at = CASE WHEN c.expires_at <= %(now)s THEN %(ends)s ELSE c.expires_at END
    RETURNING hits, expires_at
"""


@dataclass(frozen=True)
class Verdict:
    """Whether the hit was within the limit, and when the window ends."""

    allowed: bool
    again_at: dt.datetime

    def __bool__(self) -> bool:
        return self.allowed


def hit(key: str, *, limit: int, window: dt.timedelta, now: dt.datetime) -> bool:
    """Count one, and say whether it was within `limit` in the window that began with the first hit."""
    return judge(key, limit=limit, window=window, now=now).allowed


def judge(key: str, *, limit: int, window: dt.timedelta, now: dt.datetime) -> Verdict:
    """`hit` that also knows when to try again."""
    with connection.cursor() as cursor:
        cursor.execute(_HIT, {"key": _hashed(key), "now": now, "ends": now + window})
        hits, ends = cursor.fetchone()
    return Verdict(hits <= limit, ends)


def take_back(key: str) -> None:
    """Undo one hit: what was counted in advance turned out to be fine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_counter SET hits = hits - 1 WHERE key = %s AND hits > 0", [_hashed(key)]
        )


def forget(key: str) -> None:
    """Start from zero."""
    Counter.objects.filter(key=_hashed(key)).delete()


def sweep(*, now: dt.datetime) -> int:
    """Delete windows that have ended; the number of deleted rows."""
    return Counter.objects.filter(expires_at__lte=now).delete()[0]


def try_again(verdict: Verdict, *, now: dt.datetime) -> str:
    """The sentence for a person who was stopped."""
    minutes = max(1, -int((now - verdict.again_at).total_seconds() // 60))
    if minutes < 90:
        wait = ngettext("%(n)d menit", "%(n)d menit", minutes) % {"n": minutes}
    else:
        hours = -(-minutes // 60)
        wait = ngettext("%(n)d jam", "%(n)d jam", hours) % {"n": hours}
    return _("Sudah terlalu banyak percobaan. Silakan coba lagi dalam %(wait)s.") % {"wait": wait}


def _hashed(key: str) -> str:
    return salted_hmac("pendopo.accounts.limits", key, algorithm="sha256").hexdigest()
