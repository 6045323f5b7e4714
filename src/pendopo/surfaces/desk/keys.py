"""The single keys of the desk, for the help page, the help dialog and the tests. `static/js/keys.js` obeys them."""

from django.utils.translation import gettext_lazy as _

KEYS = (
    ("J", _("Baris berikutnya")),
    ("K", _("Baris sebelumnya")),
    ("Enter", _("Buka baris yang terpilih")),
    ("X", _("Centang atau hapus centang baris")),
    ("/", _("Ke kotak pencarian")),
    ("A", _("Teruskan atau ambil")),
    ("R", _("Jawab pelapor")),
    ("N", _("Catatan internal")),
    ("M", _("Gabungkan")),
    ("S", _("Ke daftar tindakan")),
    ("Shift + Enter", _("Simpan dan lanjut ke kasus berikutnya")),
    ("Z", _("Ke tombol Batalkan")),
    ("?", _("Tampilkan daftar ini")),
)
