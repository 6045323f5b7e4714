"""The check before publishing, in the background: it takes up to minutes and happens outside of transactions."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.domains.information import checking
from pendopo.domains.information.models import ItemVersion
from pendopo.kernel import clock


def look_later(version_id: int) -> None:
    """A job for one version, born in the transaction of the act; one is enough."""
    job = check_version.configure(queueing_lock=f"information.check_version:{version_id}")
    try:
        with transaction.atomic():
            job.defer(version_id=version_id)
    except AlreadyEnqueued:
        return


@app.task(
    name="information.check_version", queue="imports", retry=RetryStrategy(max_attempts=5, exponential_wait=4)
)
def check_version(version_id: int) -> None:
    """The job. Killed half-way, it is found again by the sweep; run twice, the first verdict stays."""
    version = ItemVersion.objects.select_related("file").filter(pk=version_id, checked_at=None).first()
    if version is None:
        return
    verdict = checking.look_through(version.file)
    unchecked = ItemVersion.objects.filter(pk=version_id, checked_at=None)
    unchecked.update(verdict=verdict.plain(), checked_at=clock.now())
