from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "pendopo.base.cases"
    label = "cases"
    verbose_name = "Perkara"
