"""Periodic work of the accounts room."""

from procrastinate.contrib.django import app

from pendopo.base.accounts import limits
from pendopo.kernel import clock


@app.periodic(cron="17 * * * *")
@app.task(name="accounts.sweep_limits", queue="housekeeping", pass_context=False)
def sweep_limits(timestamp: int) -> None:
    """Delete counters whose window has ended."""
    limits.sweep(now=clock.now())
