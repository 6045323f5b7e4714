from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "pendopo.base.organizations"
    label = "organizations"
    verbose_name = "Perangkat daerah"
