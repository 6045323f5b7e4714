"""What the clock does to every case by itself."""

from procrastinate.contrib.django import app

from pendopo.base.cases.sweep import warn_all
from pendopo.kernel import clock


@app.periodic(cron="*/15 * * * *")
@app.task(name="cases.warn_all", queue="sweeps", queueing_lock="cases.warn_all")
def warn_of_deadlines(timestamp: int, **_: object) -> None:
    """Warnings at the thresholds of the escalation table."""
    warn_all(now=clock.now())
