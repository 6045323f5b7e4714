"""Two decrees of the demo city: its own holiday, and a joint leave declared a few weeks ahead, as in real years."""

import datetime as dt

from django.db import transaction

from pendopo.base.calendar.actions import add_holiday
from pendopo.base.calendar.models import Holiday, HolidayKind
from pendopo.base.organizations.models import Membership, Role
from pendopo.base.registries.demo import City
from pendopo.kernel import clock

SCOPE = "99.71"
DECREES = ("100.3.3/118/KEP/{year}", "100.3.3/204/KEP/{year}")


@transaction.atomic
def build(city: City) -> None:
    """Enter both with the calendar's own action; what stands already is left alone."""
    by = Membership.objects.filter(role=Role.ADMINISTRATOR).select_related("user").order_by("pk").first()
    if by is None or Holiday.objects.filter(scope=SCOPE).exists():
        return
    founded = _working_day(clock.local_date(city.now) + dt.timedelta(days=24))
    leave = _working_day(founded + dt.timedelta(days=1))
    for number, (day, name, kind, why) in enumerate(
        (
            (founded, "Hari Jadi Kota Sukamaju", HolidayKind.LOCAL, "Keputusan wali kota tentang hari jadi kota."),
            (
                leave, "Cuti bersama Hari Jadi Kota Sukamaju", HolidayKind.JOINT_LEAVE,
                "Keputusan wali kota tentang cuti bersama, terbit beberapa pekan sebelumnya.",
            ),
        )
    ):  # fmt: skip
        add_holiday(
            by=by.user, date=day, name=name, kind=kind, scope=SCOPE, decree=DECREES[number].format(year=day.year),
            source="Keputusan Wali Kota Sukamaju", reason=why, now=city.now,
        )  # fmt: skip
    city.record("keputusan hari libur", len(DECREES))


def _working_day(day: dt.date) -> dt.date:
    """The day itself, or the next one that is open so far."""
    closed = set(Holiday.objects.in_force().filter(date__gte=day).values_list("date", flat=True))
    while day.weekday() >= 5 or day in closed:
        day += dt.timedelta(days=1)
    return day
