"""Numbers, money and time as people say them. Every function speaks the language that is active."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Moment = dt.datetime | dt.date


def _local(value: Moment) -> Moment:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day(value: Moment) -> dt.date:
    value = _local(value)
    return value.date() if isinstance(value, dt.datetime) else value


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1234.5 → "1.234,5"; English "1,234.5". Whole numbers stay whole, others get one decimal."""
    if decimals is None:
        decimals = 0 if value == int(value) else 1
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


def rupiah(value: int | float | Decimal) -> str:
    """1500000 → "Rp 1.500.000" (no line break inside)."""
    sign = "−" if value < 0 else ""
    return f"{sign}Rp\u00a0{number(abs(round(value)), 0)}"


def percent(part: float, whole: float) -> str:
    """Share of a whole, "87 %"; "–" when the whole is nothing."""
    return f"{number(round(100 * part / whole), 0)}\u00a0%" if whole else "–"


def size(octets: int) -> str:
    """81_920 → "80 KB"."""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))}\u00a0KB"
    return f"{number(round(octets / 1024 / 1024, 1))}\u00a0MB"


def long_date(value: Moment) -> str:
    """ "Senin, 9 Maret 2026"."""
    return date_format(_day(value), "l, j F Y")


def short_date(value: Moment) -> str:
    """ "9 Mar 2026"."""
    return date_format(_day(value), "j M Y")


def clock_time(value: dt.datetime) -> str:
    """ "14.05" as Indonesians write it, "14:05" in English."""
    return date_format(_local(value), _("H.i"))


def moment(value: dt.datetime) -> str:
    """ "9 Maret 2026 pukul 14.05"."""
    return _("%(day)s pukul %(time)s") % {"day": date_format(_day(value), "j F Y"), "time": clock_time(value)}


def days_left(due: Moment, now: dt.datetime) -> str:
    """ "3 hari lagi", "besok", "hari ini", "lewat 2 hari", counted in calendar days."""
    days = (_day(due) - _day(now)).days
    if days == 0:
        return _("lewat hari ini") if isinstance(due, dt.datetime) and due < now else _("hari ini")
    if days == 1:
        return _("besok")
    if days > 0:
        return ngettext("%(n)s hari lagi", "%(n)s hari lagi", days) % {"n": number(days)}
    return ngettext("lewat %(n)s hari", "lewat %(n)s hari", -days) % {"n": number(-days)}


def ago(value: dt.datetime, now: dt.datetime) -> str:
    """ "baru saja", "5 menit lalu", "3 jam lalu", "kemarin", "4 hari lalu"; after a week the date."""
    seconds = int((now - value).total_seconds())
    if seconds < 60:
        return _("baru saja") if seconds > -60 else moment(value)
    if seconds < 3600:
        return ngettext("%(n)s menit lalu", "%(n)s menit lalu", seconds // 60) % {"n": seconds // 60}
    days = (_day(now) - _day(value)).days
    if days == 0 or seconds < 6 * 3600:
        return ngettext("%(n)s jam lalu", "%(n)s jam lalu", seconds // 3600) % {"n": seconds // 3600}
    if days == 1:
        return _("kemarin")
    if days <= 7:
        return ngettext("%(n)s hari lalu", "%(n)s hari lalu", days) % {"n": days}
    return short_date(value)
