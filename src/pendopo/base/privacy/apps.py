from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import verbs
from pendopo.base.notices import events


class PrivacyConfig(AppConfig):
    name = "pendopo.base.privacy"
    label = "privacy"
    verbose_name = "Data pribadi"

    def ready(self) -> None:
        from pendopo.base.privacy import registration  # noqa: PLC0415 - needs the models, loaded after

        for name, sentence in (
            ("copied", _("Pemilik data mengunduh salinan datanya.")),
            ("asked", _("Pemilik data meminta datanya dihapus ({code}).")),
            ("withdrawn", _("Pemilik data membatalkan permintaan penghapusan ({code}).")),
            (
                "erased",
                _("{actor} mengabulkan permintaan penghapusan {code}: {done} dihapus, {held} ditahan."),
            ),
            ("refused", _("{actor} menolak permintaan penghapusan {code}: {ground}.")),
            ("held", _("{actor} menahan penghapusan.")),
            ("released", _("{actor} melepas penahanan penghapusan.")),
            ("rule_changed", _("{actor} mengubah lama simpan {keeper} dari {before} menjadi {after} hari.")),
        ):
            verbs.register(f"privacy.{name}", sentence)
        events.register("privacy.proof", _("Tautan bukti alamat surel"), sensitive=True, forgets_address=True)
        events.register(
            "privacy.answer", _("Jawaban permintaan penghapusan data"), sensitive=True, forgets_address=True
        )
        events.register("privacy.asked", _("Permintaan penghapusan data baru"))
        registration.register()
        registries.menu.register(
            registries.MenuItem(
                "privacy",
                _("Data pribadi"),
                "privacy:desk",
                audience="staff",
                icon="kunci",
                order=85,
                seldom=True,
            )
        )
