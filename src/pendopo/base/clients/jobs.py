"""The job that makes one call. It carries only the id."""

import uuid

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.base.clients.delivery import attempt
from pendopo.base.clients.models import WebhookDelivery
from pendopo.kernel import clock

QUEUE = "webhooks"


@app.task(name="pendopo.base.clients.deliver", queue=QUEUE)
def deliver(*, delivery_id: str) -> None:
    """Try one call; a failed try makes the job of the next one."""
    waiting = attempt(delivery_id=uuid.UUID(delivery_id), now=clock.now())
    if waiting is not None:
        enqueue(waiting)


def enqueue(delivery: WebhookDelivery) -> bool:
    """Make a job for a queued call. False when one is waiting already."""
    lock = f"webhook:{delivery.pk}"
    task = deliver.configure(queueing_lock=lock, schedule_at=delivery.next_attempt_at)
    try:
        with transaction.atomic():
            task.defer(delivery_id=str(delivery.pk))
    except AlreadyEnqueued:
        return False
    return True
