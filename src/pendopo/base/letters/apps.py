from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.files import owners


class LettersConfig(AppConfig):
    """Surat resmi: numbers, templates, paper, signatures, and the page that tells whether a letter is genuine."""

    name = "pendopo.base.letters"
    label = "letters"
    verbose_name = "Surat resmi"

    def ready(self) -> None:
        # models can be read only now
        from pendopo.base.letters import demo, policy, seeds, verbs  # noqa: PLC0415
        from pendopo.base.letters.models import Letter  # noqa: PLC0415

        verbs.register()
        owners.register(
            "letters", lambda ids: Letter.objects.filter(file__in=ids).values_list("file", flat=True)
        )
        registries.seeds.register(
            registries.Seed("letters", "Templat surat dan pola nomor", seeds.load, order=57)
        )
        registries.demo_parts.register(
            registries.DemoPart("letters", "Segel elektronik uji", demo.build, order=5)
        )
        registries.menu.register(
            registries.MenuItem(
                "letters",
                _("Surat resmi"),
                "letters:list",
                audience="staff",
                icon="dokumen",
                order=80,
                seldom=True,
                for_whom=policy.signs_or_manages,
            )
        )
