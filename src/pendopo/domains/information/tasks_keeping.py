"""What the clock does to the lists by itself. Each sweep is idempotent and takes one row at a time."""

import datetime as dt

from procrastinate.contrib.django import app

from pendopo.domains.information import rules
from pendopo.domains.information.actions import keeping_due, reading
from pendopo.domains.information.actions import tests as sheets
from pendopo.domains.information.models import ConsequenceTest, ItemVersion, TestStatus
from pendopo.kernel import clock

UNREAD = dt.timedelta(minutes=15)
SOME = 200


@app.periodic(cron="15 0,6,12 * * *")
@app.task(name="information.sweep_lists", queue="sweeps", queueing_lock="information.sweep_lists")
def sweep_lists(timestamp: int, **_: object) -> None:
    """End exemptions whose last day is over, warn of those that end soon and of entries that fall due."""
    now = clock.now()
    end_exemptions(now=now)
    keeping_due.warn(now=now)


@app.periodic(cron="*/20 * * * *")
@app.task(name="information.sweep_unread", queue="sweeps", queueing_lock="information.sweep_unread")
def sweep_unread(timestamp: int, **_: object) -> None:
    """Published files whose text was never read get a new job."""
    read_forgotten(now=clock.now())


def end_exemptions(*, now: dt.datetime) -> int:
    """Both sweeps of consequence tests; returns how many ended."""
    today = clock.local_date(now)
    fixed = ConsequenceTest.objects.filter(status=TestStatus.FIXED, permanent=False)
    over = list(fixed.filter(expires_on__lt=today).order_by("expires_on").values_list("pk", flat=True))
    ended = sum(sheets.expire(test_id=pk, now=now) for pk in over)
    days = rules.amount(rules.Key.EXPIRY_WARNING_DAYS, today)
    soon = fixed.filter(expires_on__range=(today, today + dt.timedelta(days=days)), warned_at=None)
    for pk in list(soon.values_list("pk", flat=True)):
        sheets.warn_of_end(test_id=pk, now=now)
    return ended


def read_forgotten(*, now: dt.datetime) -> int:
    """Jobs for versions that were published a while ago and not read, `SOME` at a time; returns how many."""
    unread = ItemVersion.objects.filter(
        extracted_at=None, withdrawn_at=None, published_at__lt=now - UNREAD, item__in=reading.searchable()
    )
    found = list(unread.order_by("added_at").values_list("pk", flat=True)[:SOME])
    for pk in found:
        reading.enqueue(pk)
    return len(found)
