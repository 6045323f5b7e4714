from django.apps import AppConfig


class InformationConfig(AppConfig):
    """PPID: registers the room's words, clocks, queues and doors with the base floor."""

    name = "pendopo.domains.information"
    label = "information"
    verbose_name = "PPID"

    def ready(self) -> None:
        # Registration needs the models, which exist only from here on.
        from pendopo.domains.information import registration  # noqa: PLC0415

        registration.register()
