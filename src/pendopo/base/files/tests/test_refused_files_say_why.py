import importlib
import io

import pytest
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from pendopo.base.files import heic, images
from pendopo.base.files.examine import IMAGES, IMAGES_AND_PDFS, PDFS, examine, shown_name
from pendopo.base.files.refusals import FileRefused
from pendopo.base.files.tests import nasty
from pendopo.base.files.tests.nasty import HEIC, HTML, SVG, locked_pdf, pdf, picture, upload
from pendopo.kernel.errors import Refused


def refusal(data: bytes, allowed=IMAGES, name: str = "foto.jpg") -> str:
    with pytest.raises(FileRefused) as caught:
        examine(upload(data, name), allowed)
    assert isinstance(caught.value, Refused)  # views know how to show it
    return str(caught.value)


def gif(frames: int) -> bytes:
    out = io.BytesIO()
    shots = [Image.new("P", (20, 20), number) for number in range(frames)]
    shots[0].save(out, "GIF", save_all=True, append_images=shots[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "“foto.jpg” kosong. Pilih lagi berkasnya."),
        (nasty.zipped(), "“foto.jpg” ternyata arsip ZIP atau dokumen Office, bukan foto JPG, PNG, WebP, atau HEIC."),
        (SVG, "ternyata gambar SVG"),
        (b"\xef\xbb\xbf  \n<SVG onload=alert(1)>", "ternyata gambar SVG"),
        (HTML, "ternyata halaman web"),
        (pdf(), "ternyata PDF"),
        (gif(3), "gambar GIF. Kirim sebagai foto JPG atau PNG."),
        (gif(1), "gambar GIF"),
        (b"MZ" + b"\0" * 200, "ternyata program"),
        (b"\0\0\0\x20ftypmp42" + b"\0" * 200, "ternyata video"),
        (b"RIFF\0\0\0\0AVI " + b"\0" * 200, "ternyata video"),
        (b"halo", "bukan foto"),
        (b"\0" * 5000, "bukan foto"),
        (b"GIF89a" + picture(), "gambar GIF"),
        (picture()[:-300], "rusak atau tidak utuh"),
        (picture()[:30], "rusak atau tidak utuh"),
        (picture("PNG")[:60], "rusak atau tidak utuh"),
        (picture("WEBP")[:40], "rusak atau tidak utuh"),
        (HEIC[:-40], "rusak atau tidak utuh"),
        (HEIC[:40], "rusak atau tidak utuh"),
        (b"\xff\xd8\xff" + HTML * 50, "rusak atau tidak utuh"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 3000, "rusak atau tidak utuh"),
        (nasty.bomb_png(), "paling besar 50 megapiksel. Kecilkan dulu"),
        (nasty.bomb_png(7_500), "paling besar 50 megapiksel. Kecilkan dulu"),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_photo_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(pages=0), "tidak berisi halaman"),
        (pdf()[:80], "rusak"),
        (b"%PDF-1.7\n" + b"\0" * 500, "rusak"),
        (b"x" + pdf(), "bukan PDF"),
        (locked_pdf(), "terkunci. Buka di komputer atau ponsel Anda"),
        (nasty.zipped(), "Simpan dulu sebagai PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "dokumen Office lama. Simpan dulu sebagai PDF"),
        (picture(), "ternyata foto, bukan PDF"),
        (HTML, "ternyata halaman web, bukan PDF"),
    ],
)
def test_what_is_not_a_pdf_that_opens_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    assert words in refusal(data, PDFS, "surat.pdf")


def test_a_broken_pdf_is_not_called_locked_because_the_last_one_was() -> None:
    assert "terkunci" in refusal(locked_pdf(), PDFS, "surat.pdf")
    assert "tidak berisi halaman" in refusal(pdf(pages=0), PDFS, "surat.pdf")


def test_half_a_photo_is_refused_also_where_letters_are_printed() -> None:
    importlib.import_module("pendopo.base.letters.printer")  # its library would let half a photo pass
    assert "tidak utuh" in refusal(picture()[:200])


