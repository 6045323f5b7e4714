"""The figures in force today: how much one address may do, how much may wait."""

import datetime as dt

from pendopo.base.accounts import limits
from pendopo.base.mailroom.models import MailPolicy
from pendopo.kernel import clock
from pendopo.kernel.caches import timed

_FIRST = {
    "reports_per_day": 10,
    "letters_per_day": 5,
    "most_waiting": 2_000,
    "reason": "Kebijakan bawaan Pendopo; dapat diganti dengan baris baru.",
}


def load() -> None:
    """The first row of every installation; rows that an office added stay as they are."""
    if not MailPolicy.objects.exists():
        MailPolicy.objects.create(valid_from=dt.date(2020, 1, 1), **_FIRST)


@timed(30)
def in_force(day: dt.date) -> MailPolicy:
    """The policy of a day, kept for half a minute in each process."""
    row = MailPolicy.objects.filter(valid_from__lte=day).first()
    return row or MailPolicy(valid_from=day, **_FIRST)


def may_write(sender: str, *, now: dt.datetime) -> bool:
    """Count a mail of this address, and say whether it was within what one address may do in a day."""
    limit = in_force(clock.local_date(now)).reports_per_day
    return limits.hit(f"mail-in:{sender}", limit=limit, window=dt.timedelta(days=1), now=now)


def may_write_back(address: str, *, now: dt.datetime) -> bool:
    """Count a letter to somebody who wrote to us: a forged sender must not make us write to a stranger for ever."""
    limit = in_force(clock.local_date(now)).letters_per_day
    return limits.hit(f"mail-back:{address}", limit=limit, window=dt.timedelta(days=1), now=now)
