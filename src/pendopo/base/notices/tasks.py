"""Background work of the outbox. A job carries only the id of a message, never words or an address."""

import datetime as dt

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.base.notices import retention
from pendopo.base.notices.delivery import attempt
from pendopo.base.notices.models import Notice
from pendopo.kernel import clock

QUEUE = "notices"
# A job that is merely waiting its turn is not lost: the queueing lock keeps a busy queue free of doubles.
LOST_AFTER = dt.timedelta(minutes=10)
SWEEP_AT_ONCE = 1000


@app.task(name="pendopo.base.notices.deliver", queue=QUEUE)
def deliver(*, notice_id: int) -> None:
    """Try one message; a failed try makes the job of the next one."""
    waiting = attempt(notice_id=notice_id, now=clock.now())
    if waiting is not None:
        enqueue(waiting)


@app.periodic(cron="*/5 * * * *", periodic_id="notices.sweep")
@app.task(name="pendopo.base.notices.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Every five minutes: give messages whose job was lost a new one."""
    find_lost(now=clock.now())


@app.periodic(cron="17 2 * * *", periodic_id="notices.forget")
@app.task(name="pendopo.base.notices.forget", queue=QUEUE)
def forget(timestamp: int) -> None:
    """Every night: wipe words that are no longer needed."""
    retention.forget(now=clock.now())


def enqueue_first(notice: Notice) -> None:
    """Make the first job of a message, in the transaction that writes the message."""
    deliver.configure(queueing_lock=f"notice:{notice.token}").defer(notice_id=notice.pk)


def enqueue(notice: Notice) -> bool:
    """Make another job of a queued message. False when one is waiting already."""
    task = deliver.configure(queueing_lock=f"notice:{notice.token}", schedule_at=notice.next_attempt_at)
    try:
        with transaction.atomic():
            task.defer(notice_id=notice.pk)
    except AlreadyEnqueued:
        return False
    return True


def find_lost(*, now: dt.datetime) -> int:
    """Give messages whose time passed without a job a new job. Returns how many got one."""
    lost = Notice.objects.lost(before=now - LOST_AFTER).order_by("next_attempt_at")[:SWEEP_AT_ONCE]
    return sum(enqueue(notice) for notice in lost)
