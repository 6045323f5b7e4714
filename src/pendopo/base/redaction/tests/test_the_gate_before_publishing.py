"""Files blackened elsewhere, and office files: what speaks against publishing is said in whole sentences."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest

from pendopo.base.redaction import public
from pendopo.base.redaction.engine import burning, finding, inspecting, office
from pendopo.base.redaction.tests import papers

SECRET = "3372015203850007"
LINE = papers.show("Nama pemohon dirahasiakan", 60, 700)


def note(kind: str, *, look: bytes = b"0 g 0 0 400 40 re f", more: str = "") -> dict[str, Any]:
    head = "/Type /XObject /Subtype /Form /BBox [0 0 400 40]"
    words = f"<< /Type /Annot /Subtype /{kind} /Rect [40 690 440 730] /AP << /N 51 0 R >> {more} >>"
    return {
        "page_more": "/Annots [50 0 R]",
        "more": {50: words.encode(), 51: papers.stream(look, head)},
    }


def with_older_version() -> bytes:
    """The last version of the file writes its page anew; the first one is still inside."""
    first = papers.pdf([LINE])
    later = papers.stream(papers.show("Kosong", 60, 700))
    place = len(first)
    start = place + len(later) + len(b"101 0 obj\n\nendobj\n")
    table = first.rindex(b"xref\n0 1")
    tail = f"xref\n101 1\n{place:010d} 00000 n \ntrailer\n<< /Size 102 /Root 1 0 R /Prev {table} >>\n"
    return (
        first
        + b"101 0 obj\n"
        + later
        + b"\nendobj\n"
        + tail.encode()
        + f"startxref\n{start}\n%%EOF\n".encode()
    )


LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /O ("
    + b"x" * 32
    + b") /U ("
    + b"y" * 32
    + b") /P -4 >> /ID [(a) (a)]"
)
PDFS = {
    "a rectangle over text": (papers.pdf([LINE + papers.black(50, 690, 300, 30)]), {"text_under_box", "box_over"}),
    "a square annotation": (papers.pdf([LINE], **note("Square")), {"text_under_box", "annotation_over"}),
    "a black highlight": (papers.pdf([LINE], **note("Highlight")), {"text_under_box", "annotation_over"}),
    "white text": (papers.pdf([b"1 g " + LINE]), {"text_unseen"}),
    "text beside the page": (papers.pdf([papers.show("rahasia sekali", 700, 700)]), {"text_outside"}),
    "a script": (papers.pdf([LINE], root_more="/OpenAction << /S /JavaScript /JS (x) >>"), {"script"}),
    "an attachment": (papers.pdf([LINE], root_more="/AF [1 0 R]"), {"attachment"}),
    "a hidden layer": (papers.pdf([LINE], root_more="/OCProperties << /D << /OFF [1 0 R] >> >>"), {"hidden_layer"}),
    "an e-mail in the properties": (papers.pdf([LINE], info="/Author (a@kota.example)"), {"metadata_personal"}),
    "an older version": (with_older_version(), {"old_version"}),
    "a number": (papers.pdf([papers.show(SECRET, 60, 700)]), {"personal"}),
    "no PDF at all": (b"%PDF-1.7 rusak", {"broken"}),
    "a password": (papers.pdf([LINE]).replace(b"/Size", LOCK + b" /Size"), {"locked"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_what_a_pdf_hides_blocks_it(name: str) -> None:
    data, expected = PDFS[name]
    assert {one.code for one in inspecting.inspect(data) if one.block} == expected


def test_pictures_over_text_and_cut_pictures_are_told() -> None:
    checks = bytes(range(0, 256, 8)) * 8
    head = "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceGray /BitsPerComponent 8"
    for place, code in (("300 0 0 60 50 680", "image_over_text"), ("900 0 0 400 50 100", "image_cropped")):
        content = LINE + f"q {place} cm /X0 Do Q\n".encode()
        data = papers.pdf(
            [content], more={60: papers.stream(checks, head)}, resources="/XObject << /X0 60 0 R >>"
        )
        assert code in {one.code for one in inspecting.inspect(data) if not one.block}, code


def test_honest_design_passes() -> None:
    band = papers.black(50, 690, 300, 30) + b"1 g " + LINE
    assert inspecting.inspect(papers.pdf([band])) == []
    author = inspecting.inspect(papers.pdf([LINE], info="/Author (Bagian Umum)"))
    assert [(one.code, one.block) for one in author] == [("author", False)]
    source = papers.pdf([papers.show(f"NIK {SECRET} pemohon", 60, 700)])
    assert inspecting.inspect(burning.burn(source, [one.box for one in finding.find(source)])) == []


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nama", "NIK"])
    book.active.append(["Pemohon", SECRET])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Asli").sheet_state = "veryHidden"
    book.active["A1"].comment = openpyxl.comments.Comment("cek lagi", "petugas")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    made = docx.Document()
    run = made.add_paragraph("Telepon 0812-3456-7890 ").add_run("tersembunyi")
    run.font.hidden = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_office_files_are_looked_through() -> None:
    found = office.inspect(workbook())
    assert {one.code for one in found if one.block} == {
        "hidden_sheet", "hidden_row", "hidden_column", "comment", "personal",
    }  # fmt: skip
    assert {one.code for one in found if not one.block} == {"author"}
    assert {one.code for one in office.inspect(document())} == {"text_unseen", "personal", "author"}
    assert [one.values["kind"] for one in office.inspect_text(f"a;{SECRET}".encode())] == ["NIK"]


def test_overgrown_and_poisoned_archives_are_refused() -> None:
    for name, words, code in (
        ("xl/workbook.xml", b"0" * 40_000_000, "archive_too_large"),
        ("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "broken"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, words)
        assert [one.code for one in office.inspect(out.getvalue())] == [code]


def test_the_door_speaks_in_sentences() -> None:
    verdict = public.check_before_publishing(PDFS["a rectangle over text"][0])
    assert not verdict.ok
    assert verdict.notes[0].sentence == (
        "Halaman 1: Ada teks di bawah bagian yang hitam; teks itu masih dapat disalin."
    )
    assert public.check_before_publishing(b"tahun;anggaran\n2026;10\n").ok
    unknown = public.check_before_publishing(b"\x00\x01")
    assert [one.code for one in unknown.notes] == ["unknown_kind"]
