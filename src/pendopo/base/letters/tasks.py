"""What happens to letters by the clock."""

from procrastinate.contrib.django import app

from pendopo.base.letters.actions import signing
from pendopo.kernel import clock


@app.periodic(cron="*/10 * * * *", periodic_id="letters.seal_waiting")
@app.task(name="pendopo.base.letters.seal_waiting", queue="letters")
def seal_waiting(timestamp: int) -> None:
    """Every ten minutes: seal what could not be sealed when it was issued."""
    signing.seal_waiting(now=clock.now())
