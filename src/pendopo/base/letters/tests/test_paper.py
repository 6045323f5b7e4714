"""The paper itself: tagged for who cannot see it, embedded fonts, nothing loaded from outside."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from pendopo.base.letters import papers, printer, public, testing
from pendopo.base.letters.kinds import table
from pendopo.base.letters.papers import Signatory
from pendopo.base.organizations.testing import Government

SIGNATORY = Signatory("Kepala Dinas\nselaku PPID", "Pejabat Contoh, M.Si.", "19700101 199503 1 001")


def tags(element: Any) -> Iterator[tuple[str, Any]]:
    """(structure type, element) of the whole tag tree."""
    found = element.get_object()
    for one in found if isinstance(found, list) else [found]:
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, dict):
            if "/S" in one:
                yield one["/S"], one
            if "/K" in one:
                yield from tags(one["/K"])


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


@pytest.fixture
def notice(government: Government, now: dt.datetime, settings: Any) -> bytes:
    """A letter on several pages, with words that try to be more than words."""
    settings.PUBLIC_URL = "https://ppid.example"
    nasty = (
        "{{ settings }} {% load x %} <script>alert(1)</script> <img src=file:///etc/passwd> <svg/onload=x>"
    )
    rows = [
        [str(n), "Rekening", "Pasal 17 huruf h", nasty if n == 1 else "Rahasia pribadi"] for n in range(1, 60)
    ]
    context = {
        **testing.NOTICE.samples,
        "keterangan": nasty,
        "tabel_penghitaman": table(["Halaman", "Bagian", "Dasar", "Alasan"], rows),
    }
    letter = testing.a_letter(
        testing.NOTICE, office=government.intake, now=now, context=context, signatory=SIGNATORY,
        copies="Sekretaris Daerah", enclosure="1 berkas",
    )  # fmt: skip
    return public.bytes_of(letter)


def test_a_letter_can_be_read_by_everybody(notice: bytes) -> None:
    pdf = read(notice)
    root = pdf.trailer["/Root"]
    assert (
        root["/Lang"] == "id"
        and root["/MarkInfo"]["/Marked"]
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
    )
    assert pdf.metadata and pdf.metadata.title == (
        "Pemberitahuan tertulis atas permohonan 0012/PPID/III/2026 – 487/0001/PPID/III/2026"
    )
    known = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in known and 'pdfaid:part="2" pdfaid:conformance="A"' in known
    found = list(tags(root["/StructTreeRoot"]["/K"]))
    count = Counter(kind for kind, _element in found)
    assert count["/H1"] == 1 and count["/H2"] == 2
    pages = sum(
        "Dasar Alasan" in page.extract_text() for page in pdf.pages
    )  # the head stands on each of them
    assert pages > 1 and count["/TH"] == 4 * pages and count["/TD"] == 4 * 59
    assert count["/L"] == 1 and count["/LI"] == 2 and count["/P"] > 8
    figures = [element for kind, element in found if kind == "/Figure"]
    assert len(figures) == 1 and "https://ppid.example/surat/" in figures[0]["/Alt"]
    first = [kind for kind, _element in found if kind in {"/H1", "/H2", "/H3"}]
    assert first == ["/H1", "/H2", "/H2"]


def test_every_font_travels_with_the_letter(notice: bytes) -> None:
    for page in read(notice).pages:
        fonts = page["/Resources"]["/Font"]
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner)


def test_words_stay_words(notice: bytes) -> None:
    said = " ".join(text_of(notice).split())
    assert said.count("{{ settings }} {% load x %} <script>alert(1)</script>") >= 1
    for part in (
        "<img",
        "file:///etc/passwd>",
        "<svg/onload=x>",
        "Nomor : 487/0001/PPID/III/2026",
        "Lampiran : 1 berkas",
    ):
        assert part in said
    for part in (
        "PEMERINTAH KOTA UJI",
        "DINAS KOMUNIKASI DAN INFORMATIKA",
        "Uji, 9 Maret 2026",
        "NIP 19700101 199503 1 001",
    ):
        assert part in said
    assert "root:" not in said and "/JavaScript" not in notice.decode("latin-1")
    assert "Halaman 2 dari" in said


def test_the_printer_loads_nothing_from_outside(tmp_path: Any) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi rahasia")
    page = (
        '<html lang="id"><title>x</title><link rel="attachment" href="URI"><style>@import url(URI);</style>'
        '<object data="URI"></object><img alt="a" src="URI"><img alt="b" src="data:image/svg+xml,<svg/>">'
        "<p>halo</p></html>"
    ).replace("URI", secret.as_uri())
    made = printer.printed(page, {})
    assert b"rahasia" not in made and "/EmbeddedFiles" not in made.decode("latin-1")
    assert text_of(made).split() == ["halo", "ab"]  # a picture that is not there shows its words


def test_the_same_letter_is_the_same_file(government: Government, now: dt.datetime) -> None:
    def made() -> bytes:
        return public.preview(
            testing.RECEIPT.key,
            title="Tanda Bukti",
            body="Halo **{{ nama }}**",
            office=government.intake,
            now=now,
        )

    one, two = made(), made()
    assert text_of(one) == text_of(two) and len(one) == len(two)
    assert "hanya contoh" in text_of(one) and "Rina Contoh" in text_of(one)


def test_a_letterhead_shows_what_the_office_says(government: Government, now: dt.datetime) -> None:
    office = government.intake
    papers.Letterhead.objects.create(office=office, address="Jalan Merdeka 5", place="Sukamaju")
    said = text_of(public.bytes_of(testing.a_letter(office=office, now=now)))
    assert "Jalan Merdeka 5" in said and "Sukamaju, 9 Maret 2026" in said
    root = testing.a_letter(office=government.root, now=now, once="akar")
    assert text_of(public.bytes_of(root)).count("PEMERINTAH KOTA UJI") == 1
