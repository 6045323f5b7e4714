"""What happens to clients by the clock."""

import datetime as dt

from procrastinate.contrib.django import app

from pendopo.base.clients.actions import repeats, webhooks
from pendopo.base.clients.jobs import QUEUE, enqueue
from pendopo.base.clients.models import WebhookDelivery, WebhookSubscription
from pendopo.kernel import clock

LOST_AFTER = dt.timedelta(minutes=10)
DELIVERIES_KEPT = dt.timedelta(days=30)
AT_ONCE = 1000


@app.periodic(cron="*/5 * * * *", periodic_id="clients.sweep")
@app.task(name="pendopo.base.clients.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Every five minutes: give calls whose job was lost a new one, and pause addresses that failed for days."""
    now = clock.now()
    find_lost(now=now)
    for pk in WebhookSubscription.objects.filter(failing_since__isnull=False).values_list("pk", flat=True):
        webhooks.pause_failing(subscription_id=pk, now=now)


@app.periodic(cron="37 2 * * *", periodic_id="clients.forget")
@app.task(name="pendopo.base.clients.forget", queue=QUEUE)
def forget(timestamp: int) -> None:
    """Every night: kept answers after a day, calls that arrived after a month."""
    now = clock.now()
    repeats.forget_answers(now=now)
    webhooks.forget_deliveries(before=now - DELIVERIES_KEPT)


def find_lost(*, now: dt.datetime) -> int:
    """Give calls whose time passed without a job a new job. Returns how many got one."""
    lost = WebhookDelivery.objects.lost(before=now - LOST_AFTER).order_by("next_attempt_at")[:AT_ONCE]
    return sum(enqueue(delivery) for delivery in lost)
