"""The room's verbs of history. None of them holds a word of what was blackened."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs

VERBS = (
    ("started", _("{actor} membuka penghitaman “{file}” ({pages} halaman).")),
    ("boxes_added", _("{actor} menandai {count} kotak dengan dasar {ground}.")),
    ("box_removed", _("{actor} menghapus kotak di halaman {page} (dasar {ground}).")),
    ("burning", _("{actor} meminta {count} kotak dihitamkan dan dibuktikan.")),
    ("proven", _("Penghitaman “{file}” terbukti: {boxes} kotak, {pages} halaman.")),
    ("failed", _("Penghitaman “{file}” tidak berhasil: {reason}")),
    ("reopened", _("{actor} membuka lagi penghitaman “{file}” untuk diubah.")),
)


def register() -> None:
    for name, sentence in VERBS:
        verbs.register(f"redaction.{name}", sentence)
