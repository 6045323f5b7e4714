import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import verbs
from pendopo.base.notices import events


class NoticesConfig(AppConfig):
    name = "pendopo.base.notices"
    label = "notices"
    verbose_name = "Pemberitahuan"

    def ready(self) -> None:
        # models and template checks can be read only now
        from pendopo.base.notices import checks, personal  # noqa: F401, PLC0415
        from pendopo.base.notices.models import TRANSITIONS, State  # noqa: PLC0415

        verbs.register("notices.resent", _("{actor} mengirim lagi pesan “{event}” yang gagal ({channel})."))
        verbs.register("notices.ignored", _("{actor} mengabaikan pesan “{event}” yang gagal ({channel})."))
        events.register(
            "accounts.mail",
            _("Surat tentang akun"),
            sensitive=True,
            give_up_after=dt.timedelta(hours=1),  # codes and links in it are old by then
            templated=False,
        )
        registries.menu.register(
            registries.MenuItem(
                "notices", _("Kotak masuk"), "notices:inbox", audience="staff", icon="lonceng", order=90
            )
        )
        registries.states.register(
            registries.PrintableState(
                "notices", TRANSITIONS, {state.value: str(state.label) for state in State}
            )
        )
        personal.register()
