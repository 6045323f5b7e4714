"""What the mailroom does by the clock."""

import datetime as dt

from django.conf import settings
from procrastinate.contrib.django import app

from pendopo.base.mailroom import imap
from pendopo.base.mailroom.jobs import QUEUE, enqueue
from pendopo.base.mailroom.models import Mail
from pendopo.kernel import clock

LOST_AFTER = dt.timedelta(minutes=10)
SWEEP_AT_ONCE = 1000


@app.periodic(cron="*/2 * * * *", periodic_id="mailroom.poll")
@app.task(name="pendopo.base.mailroom.poll", queue=QUEUE, queueing_lock="mailroom.poll", lock="mailroom.poll")
def poll(timestamp: int) -> None:
    """Every two minutes: fetch the mailbox, when the settings name one. A failed visit stays in the job list."""
    if settings.IMAP_HOST:
        imap.poll(now=clock.now())


@app.periodic(cron="*/5 * * * *", periodic_id="mailroom.sweep")
@app.task(name="pendopo.base.mailroom.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Every five minutes: give mails whose job was lost a new one."""
    find_lost(now=clock.now())


def find_lost(*, now: dt.datetime) -> int:
    """Give unread mails whose time passed without a job a new job. Returns how many got one."""
    lost = Mail.objects.lost(before=now - LOST_AFTER).order_by("next_attempt_at")[:SWEEP_AT_ONCE]
    return sum(enqueue(mail) for mail in lost)
