"""The room's verbs of history and events of the outbox, in sentences."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs
from pendopo.base.notices import events

VERBS: tuple[tuple[str, object, object], ...] = (
    ("received", _("Laporan masuk ({channel})."), _("Laporan diterima.")),
    (
        "entered",
        _("{actor} mencatat laporan atas nama pelapor ({channel})."),
        _("Laporan dicatat petugas atas nama pelapor."),
    ),
    (
        "imported",
        _("{actor} memasukkan laporan dari berkas SP4N-LAPOR!."),
        _("Laporan diterima lewat SP4N-LAPOR!."),
    ),
    (
        "imported_ended",
        _("{actor} memasukkan riwayat dari berkas SP4N-LAPOR!: {status}."),
        _("Laporan ini berasal dari SP4N-LAPOR! dan sudah berakhir di sana: {status}."),
    ),
    ("brought_by_client", _("Laporan dibawa oleh aplikasi {client}."), None),
    ("photo_refused", _("Foto dari aplikasi lain tidak dapat dipakai: {reason}"), None),
    ("verified", _("{actor} memverifikasi laporan."), _("Laporan sudah diperiksa dan dinyatakan lengkap.")),
    ("assigned", _("{actor} meneruskan laporan ke {target}."), _("Laporan diteruskan ke {target}.")),
    (
        "assigned_automatically",
        _("Laporan diteruskan otomatis ke {target}."),
        _("Laporan diteruskan ke {target}."),
    ),
    ("returned", _("{actor} mengembalikan laporan dari {from}: {reason}"), None),
    ("taken", _("{actor} mengambil laporan ini."), None),
    ("started", _("{actor} mulai menindaklanjuti."), _("{office_name} mulai menindaklanjuti laporan.")),
    ("answered", _("{actor} mengirim jawaban kepada pelapor."), _("{office_name} mengirim jawaban.")),
    (
        "asked",
        _("{actor} meminta pelapor melengkapi informasi."),
        _("Petugas meminta pelapor melengkapi informasi."),
    ),
    ("replied", _("Pelapor membalas."), _("Pelapor melengkapi informasi.")),
    ("given", _("{actor} menyerahkan laporan ini kepada {to}."), None),
    ("snoozed", _("{actor} menunda laporan ini sampai {until}."), None),
    ("woken", _("{actor} mengakhiri penundaan laporan ini."), None),
    ("noted", _("{actor} menulis catatan internal."), None),
    ("task_added", _("{actor} meminta bantuan {target}."), None),
    ("task_done", _("{actor} ({target}) menyelesaikan bagiannya."), None),
    ("task_accepted", _("{actor} ({target}) menerima tugas."), None),
    ("task_returned", _("{actor} mengembalikan tugas {target}: {reason}"), None),
    ("task_cancelled", _("{actor} membatalkan tugas {target}: {reason}"), None),
    ("task_again", _("{actor} meminta {target} mengerjakan lagi."), None),
    ("task_noted", _("{actor} menulis pesan tentang tugas {target}."), None),
    ("link_made", _("{actor} membuat tautan tugas {target} untuk {role}."), None),
    ("link_revoked", _("{actor} mencabut tautan tugas {target} untuk {role}."), None),
    ("link_opened", _("Tautan tugas dibuka ({role})."), None),
    ("link_sent", _("{role} mengirim kabar lewat tautan tugas {target}: {kind}."), None),
    ("link_accepted", _("{actor} menerima kabar lewat tautan: {kind}."), None),
    ("link_refused", _("{actor} tidak memakai kabar lewat tautan: {kind}."), None),
    ("sheet_printed", _("{actor} membuka lembar disposisi untuk dicetak."), None),
    ("closing_proposed", _("{actor} mengusulkan penutupan dengan bukti."), None),
    ("closing_refused", _("{actor} mengembalikan usulan penutupan."), None),
    (
        "answer_checked",
        _("{actor} memeriksa bukti dan menyetujui penutupan."),
        _("{office_name} menyatakan laporan sudah dikerjakan. Pelapor diminta memeriksa."),
    ),
    (
        "closed_by_citizen",
        _("Pelapor menyatakan selesai."),
        _("Pelapor menyatakan laporan ini selesai."),
    ),
    ("closed_by_officer", _("{actor} menutup laporan."), _("Laporan ditutup petugas.")),
    (
        "closed_by_system",
        _("Sistem menutup laporan karena tidak ada tanggapan pelapor sampai batas waktu."),
        _("Laporan ditutup otomatis karena tidak ada tanggapan sampai batas waktu."),
    ),
    ("rated", _("Pelapor memberi nilai {stars} dari 5."), None),
    ("reopened", _("{actor} membuka lagi laporan ini."), _("Laporan dibuka lagi.")),
    ("archived", _("{actor} mengarsipkan laporan: {reason}."), _("Laporan diarsipkan: {reason}.")),
    (
        "forwarded",
        _("{actor} meneruskan laporan ke luar kewenangan: {target}."),
        _("Laporan diteruskan ke pihak yang berwenang: {target}."),
    ),
    ("merged", _("{actor} menggabungkan laporan {other} ke laporan ini."), None),
    ("unmerged", _("{actor} memisahkan laporan {other} dari laporan ini."), None),
    (
        "joined",
        _("{actor} menggabungkan laporan ini ke {other}."),
        _("Laporan digabung dengan laporan serupa dan dikerjakan bersama."),
    ),
    (
        "parted",
        _("{actor} memisahkan laporan ini dari {other}."),
        _("Laporan dipisahkan lagi dan dikerjakan tersendiri."),
    ),
    ("classified", _("{actor} mengubah kategori menjadi {category}, golongan {class}."), None),
    ("urgency_set", _("{actor} mengubah kemendesakan menjadi {urgency}."), None),
    ("moderated", _("{actor} mengubah tampilan publik (disembunyikan: {hidden})."), None),
    ("contact_viewed", _("{actor} melihat kontak pelapor. Keperluan: {purpose}"), None),
    ("contact_forgotten", _("Kontak pelapor dihapus dari laporan ini."), None),
    ("words_erased", _("Cerita, foto, dan balasan pelapor dihapus atas permintaannya."), None),
    ("buried", _("Laporan dihapus karena masa simpannya habis."), None),
    ("neighbour_said", _("Seorang warga menilai laporan ini: {said}."), None),
    ("reporter_said", _("Pelapor menilai laporan yang sudah ditutup: {said}."), None),
    ("overridden", _("{actor} menetapkan keadaan {status} di luar alur biasa."), None),
    ("taken_along", _("{actor} menyimpan {count} tugas di ponselnya."), None),
    ("rule_saved", _("{actor} menyimpan aturan disposisi {name}."), None),
    (
        "canned_saved",
        _("{actor} menyimpan jawaban siap pakai {name} (versi {number}, dipakai: {used})."),
        None,
    ),
    ("policy_saved", _("{actor} mengubah kebijakan disposisi otomatis."), None),
    ("demo_begun", _("Kota contoh mulai diisi laporan buatan."), None),
    (
        "sp4n_exported",
        _("{actor} mengunduh laporan {since} sampai {until} dalam bentuk SP4N, disamarkan."),
        None,
    ),
    (
        "sp4n_exported_everything",
        _("{actor} mengunduh seluruh isi laporan {since} sampai {until} dalam bentuk SP4N. Alasan: {reason}"),
        None,
    ),
    ("sp4n_file_read", _("{actor} memasukkan berkas SP4N-LAPOR! {name} ({rows} baris)."), None),
    ("exported", _("{actor} mengunduh daftar laporan ({count} baris)."), None),
)

EVENTS = (
    ("received", _("Laporan diterima")),
    ("progress", _("Laporan diteruskan")),
    ("answer", _("Jawaban kantor")),
    ("question", _("Pertanyaan kantor")),
    ("confirm", _("Mohon konfirmasi")),
    ("closed", _("Laporan selesai")),
    ("archived", _("Laporan diarsipkan")),
    ("forwarded", _("Laporan diteruskan ke luar kewenangan")),
    ("merged", _("Laporan digabungkan")),
    ("unmerged", _("Laporan dipisahkan lagi")),
    ("joined", _("Kabar laporan yang digabung")),
    ("joined_confirm", _("Laporan yang digabung dinyatakan selesai")),
    ("update", _("Kabar laporan yang diikuti")),
    ("phone", _("Kabar di ponsel pelapor")),
    ("phone_secret", _("Kabar di ponsel pelapor (rahasia)")),
    ("confirm_following", _("Konfirmasi mengikuti laporan")),
    ("assigned", _("Disposisi baru")),
    ("given", _("Tugas untuk Anda")),
    ("returned", _("Disposisi dikembalikan")),
    ("task", _("Tugas untuk kantor Anda")),
    ("task_done", _("Tugas kantor lain selesai")),
    ("tasks_done", _("Semua tugas selesai")),
    ("task_back", _("Tugas dikembalikan")),
    ("task_ended", _("Tugas dibatalkan")),
    ("task_note", _("Pesan tentang tugas")),
    ("task_soon", _("Tugas segera jatuh tempo")),
    ("task_late", _("Tugas lewat batas")),
    ("task_update", _("Kabar lewat tautan tugas")),
    ("check", _("Penutupan menunggu pemeriksaan")),
    ("closing_refused", _("Usulan penutupan dikembalikan")),
    ("replied", _("Pelapor membalas")),
    ("reopened", _("Laporan dibuka lagi")),
)


def register() -> None:
    """Called once from `apps.ready`."""
    for name, staff, citizen in VERBS:
        verbs.register(f"reports.{name}", staff, citizen)  # type: ignore[arg-type]
    for name, label in EVENTS:
        events.register(f"reports.{name}", label)
