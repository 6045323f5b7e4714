from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import verbs


class CalendarConfig(AppConfig):
    name = "pendopo.base.calendar"
    label = "calendar"
    verbose_name = "Kalender kerja"

    def ready(self) -> None:
        from pendopo.base.calendar import demo, seeds  # noqa: PLC0415 - needs the models, which load after this file

        verbs.register(
            "calendar.holiday_added", _("{actor} menambahkan {kind} {day} ({name}) untuk {where}: {reason}")
        )
        verbs.register(
            "calendar.holiday_changed",
            _("{actor} mengubah {kind} {old_day} ({old_name}) menjadi {day} ({name}, {status}): {reason}"),
        )
        verbs.register(
            "calendar.holiday_revoked", _("{actor} mencabut {kind} {day} ({name}) untuk {where}: {reason}")
        )
        verbs.register(
            "calendar.week_set",
            _("{actor} menetapkan hari kerja {days} sejak {since} untuk {where} ({source}): {reason}"),
        )
        registries.seeds.register(
            registries.Seed("calendar", "Hari libur dan pekan kerja", seeds.load, order=10)
        )
        registries.demo_parts.register(
            registries.DemoPart("calendar", "Dua keputusan hari libur", demo.build, order=45)
        )
