"""The job that delivers one message. It carries only the id, never words or an address."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.base.notices.delivery import attempt
from pendopo.base.notices.models import Notice
from pendopo.kernel import clock

QUEUE = "notices"


@app.task(name="pendopo.base.notices.deliver", queue=QUEUE)
def deliver(*, notice_id: int) -> None:
    """Try one message; a failed try makes the job of the next one."""
    waiting = attempt(notice_id=notice_id, now=clock.now())
    if waiting is not None:
        enqueue(waiting)


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
