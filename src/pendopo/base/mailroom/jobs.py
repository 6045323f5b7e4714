"""The job that reads one mail. It carries only the id."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.base.mailroom.handling import attempt
from pendopo.base.mailroom.models import Mail
from pendopo.kernel import clock

QUEUE = "mail"


@app.task(name="pendopo.base.mailroom.read", queue=QUEUE)
def read_mail(*, mail_id: int) -> None:
    """Try one mail; a failed try makes the job of the next one."""
    waiting = attempt(mail_id=mail_id, now=clock.now())
    if waiting is not None:
        enqueue(waiting)


def enqueue(mail: Mail) -> bool:
    """Make a job for an unread mail. False when one is waiting already."""
    task = read_mail.configure(queueing_lock=f"mail:{mail.pk}", schedule_at=mail.next_attempt_at)
    try:
        with transaction.atomic():
            task.defer(mail_id=mail.pk)
    except AlreadyEnqueued:
        return False
    return True
