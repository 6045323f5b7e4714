"""Verbs of history and events of the outbox for requests and objections as citizens file them."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import looks, verbs
from pendopo.base.notices import events

VERBS: tuple[tuple[str, object, object], ...] = (
    ("information.received", _("Permohonan masuk ({channel}) dengan nomor {registration}."),
     _("Permohonan diterima dan didaftarkan dengan nomor {registration}.")),
    ("information.entered", _("{actor} mencatat permohonan atas nama pemohon ({channel}), nomor {registration}."),
     _("Permohonan dicatat petugas dan didaftarkan dengan nomor {registration}.")),
    ("information.incomplete", _("{actor} meminta pemohon melengkapi permohonan."),
     _("Permohonan perlu dilengkapi. Waktu berhenti dihitung sampai Anda melengkapinya.")),
    ("information.completed", _("Pemohon melengkapi permohonan."),
     _("Permohonan dilengkapi. Waktu dihitung lagi.")),
    ("information.lapsed", _("Permohonan berakhir karena tidak dilengkapi sampai batas waktu."),
     _("Permohonan berakhir karena tidak dilengkapi sampai batas waktu.")),
    ("information.withdrawn", _("Pemohon mencabut permohonan."), _("Permohonan dicabut pemohon.")),
    ("information.replied", _("Pemohon menulis pesan."), _("Pemohon menulis pesan.")),
    ("information.identity_viewed", _("{actor} melihat bukti identitas pemohon. Keperluan: {purpose}"), None),
    ("information.identity_accepted", _("{actor} menyatakan bukti identitas ({kind}) sah; berkasnya dimusnahkan."),
     _("Bukti identitas diperiksa dan diterima. Berkas dan nomornya sudah dimusnahkan.")),
    ("information.identity_rejected",
     _("{actor} menyatakan bukti identitas ({kind}) tidak dapat diterima; berkasnya dimusnahkan."),
     _("Bukti identitas diperiksa dan tidak dapat diterima. Berkas dan nomornya sudah dimusnahkan.")),
    ("information.identity_destroyed", _("Bukti identitas yang tidak sempat diperiksa dimusnahkan."),
     _("Bukti identitas yang tidak diperlukan lagi dimusnahkan.")),
    ("information.file_opened", _("Pemohon mengunduh berkas jawaban."), None),
    ("information.contact_forgotten", _("Data pemohon dihapus dari permohonan ini."), None),
    ("information.words_erased", _("Pesan pemohon dihapus atas permintaannya."), None),
    ("objections.received", _("Keberatan masuk dengan nomor {registration}: alasan {ground}."),
     _("Keberatan diterima dan didaftarkan dengan nomor {registration}.")),
    ("objections.withdrawn", _("Pengaju mencabut keberatan."), _("Keberatan dicabut pengaju.")),
    ("objections.contact_forgotten", _("Data pengaju dihapus dari keberatan ini."), None),
)  # fmt: skip

EVENTS = (
    ("information.received", _("Permohonan informasi diterima")),
    ("information.incomplete", _("Permohonan informasi perlu dilengkapi")),
    ("information.completed", _("Permohonan informasi lengkap")),
    ("information.extended", _("Waktu permohonan informasi diperpanjang")),
    ("information.decided", _("Permohonan informasi dijawab")),
    ("information.delivered", _("Informasi diserahkan")),
    ("information.lapsed", _("Permohonan informasi berakhir")),
    ("information.withdrawn", _("Permohonan informasi dicabut")),
    ("information.closed_on_word", _("Permohonan informasi ditutup petugas atas kata Anda")),
    ("information.wrote", _("Pesan tentang permohonan informasi")),
    ("objections.received", _("Keberatan diterima")),
    ("objections.answered", _("Keberatan ditanggapi")),
    ("objections.may_dispute", _("Keberatan tidak ditanggapi")),
    ("objections.withdrawn", _("Keberatan dicabut")),
    ("objections.closed_on_word", _("Keberatan ditutup petugas atas kata Anda")),
)


def register() -> None:
    """Called once from `registration_requests.register`."""
    for name, staff, citizen in VERBS:
        verbs.register(name, staff, citizen)  # type: ignore[arg-type]
    for name, label in EVENTS:
        events.register(name, label)
    looks.register("information.identity_viewed")
