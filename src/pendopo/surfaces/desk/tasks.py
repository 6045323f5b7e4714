"""What the desk does by the clock. `jobs` is named here so that the worker knows its job."""

from procrastinate.contrib.django import app

from pendopo.kernel import clock
from pendopo.surfaces.desk import jobs
from pendopo.surfaces.desk.actions import forget_old

__all__ = ["forget_batches", "jobs"]


@app.periodic(cron="40 2 * * *")
@app.task(name="desk.forget_batches", queue="sweeps", queueing_lock="desk.forget_batches")
def forget_batches(timestamp: int, **_: object) -> None:
    """Batches of last month and the words typed for them."""
    forget_old(now=clock.now())
