"""The room's verbs of history."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs

VERBS = (
    ("handled", _("Surat masuk diproses sendiri oleh sistem.")),
    ("opened", _("{actor} membuka surat masuk.")),
    ("made_case", _("{actor} menjadikan surat masuk sebuah laporan.")),
    ("added_to_case", _("{actor} menambahkan surat masuk ke sebuah laporan.")),
    ("discarded", _("{actor} membuang surat masuk.")),
    ("tried_again", _("{actor} meminta surat masuk dibaca ulang.")),
)


def register() -> None:
    for name, sentence in VERBS:
        verbs.register(f"mailroom.{name}", sentence)
