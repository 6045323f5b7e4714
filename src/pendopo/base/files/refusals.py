"""Saying no to a file: what it is, why it does not fit, what to do instead."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from pendopo.base.files.models import FileKind
from pendopo.kernel.errors import Refused


class FileRefused(Refused):
    """A file is not taken. The message is a whole Indonesian sentence for the person who chose the file."""


def wanted(allowed: frozenset[FileKind]) -> str:
    """What may be handed in, in words."""
    if allowed == {FileKind.IMAGE}:
        return _("foto JPG, PNG, WebP, atau HEIC")
    if allowed == {FileKind.IMAGE, FileKind.PDF}:
        return _("foto (JPG, PNG, WebP, HEIC) atau PDF")
    names = {
        FileKind.IMAGE: _("foto (JPG, PNG, WebP, HEIC)"), FileKind.PDF: "PDF", FileKind.DOCX: "Word (DOCX)",
        FileKind.XLSX: "Excel (XLSX)", FileKind.CSV: "CSV",
    }  # fmt: skip
    *others, last = (words for kind, words in names.items() if kind in allowed)
    if not others:
        return last
    return _("%(others)s atau %(last)s") % {"others": ", ".join(others), "last": last}


def empty(name: str) -> FileRefused:
    return FileRefused(_("“%(name)s” kosong. Pilih lagi berkasnya.") % {"name": name})


def too_large(name: str, size: int, limit: int) -> FileRefused:
    message = _("“%(name)s” berukuran %(size)s; paling besar %(limit)s. Kecilkan dulu, lalu pilih lagi.")
    return FileRefused(message % {"name": name, "size": filesizeformat(size), "limit": filesizeformat(limit)})


def too_many_pixels(name: str, limit: int) -> FileRefused:
    message = _(
        "“%(name)s” terlalu besar untuk dibuka; paling besar %(limit)d megapiksel. Kecilkan dulu fotonya."
    )
    return FileRefused(message % {"name": name, "limit": limit // 1_000_000})


def broken_photo(name: str) -> FileRefused:
    message = _("Foto “%(name)s” rusak atau tidak utuh. Ambil atau pilih foto lain.")
    return FileRefused(message % {"name": name})


def moving_picture(name: str) -> FileRefused:
    message = _("“%(name)s” adalah gambar GIF. Kirim sebagai foto JPG atau PNG.")
    return FileRefused(message % {"name": name})


def broken_pdf(name: str) -> FileRefused:
    message = _("PDF “%(name)s” rusak atau tidak berisi halaman. Buat ulang PDF-nya, lalu pilih lagi.")
    return FileRefused(message % {"name": name})


def locked_pdf(name: str) -> FileRefused:
    message = _(
        "PDF “%(name)s” terkunci. Buka di komputer atau ponsel Anda, simpan lagi lewat “Cetak ke PDF”,"
        " lalu pilih lagi."
    )
    return FileRefused(message % {"name": name})


def too_many_pages(name: str, pages: int, limit: int) -> FileRefused:
    message = _(
        "PDF “%(name)s” berisi %(pages)d halaman; paling banyak %(limit)d. Bagi menjadi beberapa PDF."
    )
    return FileRefused(message % {"name": name, "pages": pages, "limit": limit})


def not_checked(name: str) -> FileRefused:
    message = _(
        "“%(name)s” tidak selesai diperiksa: isinya rusak atau terlalu rumit. Simpan ulang, lalu pilih lagi."
    )
    return FileRefused(message % {"name": name})


def bad_pdf(name: str, problem: str) -> FileRefused:
    """`problem` as `children/pdf_inside.py` names it."""
    if problem == "locked":
        return locked_pdf(name)
    why = {
        "script": _("PDF “%(name)s” berisi program kecil (skrip) atau formulir XFA."),
        "launch": _("PDF “%(name)s” menjalankan sesuatu sendiri saat dibuka."),
        "attachment": _("PDF “%(name)s” menyimpan berkas lain di dalamnya."),
    }.get(problem)
    if why is None:
        return broken_pdf(name)
    again = _("Simpan lagi lewat “Cetak ke PDF”, lalu pilih lagi.")
    return FileRefused(f"{why % {'name': name}} {again}")


def bad_office(name: str, problem: str) -> FileRefused:
    """`problem` as `children/office_inside.py` names it."""
    messages = {
        "macro": _(
            "“%(name)s” berisi makro (program). Simpan sebagai DOCX atau XLSX tanpa makro, lalu pilih lagi."
        ),
        "locked": _("“%(name)s” terkunci kata sandi. Buka, hapus kata sandinya, simpan, lalu pilih lagi."),
        "object": _(
            "“%(name)s” menyimpan objek atau berkas lain di dalamnya. Ganti objek itu dengan gambar, atau simpan"
            " sebagai PDF."
        ),
        "link": _(
            "“%(name)s” mengambil isi dari berkas atau alamat lain. Putuskan tautannya (Edit Links, Break Link),"
            " simpan, lalu pilih lagi."
        ),
        "dde": _(
            "“%(name)s” berisi rumus atau isian yang menjalankan program (DDE). Hapus, lalu pilih lagi."
        ),
        "bomb": _("“%(name)s” terlalu besar bila dibuka. Bagi menjadi beberapa berkas, lalu pilih lagi."),
        "large": _(
            "“%(name)s” memiliki lembar dengan terlalu banyak baris atau kolom. Hapus baris dan kolom yang tidak"
            " terpakai, lalu pilih lagi."
        ),
    }
    broken = _("“%(name)s” rusak atau tidak utuh. Buka, simpan ulang, lalu pilih lagi.")
    return FileRefused(messages.get(problem, broken) % {"name": name})


def bad_csv(name: str, problem: str) -> FileRefused:
    messages = {
        "binary": _("“%(name)s” bukan teks CSV. Simpan sebagai CSV UTF-8, lalu pilih lagi."),
        "long": _("“%(name)s” terlalu panjang untuk CSV. Bagi menjadi beberapa berkas, lalu pilih lagi."),
        "shape": _(
            "“%(name)s” bukan tabel CSV: kolomnya tidak terbaca. Simpan ulang sebagai CSV, lalu pilih lagi."
        ),
        "dde": _("“%(name)s” berisi rumus yang menjalankan program (DDE). Hapus, lalu pilih lagi."),
    }
    return FileRefused(messages[problem] % {"name": name})


def wrong_kind(name: str, found: str, allowed: frozenset[FileKind]) -> FileRefused:
    """`found` is a key of WHAT (see sniff); unknown content is only said not to fit."""
    what = _what().get(found, "")
    values = {"name": name, "what": what, "wanted": wanted(allowed)}
    if not what:
        return FileRefused(_("“%(name)s” bukan %(wanted)s. Pilih berkas lain.") % values)
    if found == "office" and allowed & {FileKind.DOCX, FileKind.XLSX}:
        message = _(
            "“%(name)s” ternyata %(what)s (DOC atau XLS). Simpan sebagai DOCX atau XLSX, lalu pilih lagi."
        )
        return FileRefused(message % values)
    if (
        found in {"zip", "office"}
        and FileKind.PDF in allowed
        and not allowed & {FileKind.DOCX, FileKind.XLSX}
    ):
        message = _("“%(name)s” ternyata %(what)s. Simpan dulu sebagai PDF, lalu pilih lagi.")
        return FileRefused(message % values)
    message = _("“%(name)s” ternyata %(what)s, bukan %(wanted)s. Pilih berkas lain.")
    return FileRefused(message % values)


def _what() -> dict[str, str]:
    return {
        "image": _("foto"),
        "pdf": _("PDF"),
        "docx": _("dokumen Word"),
        "xlsx": _("dokumen Excel"),
        "csv": _("tabel CSV"),
        "pptx": _("presentasi PowerPoint"),
        "odf": _("dokumen OpenDocument (ODT atau ODS)"),
        "svg": _("gambar SVG"),
        "html": _("halaman web"),
        "zip": _("arsip ZIP atau dokumen Office"),
        "office": _("dokumen Office lama"),
        "video": _("video"),
        "audio": _("rekaman suara"),
        "program": _("program"),
        "tiff": _("gambar TIFF"),
        "bmp": _("gambar BMP"),
    }
