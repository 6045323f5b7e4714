"""Sentences that pages on a phone say by themselves, when no server can be asked."""

from django.utils.translation import gettext as _


def words_for_reports() -> dict[str, str]:
    """What `offline.js` says about drafts and reports on this phone."""
    return {
        "draft": _("Draf"),
        "waiting": _("Menunggu jaringan"),
        "sent": _("Terkirim"),
        "refused": _("Perlu diperbaiki"),
        "untitled": _("Laporan tanpa cerita"),
        "secret": _("Laporan rahasia; isinya sudah dihapus dari ponsel ini"),
        "edit": _("Lanjutkan"),
        "repair": _("Perbaiki"),
        "remove": _("Hapus dari ponsel ini"),
        "sure": _("Hapus laporan ini dari ponsel? Yang belum terkirim akan hilang."),
        "follow": _("Ikuti laporan ini"),
        "number": _("Nomor %(code)s") % {"code": "{code}"},
        "later": _("Dicoba lagi pukul {time}."),
        "kept": _("Tersimpan di ponsel ini pukul {time}."),
        "queued": _("Laporan disimpan dan dikirim sendiri begitu ada jaringan. Halaman ini boleh ditutup."),
        "online": _("Ponsel Anda terhubung ke jaringan."),
        "offline": _("Tidak ada jaringan. Tulis saja; laporan dikirim sendiri begitu ada jaringan."),
        "full": _("Ponsel tidak dapat menyimpan lagi. Hapus laporan yang sudah terkirim, lalu coba lagi."),
        "photo": _("Foto {n}"),
        "drop": _("Buang foto {n}"),
        "category": _("Pilih satu hal yang ingin Anda laporkan."),
        "text": _("Ceritakan sedikit lebih lengkap, paling sedikit 10 huruf."),
        "place": _("Pilih kelurahan, atau ambil lokasi Anda."),
        "landmark": _(
            "Tulis alamat atau patokan, atau ambil lokasi Anda, supaya petugas menemukan tempatnya."
        ),
        "problem": _("Laporan ini belum dapat diterima. Perbaiki yang ditandai, lalu kirim lagi."),
    }


def words_for_field() -> dict[str, str]:
    """What `field.js` says on the phone of an officer."""
    return {
        "none": _("Belum ada tugas yang disimpan di ponsel ini."),
        "saved": _("{n} tugas disimpan di ponsel ini sampai {time}."),
        "failed": _("Tugas belum tersimpan. Periksa jaringan, lalu tekan lagi."),
        "dropped": _("Tugas dihapus dari ponsel ini."),
        "waiting": _("Menunggu jaringan"),
        "sent": _("Terkirim"),
        "refused": _("Belum diterima"),
        "changed": _("Keadaannya sekarang:"),
        "again": _("Tetap kirim"),
        "remove": _("Hapus dari ponsel ini"),
        "sure": _("Hapus kabar ini dari ponsel? Yang belum terkirim akan hilang."),
        "queued": _("Kabar disimpan dan dikirim sendiri begitu ada jaringan."),
        "empty": _("Tulis catatan atau sertakan foto."),
        "signin": _("Masuk dulu supaya kabar dapat dikirim."),
        "photo": _("Foto laporan"),
        "due": _("Batas {date}"),
        "unsent": _("{n} kabar belum terkirim."),
    }
