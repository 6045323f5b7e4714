from django.apps import AppConfig

from pendopo.base.registries import DemoPart, demo_parts


class RegionsConfig(AppConfig):
    name = "pendopo.base.regions"
    label = "regions"
    verbose_name = "Wilayah"

    def ready(self) -> None:
        from pendopo.base.regions import demo  # noqa: PLC0415 - needs the models, which load after this file

        demo_parts.register(DemoPart("regions", "Wilayah", demo.build, order=10))
