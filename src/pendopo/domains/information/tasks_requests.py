"""What the clock does to requests by itself. Idempotent; one request at a time."""

from procrastinate.contrib.django import app

from pendopo.domains.information.actions.ending import lapse_all
from pendopo.domains.information.jobs import make_receipt
from pendopo.kernel import clock

__all__ = ["make_receipt"]  # a job of its own, born where the case is taken in


@app.periodic(cron="*/20 * * * *")
@app.task(name="information.lapse", queue="sweeps", queueing_lock="information.lapse")
def lapse(timestamp: int, **_: object) -> None:
    """End requests whose requester did not complete them in time."""
    lapse_all(now=clock.now())
