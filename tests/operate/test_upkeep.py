"""The house's own background work."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.config import tasks


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_starts_again() -> None:
    """kill -9 leaves the job marked as being done, by a worker that no longer exists."""
    number = app.configure_task("config.clear_sessions", queue="upkeep").defer(timestamp=0)
    waiting = app.configure_task("config.remove_finished_jobs", queue="upkeep").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
    async_to_sync(tasks.retry_stalled_jobs.func)(timestamp=0)
    assert set(ProcrastinateJob.objects.values_list("id", flat=True)) == {number, waiting}
    assert not ProcrastinateJob.objects.filter(status="doing").exists()
