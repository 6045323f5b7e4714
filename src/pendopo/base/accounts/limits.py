"""Counting in PostgreSQL, so that all web processes share one count: "no more than N of this per window".

    if not limits.hit(f"report:{visitor_network(request)}", limit=20, window=timedelta(hours=1), now=now): ...

Keys are hashed with the secret key before they are stored. A hit is one atomic statement; call it outside a
longer transaction, or a rollback forgets it and its row stays locked until the end.
"""

import datetime as dt
from collections.abc import Sequence
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
_TALLY = """
    INSERT INTO accounts_counter AS c (key, hits, expires_at) VALUES {values}
    ON CONFLICT (key) DO UPDATE SET
        hits = CASE WHEN c.expires_at <= %s THEN EXCLUDED.hits
               ELSE LEAST(c.hits + EXCLUDED.hits, 1000000000) END,
        expires_at = CASE WHEN c.expires_at <= %s THEN EXCLUDED.expires_at ELSE c.expires_at END
    RETURNING key, hits, expires_at
"""


@dataclass(frozen=True)
class Verdict:
    """Whether the hit was within the limit, and when the window ends."""

    allowed: bool
    again_at: dt.datetime
    hits: int = 0

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
    return Verdict(hits <= limit, ends, hits)


def tally(
    wishes: Sequence[tuple[str, int, dt.timedelta]], *, now: dt.datetime, cost: int = 1
) -> list[Verdict]:
    """`judge` for several different (key, limit, window) in one statement; verdicts in the given order."""
    names = [_hashed(key) for key, _limit, _window in wishes]
    # One order for everybody, so that two requests never wait for each other's rows.
    rows = sorted((name, now + window) for name, (_key, _limit, window) in zip(names, wishes, strict=True))
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            _TALLY.format(values=values),  # only placeholders are put in
            [*(part for name, ends in rows for part in (name, cost, ends)), now, now],
        )
        found = {key: (hits, ends) for key, hits, ends in cursor.fetchall()}
    counted = [found[name] for name in names]
    return [
        Verdict(hits <= limit, ends, hits)
        for (hits, ends), (_key, limit, _window) in zip(counted, wishes, strict=True)
    ]


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
