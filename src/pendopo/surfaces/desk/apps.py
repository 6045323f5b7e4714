from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Meja kerja: where officers work."""

    name = "pendopo.surfaces.desk"
    label = "desk"
    verbose_name = "Meja kerja"

    def ready(self) -> None:
        # Registration needs the models of other rooms, which exist only from here on.
        from pendopo.surfaces.desk import registration  # noqa: PLC0415

        registration.register()
