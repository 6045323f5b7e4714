from django.apps import AppConfig

from pendopo.base import registries
from pendopo.base.organizations.verbs import SENTENCES
from pendopo.base.registries import DemoPart, demo_parts, history


class OrganizationsConfig(AppConfig):
    name = "pendopo.base.organizations"
    label = "organizations"
    verbose_name = "Perangkat daerah"

    def ready(self) -> None:
        from pendopo.base.organizations import demo, personal, setup  # noqa: PLC0415 - needs the models, loaded after

        for verb, sentence in SENTENCES.items():
            history.declare(verb, sentence)
        registries.government_setup.register(
            registries.GovernmentSetup(
                "organizations", "perangkat daerah, kecamatan dan kelurahan", setup.build, order=10
            )
        )
        demo_parts.register(DemoPart("organizations", "Kantor dan petugas", demo.build, order=20))
        personal.register()
