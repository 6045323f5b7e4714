from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import verbs


class AuditConfig(AppConfig):
    name = "pendopo.base.audit"
    label = "audit"
    verbose_name = "Jejak audit"

    def ready(self) -> None:
        # listeners record entries, so they can be read only after the models are loaded
        from pendopo.base.audit import personal, signals  # noqa: PLC0415

        verbs.register("audit.exported", _("{actor} mengunduh jejak ({filter})."))
        signals.connect()
        personal.register()
        registries.menu.register(
            registries.MenuItem(
                "audit",
                _("Jejak"),
                "audit:journal",
                audience="staff",
                icon="daftar",
                order=80,
                seldom=True,
            )
        )
