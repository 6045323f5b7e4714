"""The room's verbs of history."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs

VERBS = (
    ("issued", _("{actor} menerbitkan surat {code} ({kind}).")),
    ("signed", _("Surat {code} ditandatangani: {how}.")),
    ("sign_failed", _("Surat {code} gagal ditandatangani: {why}")),
    ("revoked", _("{actor} mencabut surat {code}: {reason}.")),
    ("forgotten", _("Data pribadi di surat {code} dihapus.")),
    ("template_changed", _("{actor} menulis versi {version} templat {template}.")),
    ("pattern_changed", _("{actor} mengubah pola nomor {series} menjadi {pattern}.")),
    ("letterhead_changed", _("{actor} mengubah kop surat {office}.")),
    ("signer_changed", _("{actor} mengubah cara tanda tangan yang ditawarkan lebih dulu: {signer}.")),
    ("seal_tested", _("{actor} menguji segel elektronik.")),
)


def register() -> None:
    for name, sentence in VERBS:
        verbs.register(f"letters.{name}", sentence)
