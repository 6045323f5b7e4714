"""What happens to redactions by job and clock."""

import datetime as dt
import uuid

from procrastinate.contrib.django import app

from pendopo.base.redaction import actions
from pendopo.base.redaction.jobs import BURN, QUEUE, RETRY, SEARCH, enqueue
from pendopo.base.redaction.models import Redaction
from pendopo.kernel import clock

LOST_AFTER = dt.timedelta(minutes=20)  # longer than the longest burning


@app.task(name=BURN, queue=QUEUE, retry=RETRY)
def burn(*, redaction_id: str) -> None:
    """Blacken and prove one file."""
    actions.burn_now(redaction_id=uuid.UUID(redaction_id), clock_now=clock.now)


@app.task(name=SEARCH, queue=QUEUE, retry=RETRY)
def search(*, redaction_id: str) -> None:
    """Look for patterns in a long file."""
    actions.search_now(redaction_id=uuid.UUID(redaction_id))


@app.periodic(cron="*/5 * * * *", periodic_id="redaction.sweep")
@app.task(name="pendopo.base.redaction.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Every five minutes: burn again what a killed worker left behind."""
    find_lost(now=clock.now())


def find_lost(*, now: dt.datetime) -> int:
    """Give burnings whose job died a new one. Returns how many got one."""
    lost = Redaction.objects.lost(before=now - LOST_AFTER).values_list("pk", flat=True)[:100]
    return sum(enqueue(BURN, str(pk)) for pk in lost)
