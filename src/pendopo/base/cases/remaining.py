"""How much time is left, in the words staff read in lists. Asks no query for a row: the limit is on the case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.base.calendar.public import working_calendar
from pendopo.base.cases.clocks import government_scope
from pendopo.base.cases.models import AbstractCase, ClockRule, Unit
from pendopo.base.cases.registry import kind_of
from pendopo.base.ui import words
from pendopo.kernel import clock
from pendopo.kernel.caches import timed

SOON = 1  # working days or days: the last one is "soon"


@dataclass(frozen=True)
class Remaining:
    """`words` for a reader; `tone` is late, soon, paused, ended or "". `more` belongs beside, smaller."""

    words: str
    tone: str = ""
    more: str = ""


@timed(30)
def _units(kind: str) -> Mapping[str, str]:
    """Step to unit of the rules of a kind: all rules of one step count the same kind of days."""
    return dict(ClockRule.objects.filter(kind=kind).values_list("step", "unit"))


def remaining(case: AbstractCase, *, now: dt.datetime) -> Remaining:
    """What the clock of a case says today."""
    if case.closed_at is not None:
        return Remaining(_("selesai %(day)s") % {"day": words.short_date(case.closed_at)}, "ended")
    if case.due_at is None:
        return Remaining(_("dijeda"), "paused") if case.paused else Remaining(_("tanpa batas"))
    kind = kind_of(case)
    said, tone = _counted(case, today=clock.local_date(now))
    other = kind.reporter or _("pelapor")
    outside = f"{other}: {said}"
    if case.paused:
        return Remaining(_("dijeda"), "paused", outside)
    if case.due_step in kind.reporter_steps:
        return Remaining(outside, "paused")
    return Remaining(said, tone, str(kind.step_labels.get(case.due_step, "")))


def _counted(case: AbstractCase, *, today: dt.date) -> tuple[str, str]:
    assert case.due_at is not None  # the caller asked
    due = clock.local_date(case.due_at)
    if due < today:
        days = (today - due).days
        return ngettext("lewat %(n)s hari", "lewat %(n)s hari", days) % {"n": days}, "late"
    if due == today:
        return _("batas hari ini"), "soon"
    if _units(case.KIND).get(case.due_step) == Unit.CALENDAR_DAYS:
        days = (due - today).days
        said = ngettext("sisa %(n)s hari", "sisa %(n)s hari", days) % {"n": days}
    else:
        days = working_calendar(government_scope()).count(today, due)
        said = ngettext("sisa %(n)s hari kerja", "sisa %(n)s hari kerja", days) % {"n": days}
    return said, "soon" if days <= SOON else ""
