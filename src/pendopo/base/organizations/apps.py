from django.apps import AppConfig

from pendopo.base.registries import DemoPart, demo_parts


class OrganizationsConfig(AppConfig):
    name = "pendopo.base.organizations"
    label = "organizations"
    verbose_name = "Perangkat daerah"

    def ready(self) -> None:
        from pendopo.base.organizations import demo  # noqa: PLC0415 - needs the models, loaded after this file

        demo_parts.register(DemoPart("organizations", "Kantor dan petugas", demo.build, order=20))
