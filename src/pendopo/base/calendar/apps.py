from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "pendopo.base.calendar"
    label = "calendar"
    verbose_name = "Kalender kerja"