def test_a_pdf_is_kept_as_it_came() -> None:
    data = pdf(pages=3)
    document = examine(upload(data, "Surat Keputusan.PDF"), IMAGES_AND_PDFS)
    assert (document.kind, document.data, document.name) == ("PDF", data, "Surat Keputusan.pdf")
    assert (document.width, document.thumbnail) == (None, b"")


class Unread(UploadedFile):
    """A file of 60 MB that must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("the whole file was read into memory")


def test_sixty_megabytes_are_refused_without_reading_them(settings) -> None:
    large = Unread(io.BytesIO(), "kamera.jpg", size=60 * 1024 * 1024)
    with pytest.raises(FileRefused) as caught:
        examine(large, IMAGES)
    assert str(caught.value).replace("\xa0", " ") == (
        "“kamera.jpg” berukuran 60,0 MB; paling besar 15,0 MB. Kecilkan dulu, lalu pilih lagi."
    )
    settings.PHOTO_MAX_MB, settings.PDF_MAX_MB = 1, 3
    data = picture(size=(10, 10)) + b"\0" * 2_000_000
    assert "paling besar 1,0" in refusal(data)
    assert "paling besar 1,0" in refusal(
        data, IMAGES_AND_PDFS
    )  # within the limit of PDFs, above that of photos


def test_the_claimed_name_and_type_mean_nothing() -> None:
    photo = examine(upload(picture(), "skrip.php", "application/x-php"), IMAGES)
    assert photo.name == "skrip.jpg"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Budi\\foto.jpg", "foto.jpg"),
        ("gpj\u202etxt.exe", "gpjtxt.exe"),
        ("a\x00b\r\nc.jpg", "ab c.jpg"),
        ("  .htaccess ", "htaccess"),
        ("foto 😀.jpg", "foto 😀.jpg"),
        ("\ud800.jpg", "jpg"),
        ("x" * 300 + ".jpg", "x" * 60 + "…" + "x" * 15 + ".jpg"),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_name_is_made_fit_to_show(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_file_without_a_name_gets_one() -> None:
    nameless = upload(picture())
    nameless._name = "..."  # type: ignore[attr-defined]
    assert examine(nameless, IMAGES).name == "berkas.jpg"


def turned(whole: bytes, place: int) -> bytes:
    damaged = bytearray(whole)
    damaged[place] ^= 0xFF
    return bytes(damaged)


def test_damage_anywhere_never_breaks_the_server() -> None:
    """Every third byte of a small file turned round, one at a time: taken or refused, never an error."""
    for whole, allowed in (
        (picture(size=(16, 16)), IMAGES),
        (picture("PNG", size=(16, 16)), IMAGES),
        (picture("WEBP", size=(16, 16)), IMAGES),
        (pdf(pages=2), PDFS),
    ):
        for place in range(0, len(whole), 3):
            try:
                examine(upload(turned(whole, place)), allowed)
            except FileRefused as refused:
                assert str(refused).endswith(".")


def test_a_heic_that_crashes_its_decoder_is_only_refused() -> None:
    """With this byte turned round libheif dies of SIGSEGV; in the web process it would take everybody along."""
    assert "rusak atau tidak utuh" in refusal(turned(HEIC, 177))


def test_a_heic_that_takes_too_long_or_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 1000)
    assert "terlalu besar untuk dibuka" in refusal(HEIC)
    monkeypatch.setattr(heic, "SECONDS", 0.001)
    assert "rusak atau tidak utuh" in refusal(HEIC)


def test_only_two_photos_are_opened_at_a_time(monkeypatch) -> None:
    free: list[int] = []
    plain = images._picture

    def watched(image: Image.Image) -> images.Picture:
        free.append(images._slots._value)
        return plain(image)

    monkeypatch.setattr(images, "_picture", watched)
    examine(upload(picture()), IMAGES)
    assert (free, images._slots._value) == ([1], 2)
