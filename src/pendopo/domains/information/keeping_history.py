"""Verbs of history and events of the outbox about the lists, in sentences."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs
from pendopo.base.notices import events

VERBS = (
    ("item_drafted", _("{actor} membuat entri ini.")),
    ("item_edited", _("{actor} mengubah entri: {changes}")),
    ("item_proposed", _("{actor} mengusulkan entri ini untuk ditetapkan.")),
    ("item_returned", _("{actor} mengembalikan usulan: {reason}")),
    ("item_fixed", _("{actor} menetapkan entri ini sebagai nomor {number} dengan keputusan {decree}.")),
    ("item_published_at_once", _("{actor} menerbitkan informasi serta merta ini sebagai nomor {number}.")),
    ("item_withdrawn", _("{actor} menarik entri ini: {reason}")),
    ("item_restored", _("{actor} mengusulkan lagi entri yang pernah ditarik.")),
    ("item_confirmed", _("{actor} menyatakan informasi masih berlaku sampai {next}: {reason}")),
    ("item_withheld", _("Informasi dikecualikan berdasarkan lembar {test}.")),
    ("item_to_open", _("Pengecualian berakhir ({test}); informasi ini harus dibuka.")),
    ("item_opened", _("{actor} menyatakan informasi sudah terbuka tanpa berkas: {reason}")),
    ("item_imported", _("{actor} memasukkan entri ini dari berkas {name}.")),
    ("version_added", _("{actor} menambahkan berkas versi {number}: {name}.")),
    ("version_published", _("{actor} menerbitkan berkas versi {number}. {note}")),
    ("version_withdrawn", _("{actor} menarik berkas versi {number}: {reason}")),
    ("decree_written", _("{actor} mencatat surat keputusan {number}.")),
    ("test_drafted", _("{actor} menyusun lembar uji konsekuensi {code}.")),
    ("test_edited", _("{actor} mengubah lembar uji konsekuensi {code}.")),
    ("test_proposed", _("{actor} mengusulkan lembar uji konsekuensi {code}.")),
    ("test_opinion", _("{actor} mencatat pendapat tim pertimbangan tanggal {date}.")),
    ("test_returned", _("{actor} mengembalikan lembar uji: {reason}")),
    ("test_fixed", _("{actor} menetapkan lembar uji dengan keputusan {decree}, berlaku sampai {until}.")),
    ("test_ended", _("Lembar uji konsekuensi {code} berakhir: {reason}")),
    ("import_started", _("{actor} mengunggah daftar {name} ({rows} baris).")),
    ("import_done", _("Daftar {name} dimasukkan: {created} baru, {updated} diperbarui.")),
)
EVENTS = (
    ("item_returned", _("Usulan informasi dikembalikan")),
    ("items_fixed", _("Informasi ditetapkan")),
    ("items_soon", _("Informasi berkala segera harus diperbarui")),
    ("items_late", _("Informasi berkala terlambat diperbarui")),
    ("test_returned", _("Lembar uji konsekuensi dikembalikan")),
    ("test_fixed", _("Lembar uji konsekuensi ditetapkan")),
    ("test_expiring", _("Pengecualian segera berakhir")),
    ("test_ended", _("Pengecualian berakhir")),
)


def register() -> None:
    """Called once from `registration_keeping`."""
    for name, sentence in VERBS:
        verbs.register(f"information.{name}", sentence)
    for name, label in EVENTS:
        events.register(f"information.{name}", label)
