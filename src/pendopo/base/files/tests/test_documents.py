"""Documents offices publish: what is taken, and what is refused with a sentence that says what to do."""

import io

import pytest
from django.core.files.uploadedfile import UploadedFile

from pendopo.base.files import child, csvs, fields, refusals, testing
from pendopo.base.files.actions import store
from pendopo.base.files.children import office_inside, pdf_inside
from pendopo.base.files.examine import DATA, DOCUMENTS, IMAGES_AND_PDFS, PDFS, examine
from pendopo.base.files.models import File
from pendopo.base.files.refusals import FileRefused
from pendopo.base.files.testing import BAD_OFFICE, BAD_PDFS, docx_file, pdf, rezipped, upload, xlsx_file
from pendopo.base.files.tests import nasty

TABLE = "Nama;Jumlah\nJalan Melati;5\nJalan Kenanga;7\n"


def refusal(data: bytes, allowed=DOCUMENTS, name: str = "berkas") -> str:
    with pytest.raises(FileRefused) as caught:
        examine(upload(data, name), allowed)
    return str(caught.value)


@pytest.mark.django_db
def test_documents_are_kept_as_they_came_under_names_that_tell_the_truth(now, shelf) -> None:
    for data, given, kind, name in (
        (pdf("Anggaran"), "Anggaran.PDF", "PDF", "Anggaran.pdf"),
        (testing.attached("faktur.xml", "<a/>"), "faktur", "PDF", "faktur.pdf"),
        (docx_file("Keputusan"), "Keputusan.zip", "DOCX", "Keputusan.docx"),
        (xlsx_file(("a", "b"), (1, 2)), "data.xls", "XLSX", "data.xlsx"),
        (TABLE.encode(), "jalan.txt", "CSV", "jalan.csv"),
    ):
        file = store(upload=upload(data, given), by=None, now=now, allowed=DOCUMENTS)
        assert (file.kind, file.name) == (kind, name)
        assert (shelf / file.key).read_bytes() == data
        assert file.key.endswith(name.rpartition(".")[2])
    assert set(File.objects.values_list("content_type", flat=True)) == {
        "application/pdf", "text/csv",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }  # fmt: skip


def test_who_took_photos_and_pdfs_takes_nothing_more() -> None:
    for data in (docx_file("x"), xlsx_file((1, 2))):
        assert "ternyata arsip ZIP atau dokumen Office. Simpan dulu sebagai PDF" in refusal(
            data, IMAGES_AND_PDFS
        )
    assert "bukan PDF" in refusal(TABLE.encode(), PDFS)
    scripted = BAD_PDFS["script at opening"]()
    assert examine(upload(scripted, "a.pdf"), PDFS).data == scripted  # as before: only ever downloaded
    with pytest.raises(FileRefused, match="skrip"):
        examine(upload(scripted, "a.pdf"), PDFS, thorough=True)


def test_every_pdf_that_would_act_by_itself_is_found() -> None:
    told = {what: pdf_inside.main(make(), 9)["problem"] for what, make in BAD_PDFS.items()}
    launches = {"program started", "address called", "address called, told elsewhere"}
    attachments = {"program inside", "program under another name"}
    assert told == {
        what: "launch" if what in launches else "attachment" if what in attachments else "script"
        for what in BAD_PDFS
    }
    jump = "/OpenAction << /S /GoTo /D [100 0 R /Fit] >>"
    link = (
        "/Annots [10 0 R]",
        ("<< /Subtype /Link /Rect [0 0 9 9] /P 100 0 R /A << /S /URI /URI (http://a.id) >> >>",),
    )
    assert pdf_inside.main(pdf("a", catalog=jump, page=link[0], objects=link[1]), 9) == {
        "problem": "",
        "pages": 1,
    }


def test_a_bad_pdf_is_refused_with_a_sentence(settings) -> None:
    again = "Simpan lagi lewat “Cetak ke PDF”, lalu pilih lagi."
    assert refusal(BAD_PDFS["XFA form"](), name="a.pdf") == (
        f"PDF “a.pdf” berisi program kecil (skrip) atau formulir XFA. {again}"
    )
    assert refusal(BAD_PDFS["program started"](), name="a.pdf").endswith(f"saat dibuka. {again}")
    assert refusal(BAD_PDFS["program inside"](), name="a.pdf").endswith(f"berkas lain di dalamnya. {again}")
    assert "terkunci" in refusal(nasty.locked_pdf(), name="a.pdf")
    assert "rusak" in refusal(pdf()[:200], name="a.pdf")
    assert "rusak" in refusal(b"%PDF-1.7\n" + b"\0" * 900)
    assert refusal(b"bukan apa-apa", name="a.pdf") == (
        "“a.pdf” bukan PDF, Word (DOCX), Excel (XLSX) atau CSV. Pilih berkas lain."
    )
    settings.PDF_MAX_PAGES = 2
    assert "berisi 3 halaman; paling banyak 2" in refusal(pdf("a", "b", "c"))


def test_every_bad_office_document_is_refused_with_a_sentence() -> None:
    """Each in this process, so that it is quick; two of them through the child, as it is in use."""
    for what, (words, make) in BAD_OFFICE.items():
        if what == "a password of Office":
            assert words in refusal(make()), what
            continue
        told = office_inside.main(make())
        assert told["problem"] and words in str(refusals.bad_office("x", told["problem"])), (what, told)
    assert "berisi makro" in refusal(BAD_OFFICE["old macros"][1](), DATA)
    assert "tidak utuh" in refusal(BAD_OFFICE["half of it"][1](), DATA)


