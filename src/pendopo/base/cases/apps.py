from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Perkara: what every case shares."""

    name = "pendopo.base.cases"
    label = "cases"
    verbose_name = "Perkara"

    def ready(self) -> None:
        # Registration needs the models, which exist only from here on.
        from pendopo.base.cases import registration  # noqa: PLC0415

        registration.register()
