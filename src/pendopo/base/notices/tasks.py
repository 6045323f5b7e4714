"""What the outbox does by the clock."""

import datetime as dt

from procrastinate.contrib.django import app

from pendopo.base.notices.jobs import QUEUE, enqueue
from pendopo.base.notices.models import Notice
from pendopo.kernel import clock

# A job that is merely waiting its turn is not lost: the queueing lock keeps a busy queue free of doubles.
LOST_AFTER = dt.timedelta(minutes=10)
SWEEP_AT_ONCE = 1000


@app.periodic(cron="*/5 * * * *", periodic_id="notices.sweep")
@app.task(name="pendopo.base.notices.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Every five minutes: give messages whose job was lost a new one."""
    find_lost(now=clock.now())


def find_lost(*, now: dt.datetime) -> int:
    """Give messages whose time passed without a job a new job. Returns how many got one."""
    lost = Notice.objects.lost(before=now - LOST_AFTER).order_by("next_attempt_at")[:SWEEP_AT_ONCE]
    return sum(enqueue(notice) for notice in lost)
