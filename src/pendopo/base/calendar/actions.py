"""Changing the calendar: each change is audited and told, so that open cases are measured anew."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.calendar import reading
from pendopo.base.calendar.events import CalendarChanged
from pendopo.base.calendar.models import Holiday, HolidayKind, HolidayStatus, WorkWeek
from pendopo.base.calendar.policy import may_change_calendar
from pendopo.kernel import events
from pendopo.kernel.states import RefusedTransition
from pendopo.kernel.text import clean_line

_LAST_DAY = dt.date(2100, 12, 31)


@transaction.atomic
def add_holiday(
    *,
    by: User,
    date: dt.date,
    name: str,
    kind: str,
    scope: str = "",
    status: str = HolidayStatus.FIXED,
    decree: str = "",
    source: str = "",
    reason: str,
    now: dt.datetime,
) -> Holiday:
    """Declare a closed day. Raises PermissionDenied, ValidationError."""
    _may(by)
    why = _reason(reason)
    holiday = Holiday(
        date=date, name=clean_line(name), kind=kind, scope=scope, status=status,
        decree=clean_line(decree), source=clean_line(source), entered_by=by,
    )  # fmt: skip
    if status == HolidayStatus.REVOKED:
        raise ValidationError({"status": _("Hari libur baru tidak bisa langsung dicabut.")})
    holiday.full_clean()
    holiday.save()
    _record(by, "calendar.holiday_added", holiday, why, now)
    _tell(holiday.scope, holiday.date)
    return holiday


@transaction.atomic
def change_holiday(
    *,
    by: User,
    holiday: int,
    date: dt.date | None = None,
    name: str | None = None,
    kind: str | None = None,
    scope: str | None = None,
    status: str | None = None,
    decree: str | None = None,
    source: str | None = None,
    reason: str,
    now: dt.datetime,
) -> Holiday:
    """Correct a closed day; None leaves a value as it is.

    A new date, kind or scope keeps the old row as revoked and returns a new one: history stays readable, and
    a later seed does not bring the old day back. A revoked row cannot be changed, only declared again.
    Raises PermissionDenied, ValidationError, DoesNotExist.
    """
    old = Holiday.objects.visible_to(by).select_for_update(of=("self",)).get(pk=holiday)
    _may(by)
    why = _reason(reason)
    if old.status == HolidayStatus.REVOKED:
        raise ValidationError(_("Hari libur ini sudah dicabut. Tambahkan yang baru bila berlaku lagi."))
    if status == HolidayStatus.REVOKED:
        raise ValidationError({"status": _("Untuk mencabut, pakai tombol cabut.")})
    old_day, old_name, old_scope = old.date, old.name, old.scope
    place = (date or old.date, kind or old.kind, old.scope if scope is None else scope)
    changed = _moved(old, *place) if place != (old.date, old.kind, old.scope) else old
    if status and status != changed.status:
        _to(changed, status)
    changed.name = old.name if name is None else clean_line(name)
    changed.decree = old.decree if decree is None else clean_line(decree)
    changed.source = old.source if source is None else clean_line(source)
    changed.entered_by = by
    changed.full_clean()
    changed.save()
    _record(by, "calendar.holiday_changed", changed, why, now, old_day=old_day, old_name=old_name)
    _tell(changed.scope, old_day, changed.date)
    if old_scope != changed.scope:
        _tell(old_scope, old_day)
    return changed


def _moved(old: Holiday, date: dt.date, kind: str, scope: str) -> Holiday:
    """Revoke the old row and return its unsaved twin of another day, kind or scope."""
    twin = Holiday(date=date, kind=kind, scope=scope, status=old.status)
    old.move_to(HolidayStatus.REVOKED)
    old.save()
    return twin


def _to(holiday: Holiday, status: str) -> None:
    try:
        holiday.move_to(status)
    except RefusedTransition:
        raise ValidationError(
            {"status": _("Yang sudah ditetapkan tidak bisa kembali menjadi perkiraan.")}
        ) from None


@transaction.atomic
def revoke_holiday(*, by: User, holiday: int, reason: str, now: dt.datetime) -> Holiday:
    """Make a closed day a working day again. Raises PermissionDenied, ValidationError, DoesNotExist."""
    found = Holiday.objects.visible_to(by).select_for_update(of=("self",)).get(pk=holiday)
    _may(by)
    why = _reason(reason)
    if found.status == HolidayStatus.REVOKED:
        raise ValidationError(_("Hari libur ini sudah dicabut sebelumnya."))
    found.move_to(HolidayStatus.REVOKED)
    found.entered_by = by
    found.save()
    _record(by, "calendar.holiday_revoked", found, why, now)
    _tell(found.scope, found.date)
    return found


@transaction.atomic
def set_work_week(
    *,
    by: User,
    weekdays: list[int],
    valid_from: dt.date,
    joint_leave_is_closed: bool = True,
    scope: str = "",
    source: str,
    reason: str,
    now: dt.datetime,
) -> WorkWeek:
    """Let a new work week hold from a day on; the one in force ends the day before.

    Raises PermissionDenied, ValidationError.
    """
    _may(by)
    why = _reason(reason)
    week = WorkWeek(
        weekdays=sorted(set(weekdays)), scope=scope, joint_leave_is_closed=joint_leave_is_closed,
        source=clean_line(source), valid_from=valid_from,
    )  # fmt: skip
    week.full_clean()
    later = WorkWeek.objects.filter(scope=scope, valid_from__gt=valid_from).order_by("valid_from").first()
    week.valid_to = later.valid_from - dt.timedelta(days=1) if later else None
    WorkWeek.objects.filter(scope=scope, valid_from__lt=valid_from).exclude(valid_to__lt=valid_from).update(
        valid_to=valid_from - dt.timedelta(days=1)
    )
    week.save()
    record(
        actor=by, verb="calendar.week_set", subject=week, at=now,
        facts={"days": week.weekdays, "since": valid_from, "source": week.source,
               "where": where(scope), "reason": why},
    )  # fmt: skip
    _tell(scope, valid_from, week.valid_to or _LAST_DAY)
    return week


def where(scope: str) -> str:
    """`seluruh Indonesia`, or the region's code."""
    return scope or "seluruh Indonesia"


def _may(by: User) -> None:
    if not may_change_calendar(by):
        raise PermissionDenied(
            _("Hanya administrator atau koordinator pemerintah yang boleh mengubah kalender.")
        )


def _reason(typed: str) -> str:
    reason = clean_line(typed)[:300]
    if not reason:
        raise ValidationError({"reason": _("Tulis alasannya, misalnya nomor keputusan yang mengubahnya.")})
    return reason


def _record(by: User, verb: str, holiday: Holiday, reason: str, now: dt.datetime, **more: Any) -> None:
    record(
        actor=by, verb=verb, subject=holiday, at=now,
        facts={"day": holiday.date, "name": holiday.name, "kind": HolidayKind(holiday.kind).label,
               "status": HolidayStatus(holiday.status).label, "where": where(holiday.scope),
               "decree": holiday.decree, "reason": reason, **more},
    )  # fmt: skip


def _tell(scope: str, *days: dt.date) -> None:
    reading.rows.forget()
    events.publish(CalendarChanged(min(days).isoformat(), max(days).isoformat(), scope))
