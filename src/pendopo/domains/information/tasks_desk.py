"""What the clock does to PPID's cases by itself. Each sweep is idempotent and takes one case at a time."""

import datetime as dt

from procrastinate.contrib.django import app

from pendopo.domains.information import task_clocks
from pendopo.domains.information.actions.objections import note_silence
from pendopo.domains.information.models import ObjectionClock, ObjectionStatus
from pendopo.kernel import clock


@app.periodic(cron="*/20 * * * *")
@app.task(name="information.note_silent", queue="sweeps", queueing_lock="information.note_silent")
def note_silent(timestamp: int, **_: object) -> None:
    """Open the way to Komisi Informasi where Atasan PPID kept silent past the limit."""
    note_silences(now=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="information.warn_units", queue="sweeps", queueing_lock="information.warn_units")
def warn_units(timestamp: int, **_: object) -> None:
    """Warn the units whose tasks reached a threshold, up the ladder to the Sekda."""
    task_clocks.warn(now=clock.now())


def note_silences(*, now: dt.datetime) -> int:
    """Every objection whose limit passed without an answer; returns how many. Safe to run twice."""
    today = clock.local_date(now)
    open_ones = (ObjectionStatus.REGISTERED, ObjectionStatus.REVIEWED)
    late = ObjectionClock.objects.filter(
        step="reply", stopped_at=None, due_on__lt=today, case__status__in=open_ones
    ).exclude(case__clocks__step="dispute")
    ids = list(late.values_list("case_id", flat=True))
    return sum(note_silence(objection_id=pk, today=today, now=now) for pk in ids)
