from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "pendopo.surfaces.desk"
    label = "desk"
    verbose_name = "Meja kerja"
