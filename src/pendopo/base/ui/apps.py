from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "pendopo.base.ui"
    label = "ui"
    verbose_name = "Tampilan"
