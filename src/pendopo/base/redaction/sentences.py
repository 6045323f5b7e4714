"""The engine's codes in words for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "NIK": _("NIK"),
    "KK": _("nomor kartu keluarga"),
    "NPWP": _("NPWP"),
    "PHONE": _("nomor telepon"),
    "EMAIL": _("alamat surel"),
    "ACCOUNT": _("nomor rekening"),
    "PLATE": _("nomor kendaraan"),
    "NUMBER": _("deret 16 angka"),
    "PHRASE": _("kata yang dicari"),
}

_SENTENCES: dict[str, str | Promise] = {
    "locked": _("Berkas terkunci kata sandi. Simpan lagi tanpa kata sandi, lalu unggah ulang."),
    "broken": _("Berkas rusak dan tidak dapat dibaca. Buat ulang berkasnya."),
    "broken_page": _("Halaman ini rusak dan tidak dapat dibaca. Buat ulang PDF-nya."),
    "too_many_pages": _("PDF ini %(pages)s halaman; paling banyak %(limit)s. Bagi menjadi beberapa berkas."),
    "page_too_large": _("Ukuran halaman ini terlalu besar. Cetak ulang ke ukuran A3 atau lebih kecil."),
    "box_empty": _("Kotak ini tidak berukuran. Isi lebar dan tinggi lebih dari nol."),
    "box_outside": _("Kotak ini di luar halaman. Periksa nomor halaman dan letaknya."),
    "too_slow": _("Berkas terlalu rumit untuk dikerjakan sekaligus. Bagi menjadi beberapa berkas."),
    "crashed": _("Berkas tidak dapat dikerjakan: isinya rusak atau terlalu berat. Buat ulang PDF-nya."),
    "pages_differ": _("Jumlah halaman hasil tidak sama dengan aslinya."),
    "odd_structure": _("Berkas hasil memuat sesuatu selain gambar halaman dan teks yang tersisa."),
    "not_solid": _("Ada kotak yang tidak sepenuhnya hitam."),
    "text_recovered": _("Teks di bawah kotak masih dapat dibaca dari berkas hasil."),
    "still_elsewhere": _(
        "Nomor yang dihitamkan di tempat lain masih terbaca di halaman ini. Periksa apakah perlu dihitamkan juga."
    ),
    "half_covered": _(
        "Ada huruf yang hanya tertutup sebagian dan mungkin masih terbaca mata. Lihat hasilnya, perbesar kotaknya."
    ),
    "text_under_box": _("Ada teks di bawah bagian yang hitam; teks itu masih dapat disalin."),
    "text_unseen": _("Ada teks yang tidak terlihat tetapi dapat disalin."),
    "text_outside": _("Ada teks di luar batas halaman yang dapat disalin."),
    "annotation_over": _("Bagian hitam di halaman ini hanya catatan tempelan; siapa pun dapat menggesernya."),
    "redact_mark": _("Ada tanda penghapusan yang belum diterapkan."),
    "box_over": _("Kotak hitam hanya digambar di atas isi; isi di bawahnya masih utuh."),
    "image_over_text": _("Ada gambar yang menutupi teks; teks di bawahnya masih dapat disalin."),
    "image_cropped": _("Ada gambar yang hanya tampil sebagian; bagian lainnya masih tersimpan di berkas."),
    "attachment": _("Ada berkas lain di dalam berkas ini."),
    "script": _("Ada skrip atau makro di dalam berkas ini."),
    "hidden_layer": _("Ada lapisan yang disembunyikan."),
    "metadata_personal": _("Keterangan berkas memuat surel atau nomor pribadi."),
    "author": _("Keterangan berkas menyebut nama pembuatnya."),
    "comment": _("Ada komentar di dalam berkas ini."),
    "old_version": _("Versi lama masih tersimpan di dalam berkas dan memuat kata yang sudah dihapus."),
    "odd_file": _("Susunan berkas tidak dapat diperiksa seluruhnya. Cetak ulang ke PDF, lalu periksa lagi."),
    "archive_too_large": _("Isi berkas terlalu besar untuk diperiksa."),
    "hidden_sheet": _("Ada lembar tersembunyi: “%(name)s”."),
    "hidden_row": _("Ada baris tersembunyi."),
    "hidden_column": _("Ada kolom tersembunyi."),
    "pivot_data": _("Tabel pivot membawa salinan data asalnya."),
    "external_link": _("Ada tautan ke berkas lain di komputer kantor."),
    "tracked_change": _("Riwayat perubahan (track changes) masih tersimpan; terima atau tolak dahulu."),
    "unknown_kind": _("Jenis berkas ini tidak dapat diperiksa. Simpan sebagai PDF, XLSX, DOCX, atau CSV."),
}


def kind(code: str) -> str:
    return str(KINDS.get(code, code))


def sentence(code: str, values: Mapping[str, Any], page: int = 0) -> str:
    """A whole sentence, with the page when there is one."""
    if code == "personal":
        count = int(values.get("count", 1))
        words = ngettext("Ada %(count)s %(kind)s.", "Ada %(count)s %(kind)s.", count)
        said = words % {"count": count, "kind": kind(str(values.get("kind", "")))}
    else:
        said = str(_SENTENCES[code]) % values
    return gettext("Halaman %(page)s: %(said)s") % {"page": page, "said": said} if page else said
