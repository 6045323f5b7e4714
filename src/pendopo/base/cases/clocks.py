"""Running, pausing and stopping the statutory clocks of a case, and saying how a date was computed."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F

from pendopo.base.calendar.public import spoken, working_calendar
from pendopo.base.cases.models import AbstractCase, AbstractClock, ClockRule, EscalationStep, Unit
from pendopo.base.organizations.models import Kind, Organization
from pendopo.kernel import clock as time
from pendopo.kernel.caches import timed
from pendopo.kernel.workdays import Day, Pause, add_calendar_days


class NoRule(LookupError):
    """No clock rule holds for this step, class and day: the seed was never loaded or a validity has a gap."""


@timed(60)
def government_scope() -> str:
    """Region code of the government, "" before set-up. Local holidays of this scope count."""
    code = Organization.objects.filter(kind=Kind.GOVERNMENT).values_list("region_id", flat=True).first()
    return code or ""


@timed(30)
def _rules(kind: str, step: str) -> tuple[ClockRule, ...]:
    return tuple(ClockRule.objects.filter(kind=kind, step=step))


@timed(30)
def _percentages(kind: str) -> tuple[int, ...]:
    steps = EscalationStep.objects.filter(kind=kind).values_list("percent", flat=True)
    return tuple(sorted(set(steps)))


def rule_for(kind: str, step: str, *, case_class: str, on: dt.date) -> ClockRule:
    """The rule in force on a day; a rule for the class wins over one for every class."""
    fitting = [
        rule
        for rule in _rules(kind, step)
        if rule.case_class in ("", case_class)
        and rule.valid_from <= on
        and (rule.valid_to is None or on <= rule.valid_to)
    ]
    if not fitting:
        raise NoRule(f"{kind}.{step} {case_class} {on}")
    return max(fitting, key=lambda rule: rule.case_class != "")


def days_after(
    start: dt.date, amount: int, unit: str, pauses: tuple[Pause, ...] = (), *, joint_leave: bool = True
) -> dt.date:
    """The last day of a limit of `amount` days that began (day 0) on `start`. No pause may be open."""
    if unit == Unit.CALENDAR_DAYS:
        return add_calendar_days(start, amount, pauses)
    return working_calendar(government_scope(), joint_leave_closed=joint_leave).add(start, amount, pauses)


def compute(clock: AbstractClock, kind: str) -> None:
    """Fill due, alarm and next look from start, amount and pauses."""
    if clock.paused:
        clock.due_on = clock.alarm_on = clock.next_look_on = None
        return
    pauses = clock.pause_days
    clock.due_on = days_after(clock.started_on, clock.amount, clock.unit, pauses)
    clock.alarm_on = days_after(clock.started_on, clock.amount, clock.unit, pauses, joint_leave=False)
    clock.next_look_on = next_look(clock, kind)


def next_percent(kind: str, *, above: int) -> int | None:
    """The next warning threshold of a kind of case, None when there is none."""
    return next((percent for percent in _percentages(kind) if percent > above), None)


def next_look(clock: AbstractClock, kind: str, *, above: int | None = None) -> dt.date | None:
    """The day on which the threshold after `above` (the last warning) is reached.

    A threshold of p % of N days is reached on day ceil(p*N/100); from 100 % on it is looked at on the day
    after, when the limit is really passed.
    """
    percent = next_percent(kind, above=clock.warned_percent if above is None else above)
    if percent is None:
        return None
    reached = -(-clock.amount * percent // 100) + (1 if percent >= 100 else 0)
    return days_after(clock.started_on, reached, clock.unit, clock.pause_days)


def new_clock(
    case: AbstractCase, step: str, *, case_class: str = "", started_at: dt.datetime
) -> AbstractClock:
    """An unsaved clock of a step, computed by the rule in force (bulk builders save many at once)."""
    day = time.local_date(started_at)
    rule = rule_for(case.KIND, step, case_class=case_class, on=day)
    clock: AbstractClock = _manager(case).model(
        case=case,
        step=step,
        rule=rule,
        amount=rule.amount,
        unit=rule.unit,
        started_at=started_at,
        started_on=day,
    )
    compute(clock, case.KIND)
    return clock


def start(case: AbstractCase, step: str, *, case_class: str = "", now: dt.datetime) -> AbstractClock:
    """Start a step's clock and refresh the case's due date. A step that already runs is left alone."""
    running: AbstractClock | None = _manager(case).filter(case=case, step=step, stopped_at=None).first()
    if running is not None:
        return running
    clock = new_clock(case, step, case_class=case_class, started_at=now)
    clock.save()
    refresh_due(case)
    return clock


def stop(case: AbstractCase, *steps: str, now: dt.datetime) -> bool:
    """Stop the named clocks (all running ones when none is named); True when each of them was in time."""
    running = _manager(case).filter(case=case, stopped_at=None)
    all_in_time = True
    for clock in running.filter(step__in=steps) if steps else running:
        clock.stopped_at = now
        clock.in_time = clock.due_on is None or time.local_date(now) <= clock.due_on
        clock.next_look_on = None
        clock.save(update_fields=["stopped_at", "in_time", "next_look_on"])
        all_in_time = all_in_time and clock.in_time
    refresh_due(case)
    return all_in_time


def pause(case: AbstractCase, *, now: dt.datetime) -> None:
    """Stop counting days from tomorrow on, until `resume`. The reporter has to act."""
    for clock in _manager(case).filter(case=case, stopped_at=None, paused=False):
        clock.pauses = [*clock.pauses, [time.local_date(now).isoformat(), None]]
        _save_pauses(clock, case, paused=True)
    refresh_due(case)


def resume(case: AbstractCase, *, now: dt.datetime) -> None:
    """Count again from tomorrow on."""
    for clock in _manager(case).filter(case=case, stopped_at=None, paused=True):
        since, _open = clock.pauses[-1]
        clock.pauses = [*clock.pauses[:-1], [since, time.local_date(now).isoformat()]]
        _save_pauses(clock, case, paused=False)
    refresh_due(case)


def _save_pauses(clock: AbstractClock, case: AbstractCase, *, paused: bool) -> None:
    clock.paused = paused
    clock.__dict__.pop("pause_days", None)
    compute(clock, case.KIND)
    clock.save(update_fields=["pauses", "paused", "due_on", "alarm_on", "next_look_on"])


def restart(case: AbstractCase, step: str, *, case_class: str, now: dt.datetime) -> None:
    """Measure a running step by another rule (the class changed), from the same day 0 and pauses."""
    clock = _manager(case).filter(case=case, step=step, stopped_at=None).first()
    if clock is None:
        return
    rule = rule_for(case.KIND, step, case_class=case_class, on=clock.started_on)
    clock.rule, clock.amount, clock.unit, clock.warned_percent = rule, rule.amount, rule.unit, 0
    compute(clock, case.KIND)
    clock.save()
    refresh_due(case)


def refresh_due(case: AbstractCase) -> None:
    """Repeat the earliest running limit on the case row (without counting it as an edit)."""
    running = list(_manager(case).filter(case=case, stopped_at=None).values_list("due_on", "step", "paused"))
    set_due(case, running)
    case.save(update_fields=["due_at", "due_step", "paused"])


def set_due(case: AbstractCase, running: list[tuple[dt.date | None, str, bool]]) -> None:
    """Fill `due_at`, `due_step`, `paused` from running clocks given as (due_on, step, paused)."""
    dated = sorted((due, step) for due, step, _paused in running if due is not None)
    case.due_at = time.end_of_day(dated[0][0]) if dated else None
    case.due_step = dated[0][1] if dated else (running[0][1] if running else "")
    case.paused = any(paused for _due, _step, paused in running)


@dataclass(frozen=True)
class Explanation:
    """How one date was computed: the rule, day 0, every day after it, and both readings of cuti bersama."""

    step: str
    rule: ClockRule
    started_on: dt.date
    due_on: dt.date | None
    alarm_on: dt.date | None
    paused: bool
    days: list[Day]


def explain(clock: AbstractClock, *, today: dt.date) -> Explanation:
    """Day by day from day 0 to the limit (to `today` while paused)."""
    pauses = clock.pause_days
    last = clock.due_on or today
    if clock.unit == Unit.CALENDAR_DAYS:
        days = _calendar_days(clock.started_on, last, pauses)
    else:
        closed = tuple(Pause(p.since, p.until or last) for p in pauses)
        calendar = working_calendar(government_scope(), joint_leave_closed=True)
        days = [day for day in calendar.explain(clock.started_on, clock.amount, closed) if day.date <= last]
    days = [replace(day, reason=spoken(day.reason)) for day in days]
    return Explanation(
        clock.step, clock.rule, clock.started_on, clock.due_on, clock.alarm_on, clock.paused, days
    )


def _calendar_days(start: dt.date, last: dt.date, pauses: tuple[Pause, ...]) -> list[Day]:
    days: list[Day] = []
    number = 0
    for offset in range(1, (last - start).days + 1):
        day = start + dt.timedelta(days=offset)
        held = any(p.covers(day) for p in pauses)
        number += 0 if held else 1
        days.append(Day(day, None if held else number, "dijeda" if held else ""))
    return days


def running_clocks(case: AbstractCase) -> list[Any]:
    """The case's clocks, running first, with their rules."""
    return list(
        _manager(case)
        .filter(case=case)
        .select_related("rule")
        .order_by(F("stopped_at").desc(nulls_first=True), "started_at")
    )


def _manager(case: AbstractCase) -> Any:
    return type(case).clocks.rel.related_model._default_manager  # type: ignore[attr-defined]
