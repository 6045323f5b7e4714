import pytest

from pendopo.base.files import child, texts
from pendopo.base.files.actions import store, store_image
from pendopo.base.files.examine import DOCUMENTS
from pendopo.base.files.models import FileKind
from pendopo.base.files.public import Extracted, TextUnreadable, extract
from pendopo.base.files.testing import docx_file, pdf, upload, xlsx_file
from pendopo.base.files.tests.nasty import picture

pytestmark = pytest.mark.django_db


def words_of(data: bytes, now) -> Extracted:
    return extract(store(upload=upload(data, "a"), by=None, now=now, allowed=DOCUMENTS))


def test_the_words_of_every_kind_are_read(now) -> None:
    assert words_of(pdf("Anggaran Jalan", "Halaman dua"), now) == Extracted(
        "Anggaran Jalan\nHalaman dua", 2, False
    )
    letter = docx_file(
        "Keputusan", "Kedua", header="PEMERINTAH KOTA", table=(("No", "Nama"), ("1", "Melati"))
    )
    assert words_of(letter, now) == Extracted(
        "PEMERINTAH KOTA\nKeputusan\nKedua\nNo\tNama\n1\tMelati", None, False
    )
    book = xlsx_file(
        ("Nama", "Jumlah"), ("Jalan", 1.5), (None, "=A1"), hidden=(("rahasia",),), title="Data 2026"
    )
    assert words_of(book, now) == Extracted("Data 2026\nNama\tJumlah\nJalan\t1.5", 1, False)
    table = words_of("Nama;Kafé\nMelati;5\n".encode("cp1252"), now)
    assert table == Extracted("Nama\tKafé\nMelati\t5", None, False)


def test_a_scan_and_a_photo_have_no_words(now) -> None:
    assert words_of(pdf(), now) == Extracted("", 1, False)
    assert extract(store_image(upload=upload(picture(), "a.jpg"), by=None, now=now)).text == ""


def test_long_texts_are_cut_and_say_so() -> None:
    for data, kind in (
        (pdf(*["kata " * 10] * 9), FileKind.PDF),
        (docx_file(*["kata " * 10] * 9), FileKind.DOCX),
        (xlsx_file(*[("kata " * 10, "x")] * 9), FileKind.XLSX),
        (("kata;" * 10 + "\n").encode() * 9, FileKind.CSV),
    ):
        short = texts.extract_from(data, kind, max_letters=100)
        assert 90 <= len(short.text) <= 100 and short.truncated, kind


def test_postgresql_takes_what_was_read() -> None:
    dirty = "a\x00b\x1f \ud800c\u202ed\r\n\r\n\r\n  e\u200b  f\ufffe\r\ng\x9f\ufdd0"
    assert texts.clean(dirty) == "ab cd\n\ne fg\ufdd0"


def test_a_document_that_hangs_crashes_or_is_broken_is_only_unreadable(monkeypatch) -> None:
    for data, kind in (
        (b"%PDF-1.7", FileKind.PDF), (b"PK\x03\x04", FileKind.XLSX), (b"x", FileKind.DOCX), (b"\0", FileKind.CSV),
    ):  # fmt: skip
        with pytest.raises(TextUnreadable):
            texts.extract_from(data, kind)
    monkeypatch.setattr(child, "SECONDS", 0.001)
    with pytest.raises(TextUnreadable):
        texts.extract_from(pdf("a"), FileKind.PDF)
