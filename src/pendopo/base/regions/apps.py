from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "pendopo.base.regions"
    label = "regions"
    verbose_name = "Wilayah"
