from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Laporan warga: registers the room's words, queues and doors with the base floor."""

    name = "pendopo.domains.reports"
    label = "reports"
    verbose_name = "Laporan warga"

    def ready(self) -> None:
        # Registration needs the models, which exist only from here on.
        from pendopo.domains.reports import registration  # noqa: PLC0415

        registration.register()
