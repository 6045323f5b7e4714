from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "pendopo.base.notices"
    label = "notices"
    verbose_name = "Pemberitahuan"
