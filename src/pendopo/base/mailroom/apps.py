from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries


class MailroomConfig(AppConfig):
    """Surat masuk: mails are kept, judged and handed to the room that registered for them."""

    name = "pendopo.base.mailroom"
    label = "mailroom"
    verbose_name = "Surat masuk"

    def ready(self) -> None:
        # models can be read only now
        from pendopo.base.mailroom import demo, jobs, personal, policies, policy, replying, verbs  # noqa: F401, PLC0415
        from pendopo.base.notices.channels import email  # noqa: PLC0415

        verbs.register()
        personal.register()
        email.use_reply_address(replying.reply_address)
        registries.seeds.register(
            registries.Seed("mailroom", "Kebijakan surat masuk", policies.load, order=56)
        )
        registries.demo_parts.register(registries.DemoPart("mailroom", "Surat masuk", demo.build, order=72))
        registries.menu.register(
            registries.MenuItem(
                "mailroom",
                _("Surat masuk"),
                "mailroom:list",
                audience="staff",
                icon="surat",
                order=35,
                for_whom=policy.may_open,
            )
        )
