"""Work that keeps the house itself in order."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from pendopo.kernel import clock

KEPT_HOURS = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name="config.retry_stalled_jobs", queue="upkeep", queueing_lock="config.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """A job whose worker was killed in the middle starts again; without this it would wait for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job, retry_at=clock.now())


@app.periodic(cron="10 2 * * *")
@app.task(name="config.remove_finished_jobs", queue="upkeep", queueing_lock="config.remove_finished_jobs")
async def remove_finished_jobs(timestamp: int) -> None:
    """Jobs done long ago only make the table slow. Failed ones stay until somebody has looked."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@app.periodic(cron="20 2 * * *")
@app.task(name="config.clear_sessions", queue="upkeep", queueing_lock="config.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that ended are personal data without a purpose."""
    call_command("clearsessions")
