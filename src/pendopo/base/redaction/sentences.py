"""The engine's codes in words for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

KINDS: dict[str, str | Promise] = {
    "NIK": lazy("NIK"),
    "KK": lazy("nomor kartu keluarga"),
    "NPWP": lazy("NPWP"),
    "PHONE": lazy("nomor telepon"),
    "EMAIL": lazy("alamat surel"),
    "ACCOUNT": lazy("nomor rekening"),
    "PLATE": lazy("nomor kendaraan"),
    "NUMBER": lazy("deret 16 angka"),
    "PHRASE": lazy("kata yang dicari"),
}

_SENTENCES: dict[str, str | Promise] = {
    "locked": lazy("Berkas terkunci kata sandi. Simpan lagi tanpa kata sandi, lalu unggah ulang."),
    "broken": lazy("Berkas rusak dan tidak dapat dibaca. Buat ulang berkasnya."),
    "broken_page": lazy("Halaman ini rusak dan tidak dapat dibaca. Buat ulang PDF-nya."),
    "too_many_pages": lazy(
        "PDF ini %(pages)s halaman; paling banyak %(limit)s. Bagi menjadi beberapa berkas."
    ),
    "page_too_large": lazy("Ukuran halaman ini terlalu besar. Cetak ulang ke ukuran A3 atau lebih kecil."),
    "box_empty": lazy("Kotak ini tidak berukuran. Isi lebar dan tinggi lebih dari nol."),
    "box_outside": lazy("Kotak ini di luar halaman. Periksa nomor halaman dan letaknya."),
    "too_slow": lazy("Berkas terlalu rumit untuk dikerjakan sekaligus. Bagi menjadi beberapa berkas."),
    "crashed": lazy("Berkas tidak dapat dikerjakan: isinya rusak atau terlalu berat. Buat ulang PDF-nya."),
    "pages_differ": lazy("Jumlah halaman hasil tidak sama dengan aslinya."),
    "odd_structure": lazy("Berkas hasil memuat sesuatu selain gambar halaman dan teks yang tersisa."),
    "not_solid": lazy("Ada kotak yang tidak sepenuhnya hitam."),
    "text_recovered": lazy("Teks di bawah kotak masih dapat dibaca dari berkas hasil."),
    "still_elsewhere": lazy(
        "Nomor yang dihitamkan di tempat lain masih terbaca di halaman ini. Periksa apakah perlu dihitamkan juga."
    ),
    "half_covered": lazy(
        "Ada huruf yang hanya tertutup sebagian dan mungkin masih terbaca mata. Lihat hasilnya, perbesar kotaknya."
    ),
    "text_under_box": lazy("Ada teks di bawah bagian yang hitam; teks itu masih dapat disalin."),
    "text_unseen": lazy("Ada teks yang tidak terlihat tetapi dapat disalin."),
    "text_outside": lazy("Ada teks di luar batas halaman yang dapat disalin."),
    "annotation_over": lazy(
        "Bagian hitam di halaman ini hanya catatan tempelan; siapa pun dapat menggesernya."
    ),
    "redact_mark": lazy("Ada tanda penghapusan yang belum diterapkan."),
    "box_over": lazy("Kotak hitam hanya digambar di atas isi; isi di bawahnya masih utuh."),
    "attachment": lazy("Ada berkas lain di dalam berkas ini."),
    "script": lazy("Ada skrip atau makro di dalam berkas ini."),
    "hidden_layer": lazy("Ada lapisan yang disembunyikan."),
    "metadata_personal": lazy("Keterangan berkas memuat surel atau nomor pribadi."),
    "author": lazy("Keterangan berkas menyebut nama pembuatnya."),
    "comment": lazy("Ada komentar di dalam berkas ini."),
    "old_version": lazy("Versi lama masih tersimpan di dalam berkas dan memuat kata yang sudah dihapus."),
    "odd_file": lazy(
        "Susunan berkas tidak dapat diperiksa seluruhnya. Cetak ulang ke PDF, lalu periksa lagi."
    ),
    "archive_too_large": lazy("Isi berkas terlalu besar untuk diperiksa."),
    "hidden_sheet": lazy("Ada lembar tersembunyi: “%(name)s”."),
    "hidden_row": lazy("Ada baris tersembunyi."),
    "hidden_column": lazy("Ada kolom tersembunyi."),
    "pivot_data": lazy("Tabel pivot membawa salinan data asalnya."),
    "external_link": lazy("Ada tautan ke berkas lain di komputer kantor."),
    "tracked_change": lazy("Riwayat perubahan (track changes) masih tersimpan; terima atau tolak dahulu."),
    "unknown_kind": lazy("Jenis berkas ini tidak dapat diperiksa. Simpan sebagai PDF, XLSX, DOCX, atau CSV."),
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
    return _("Halaman %(page)s: %(said)s") % {"page": page, "said": said} if page else said
