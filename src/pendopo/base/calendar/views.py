"""The public calendar: on which days offices are closed, and by which decree."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.base.calendar.models import Holiday, HolidayKind
from pendopo.base.calendar.public import working_calendar
from pendopo.base.regions.public import government_code
from pendopo.kernel import clock

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def year_page(request: HttpRequest) -> HttpResponse:
    """`/kalender/?tahun=2026`: the year's closed days where this government is."""
    typed = request.GET.get("tahun", "")
    year = clock.local_date(clock.now()).year
    if typed:
        if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
            raise Http404
        year = int(typed)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    days = list(
        Holiday.objects.visible_to(request.user).holding_in(government_code()).filter(date__year=year)
    )
    context = {
        "year": year,
        "rest": get_text_list([str(WEEKDAYS[day - 1]) for day in _rest_days(year)], _("dan")),
        "sources": sorted({day.source for day in days if day.source and not day.decree}),
        "days": days,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "joint_leave_known": any(day.kind == HolidayKind.JOINT_LEAVE for day in days),
    }
    return render(request, "calendar/year.html", context)


def _rest_days(year: int) -> list[int]:
    """Weekdays (1 = Monday) that nobody works at the end of a year, by the work week in force here."""
    return working_calendar(government_code()).rest_days(dt.date(year, 12, 31))
