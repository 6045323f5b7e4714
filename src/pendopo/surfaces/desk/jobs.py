"""The job that runs a batch. It carries only the id; the rows say what is left to do."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.kernel import clock
from pendopo.surfaces.desk import running
from pendopo.surfaces.desk.models import Batch

QUEUE = "desk"


@app.task(
    name="pendopo.surfaces.desk.run_batch",
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def run_batch(*, batch_id: int) -> None:
    """Do what is left of a batch. Killed in the middle, it is started again and goes on with the next case."""
    waiting = running.run(batch_id=batch_id, now=clock.now)
    if waiting is not None:  # called too early: nothing leaves before the window is over
        enqueue(waiting)


def enqueue(batch: Batch) -> None:
    """Make the job of a batch, in the transaction that writes the batch."""
    run_batch.configure(schedule_at=batch.runs_at, lock=f"desk-batch:{batch.key}").defer(batch_id=batch.pk)
