"""The figures in force today: quotas without a token, quotas of a new client, when webhooks are paused."""

import datetime as dt

from pendopo.base.clients.models import ApiPolicy
from pendopo.kernel.caches import timed

_FIRST = {
    "anonymous_per_minute": 60,
    "anonymous_per_day": 5_000,
    "default_per_minute": 300,
    "default_per_day": 50_000,
    "webhook_pause_days": 3,
    "reason": "Kebijakan bawaan Pendopo; dapat diganti dengan baris baru.",
}


def load() -> None:
    """The first row of every installation; rows that an office added stay as they are."""
    if not ApiPolicy.objects.exists():
        ApiPolicy.objects.create(valid_from=dt.date(2020, 1, 1), **_FIRST)


@timed(30)
def in_force(day: dt.date) -> ApiPolicy:
    """The policy of a day, kept for half a minute in each process."""
    row = ApiPolicy.objects.filter(valid_from__lte=day).first()
    return row or ApiPolicy(valid_from=day, **_FIRST)
