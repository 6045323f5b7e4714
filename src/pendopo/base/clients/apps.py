from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.notices import events


class ClientsConfig(AppConfig):
    """Aplikasi lain: the machines' door, its keys and quotas, and the calls we make ourselves."""

    name = "pendopo.base.clients"
    label = "clients"
    verbose_name = "Aplikasi lain"

    def ready(self) -> None:
        # models can be read only now
        from pendopo.base.clients import allowances, demo, jobs, policy, verbs  # noqa: F401, PLC0415

        verbs.register()
        events.register("clients.webhook_paused", _("Kiriman kabar dijeda"))
        registries.seeds.register(
            registries.Seed("clients", "Kuota dan kebijakan API", allowances.load, order=55)
        )
        registries.demo_parts.register(
            registries.DemoPart("clients", "Aplikasi lain yang memakai API", demo.build, order=70)
        )
        registries.menu.register(
            registries.MenuItem(
                "clients",
                _("Aplikasi lain"),
                "clients:list",
                audience="staff",
                icon="tautan",
                order=85,
                seldom=True,
                for_whom=policy.may_manage,
            )
        )
        registries.menu.register(
            registries.MenuItem("api", _("Untuk pengembang (API)"), "api-page", audience="footer", order=10)
        )
