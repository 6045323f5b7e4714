"""Verbs of history and events of the outbox for the desk: requests worked on, objections, disputes."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import looks, verbs
from pendopo.base.notices import events

VERBS: tuple[tuple[str, object, object], ...] = (
    ("information.taken", _("{actor} menangani permohonan ini."), None),
    ("information.given", _("{actor} menyerahkan permohonan ini kepada {to}."), None),
    ("information.started", _("{actor} menyatakan permohonan lengkap dan mulai memprosesnya."),
     _("Permohonan sudah lengkap dan sedang diproses.")),
    ("information.noted", _("{actor} menulis catatan internal."), None),
    ("information.contact_viewed", _("{actor} melihat data pemohon. Keperluan: {purpose}"), None),
    ("information.wrote", _("{actor} menulis pesan kepada pemohon."), _("PPID menulis pesan kepada Anda.")),
    ("information.task_added", _("{actor} meminta {target} mencari informasinya."), None),
    ("information.task_accepted", _("{actor} ({target}) menerima tugas."), None),
    ("information.task_done", _("{actor} ({target}) menjawab tugasnya."), None),
    ("information.task_returned", _("{actor} mengembalikan tugas {target}: {reason}"), None),
    ("information.task_cancelled", _("{actor} membatalkan tugas {target}: {reason}"), None),
    ("information.task_again", _("{actor} meminta {target} mencari lagi."), None),
    ("information.task_noted", _("{actor} menulis pesan tentang tugas {target}."), None),
    ("information.extended", _("{actor} memperpanjang waktu {days} hari kerja: dari {old} menjadi {new}."),
     _("Waktu diperpanjang {days} hari kerja: dari {old} menjadi {new}.")),
    ("information.decided", _("{actor} memutus permohonan: {decision}."), _("Permohonan diputus: {decision}.")),
    ("information.forwarded", _("{actor} meneruskan permohonan kepada {target}."),
     _("Permohonan diteruskan kepada {target}.")),
    ("information.delivered", _("{actor} menyerahkan informasi kepada pemohon."), _("Informasi sudah diserahkan.")),
    ("information.withdrawn_by_staff", _("{actor} menutup permohonan atas kata pemohon."),
     _("Permohonan dicabut atas permintaan pemohon.")),
    ("information.overridden", _("{actor} menetapkan keadaan permohonan: {status}."), None),
    ("information.logged", _("{actor} menulis judul untuk daftar terbuka."), None),
    ("information.unlogged", _("{actor} mengeluarkan permohonan dari daftar terbuka."), None),
    ("information.item_made", _("{actor} membuat draf daftar informasi dari jawaban ini: {title}."), None),
    ("information.limit_set",
     _("{actor} menetapkan batas setempat {step}: {old} menjadi {new} hari, mulai {from}."), None),
    ("objections.reviewed", _("{actor} menelaah keberatan."), _("Keberatan sedang ditelaah.")),
    ("objections.noted", _("{actor} menulis catatan internal."), None),
    ("objections.explanation_asked", _("{actor} meminta penjelasan PPID."), None),
    ("objections.answered", _("{actor} menanggapi keberatan: {outcome}."), _("Keberatan ditanggapi: {outcome}.")),
    ("objections.response_written", _("{actor} mencatat tanggapan pemohon."), None),
    ("objections.withdrawn_by_staff", _("{actor} menutup keberatan atas kata pengaju."),
     _("Keberatan dicabut atas permintaan pengaju.")),
    ("objections.silent", _("Keberatan tidak ditanggapi sampai {limit}; hak ke Komisi Informasi terbuka."),
     _("Keberatan tidak ditanggapi sampai {limit}. Anda dapat mengajukan sengketa ke Komisi Informasi.")),
    ("objections.disputed", _("{actor} mencatat sengketa atas keberatan ini."),
     _("Sengketa informasi atas keberatan ini sudah dicatat.")),
    ("disputes.registered", _("{actor} mencatat sengketa atas keberatan {objection}."), None),
    ("disputes.kept", _("{actor} melengkapi berkas sengketa."), None),
    ("disputes.moved", _("{actor} mencatat tahap sengketa: {status}."), None),
    ("disputes.court_ruled", _("{actor} mencatat putusan pengadilan."), None),
    ("disputes.executed", _("{actor} mencatat putusan sudah dilaksanakan."), None),
)  # fmt: skip

EVENTS = (
    ("information.arrived", _("Permohonan informasi baru")),
    ("information.completed_desk", _("Pemohon melengkapi permohonan informasi")),
    ("information.wrote_desk", _("Pesan dari pemohon informasi")),
    ("information.withdrawn_desk", _("Pemohon mencabut permohonan informasi")),
    ("information.given", _("Permohonan untuk Anda")),
    ("information.task", _("Permintaan informasi untuk unit Anda")),
    ("information.task_done", _("Unit menjawab permintaan informasi")),
    ("information.tasks_done", _("Semua unit sudah menjawab")),
    ("information.task_back", _("Permintaan informasi dikembalikan")),
    ("information.task_ended", _("Permintaan informasi dibatalkan")),
    ("information.task_note", _("Pesan tentang permintaan informasi")),
    ("information.task_soon", _("Permintaan informasi segera jatuh tempo")),
    ("information.task_late", _("Permintaan informasi lewat batas")),
    ("objections.arrived", _("Keberatan baru")),
    ("objections.withdrawn_desk", _("Pengaju mencabut keberatan")),
    ("objections.explain", _("Atasan PPID meminta penjelasan")),
    ("objections.silent_office", _("Keberatan lewat batas")),
    ("disputes.registered", _("Sengketa informasi dicatat")),
)


def register() -> None:
    """Called once from `registration_desk.register`."""
    for name, staff, citizen in VERBS:
        verbs.register(name, staff, citizen)  # type: ignore[arg-type]
    for name, label in EVENTS:
        events.register(name, label)
    looks.register("information.contact_viewed")
