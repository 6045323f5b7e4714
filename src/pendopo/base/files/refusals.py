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
    if allowed == {FileKind.PDF}:
        return _("PDF")
    return _("foto (JPG, PNG, WebP, HEIC) atau PDF")


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


def wrong_kind(name: str, found: str, allowed: frozenset[FileKind]) -> FileRefused:
    """`found` is a key of WHAT (see sniff); unknown content is only said not to fit."""
    what = _what().get(found, "")
    values = {"name": name, "what": what, "wanted": wanted(allowed)}
    if not what:
        return FileRefused(_("“%(name)s” bukan %(wanted)s. Pilih berkas lain.") % values)
    if found in {"zip", "office"} and FileKind.PDF in allowed:
        message = _("“%(name)s” ternyata %(what)s. Simpan dulu sebagai PDF, lalu pilih lagi.")
        return FileRefused(message % values)
    message = _("“%(name)s” ternyata %(what)s, bukan %(wanted)s. Pilih berkas lain.")
    return FileRefused(message % values)


def _what() -> dict[str, str]:
    return {
        "image": _("foto"),
        "pdf": _("PDF"),
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
