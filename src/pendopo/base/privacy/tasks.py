from procrastinate.contrib.django import app

from pendopo.base.privacy import retention
from pendopo.kernel import clock


@app.periodic(cron="20 3 * * *", periodic_id="privacy.retention")
@app.task(name="pendopo.base.privacy.retention", queue="sweeps", queueing_lock="privacy.retention")
def keep_no_longer(timestamp: int) -> None:
    """Every night: forget what is due."""
    retention.run(now=clock.now())
