"""What the clock does to reports by itself. Each sweep is idempotent and takes one report at a time."""

import datetime as dt
import logging

from procrastinate.contrib.django import app

from pendopo.domains.reports import resolution, tallies, task_clocks
from pendopo.domains.reports.actions.closing import close_by_timer
from pendopo.domains.reports.actions.media import fetch_photo
from pendopo.domains.reports.actions.moderation import archive_unanswered
from pendopo.domains.reports.actions.snoozing import wake_due
from pendopo.domains.reports.learning import train
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.sp4n.importing import read_file
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

__all__ = ["fetch_photo", "read_file"]  # a job of its own, born where the file is taken in
logger = logging.getLogger(__name__)


@app.periodic(cron="*/20 * * * *")
@app.task(name="reports.sweep_windows", queue="sweeps", queueing_lock="reports.sweep_windows")
def sweep_windows(timestamp: int, **_: object) -> None:
    """Close answered reports whose reply window passed; archive those never completed; wake snoozed ones."""
    close_passed_windows(now=clock.now())
    wake_due(now=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="reports.warn_tasks", queue="sweeps", queueing_lock="reports.warn_tasks")
def warn_tasks(timestamp: int, **_: object) -> None:
    """Warn the offices whose tasks reached a threshold."""
    task_clocks.warn(now=clock.now())


@app.periodic(cron="*/20 * * * *")
@app.task(name="reports.sum_resolution", queue="sweeps", queueing_lock="reports.sum_resolution")
def sum_resolution(timestamp: int, **_: object) -> None:
    """Judge closings whose days are over and bring the sums of changed months up to date."""
    now = clock.now()
    resolution.settle(now=now)
    resolution.sum_up(now=now)


@app.periodic(cron="50 1 * * *")
@app.task(name="reports.sum_year", queue="sweeps", queueing_lock="reports.sum_year")
def sum_year(timestamp: int, **_: object) -> None:
    """Every night: closings that no action wrote, and the sums of a year anew, for reports may have become secret."""
    now = clock.now()
    resolution.add_missing(now=now)
    resolution.sum_up(now=now, months=resolution.latest_months(clock.local_date(now)))


@app.periodic(cron="* * * * *")
@app.task(name="reports.fold_tallies", queue="sweeps", queueing_lock="reports.fold_tallies")
def fold_tallies(timestamp: int, **_: object) -> None:
    """Add up what changed since the last minute, so that readers have little to add."""
    tallies.fold()


@app.periodic(cron="50 2 * * *")
@app.task(name="reports.recount_tallies", queue="sweeps", queueing_lock="reports.recount_tallies")
def recount_tallies(timestamp: int, **_: object) -> None:
    """Count everything anew at night; a number that was wrong is corrected and told to the log."""
    wrong = tallies.recount()
    if wrong:
        logger.warning("%s ready counts were wrong and have been corrected", wrong)


@app.periodic(cron="30 1 * * *")
@app.task(name="reports.train_routing", queue="training", queueing_lock="reports.train_routing")
def train_nightly(timestamp: int, **_: object) -> None:
    """Learn from yesterday's closed reports; with too few the model stays silent."""
    try:
        train(now=clock.now())
    except Refused:
        return


def close_passed_windows(*, now: dt.datetime) -> int:
    """Both time-outs, report by report; returns how many ended. Safe to run twice."""
    today = clock.local_date(now)
    ended = 0
    waiting = Report.objects.filter(due_at__lt=now)
    for pk in waiting.filter(status=Status.ANSWERED).values_list("pk", flat=True):
        ended += close_by_timer(report_id=pk, today=today, now=now)
    for pk in waiting.filter(status=Status.AWAITING_INFO).values_list("pk", flat=True):
        ended += archive_unanswered(report_id=pk, today=today, now=now)
    return ended