def test_office_documents_of_other_kinds_are_named() -> None:
    assert refusal(testing.old_container("WordDocument"), name="a.doc") == (
        "“a.doc” ternyata dokumen Office lama (DOC atau XLS). Simpan sebagai DOCX atau XLSX, lalu pilih lagi."
    )
    slides = rezipped(
        docx_file("x"),
        changed={"[Content_Types].xml": ("wordprocessingml.document", "presentationml.presentation")},
    )
    assert "ternyata presentasi PowerPoint" in refusal(slides)
    assert "ternyata dokumen Word, bukan Excel (XLSX) atau CSV" in refusal(docx_file("x"), DATA)
    assert "ternyata arsip ZIP" in refusal(nasty.zipped())
    assert "ternyata PDF, bukan Excel" in refusal(pdf(), DATA)
    assert "ternyata program" in refusal(b"MZ" + b"\0" * 200)


def test_links_that_only_who_reads_follows_are_no_reason_to_refuse() -> None:
    for kind, target in (("hyperlink", "https://contoh.id"), ("attachedTemplate", "file:///C:/surat.dotx")):
        data = rezipped(docx_file("x"), added={"word/x/_rels/a.xml.rels": testing.relation(kind, target)})
        assert office_inside.main(data) == {"kind": "DOCX", "problem": ""}


def test_tables_are_told_by_their_columns() -> None:
    windows = "Nama,Kafé\nJalan “Melati”,5\n".encode("cp1252")
    for data, encoding, delimiter, columns in (
        (TABLE.encode(), "utf-8-sig", ";", 2),
        (b"\xef\xbb\xbf" + TABLE.encode(), "utf-8-sig", ";", 2),
        (windows, "cp1252", ",", 2),
        (b"a\tb\tc\r\n1,5\t2\t3\r\n", "utf-8-sig", "\t", 3),
        (b'"a;b",c\n"d\ne",f\n', "utf-8-sig", ",", 2),
        (b"BMI;umur\n20;30\n", "utf-8-sig", ";", 2),
    ):
        assert examine(upload(data, "t.csv"), DATA).kind == "CSV"
        table = csvs.read(data, name="t")
        assert (table.encoding, table.delimiter, table.columns) == (encoding, delimiter, columns)
    assert list(csvs.read(windows, name="t").rows()) == [["Nama", "Kafé"], ["Jalan “Melati”", "5"]]


def test_what_is_no_table_is_refused(monkeypatch) -> None:
    for data, words in (
        (b"a;b\n1;\0\n", "bukan Excel"),  # a NUL at once: something else
        (b"a;b\n" * 200 + b"1;\0\n", "bukan teks CSV"),
        (TABLE.encode("utf-16"), "Simpan sebagai CSV UTF-8"),
        (b"a;b\n\x81;2\n", "bukan teks CSV"),
        (b"Halo, Budi.\nKami kirim surat.\nSalam, Sari, dan semua.\n", "bukan tabel CSV"),
        (b"a;b\n=cmd|'/c calc'!A1;2\n", "DDE"),
        (b"a;b\n" * 99 + b'"' + b"1;2\n" * 50_000, "bukan tabel CSV"),
        (nasty.HTML, "halaman web"),
        (b"#!/bin/sh\na;b\n", "program"),
    ):
        assert words in refusal(data, DATA, "t.csv"), data[:30]
    monkeypatch.setattr(csvs, "MAX_LINES", 3)
    assert "terlalu panjang" in refusal(TABLE.encode() + b"a;1\n", DATA, "t.csv")
    monkeypatch.setattr(csvs, "MAX_LINE", 10)
    assert "terlalu panjang" in refusal(TABLE.encode(), DATA, "t.csv")


def test_documents_above_the_limit_are_refused_unread(settings) -> None:
    class Unread(UploadedFile):
        def read(self, *args: object) -> bytes:
            raise AssertionError("read")

    settings.DOCUMENT_MAX_MB, settings.PDF_MAX_MB = 2, 1
    with pytest.raises(FileRefused, match="paling besar 2,0"):
        examine(Unread(io.BytesIO(), "a.xlsx", size=3 * 1024 * 1024), DOCUMENTS)
    assert "paling besar 1,0" in refusal(pdf() + b"\0" * 1_500_000)


def test_a_child_that_fails_costs_only_a_sentence(monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(child, "SECONDS", 0.001)
        assert "tidak selesai diperiksa" in refusal(xlsx_file((1, 2)))
    monkeypatch.setattr(child, "MEMORY", 40 * 1024 * 1024)
    assert "tidak selesai diperiksa" in refusal(pdf())


def test_damage_anywhere_never_breaks_the_server() -> None:
    whole = xlsx_file((1, 2))
    for place in range(0, len(whole), 40):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        assert set(office_inside.main(bytes(damaged))) == {"kind", "problem"}


def test_fields_say_and_take_what_fits() -> None:
    document, data, proof = fields.PublicDocumentField(), fields.DataField(), fields.ProofField()
    assert document.clean(upload(docx_file("x"), "a.docx")).kind == "DOCX"
    assert str(data.help_text) == "Excel (XLSX) atau CSV, paling besar 20 MB."
    assert data.widget.attrs["accept"] == ".xlsx,.csv"
    for field, bad in ((data, pdf()), (proof, BAD_PDFS["script at opening"]()), (proof, docx_file("x"))):
        with pytest.raises(fields.ValidationError):
            field.clean(upload(bad, "a"))
    assert proof.clean(upload(nasty.picture(), "ktp.jpg")).thorough
