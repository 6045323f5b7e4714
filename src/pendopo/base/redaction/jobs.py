"""The jobs of a redaction. They carry only ids."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "redaction"
RETRY = RetryStrategy(max_attempts=4, exponential_wait=5)


def enqueue(task: str, redaction_id: str, *, after: int = 0) -> bool:
    """Make a job in the caller's transaction, for now or some seconds later. False when one is waiting already."""
    job = app.configure_task(
        task,
        queue=QUEUE,
        queueing_lock=f"{task}:{redaction_id}",
        schedule_in={"seconds": after} if after else None,
    )
    try:
        with transaction.atomic():
            job.defer(redaction_id=redaction_id)
    except AlreadyEnqueued:
        return False
    return True


BURN = "pendopo.base.redaction.burn"
SEARCH = "pendopo.base.redaction.search"
