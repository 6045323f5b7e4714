"""Files of the demo city's lists: plain PDF pages and spreadsheets, made by code, a few milliseconds each."""

import datetime as dt
import io
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pydyf
from openpyxl import Workbook

_PAGE = (595, 842)  # A4 in points
_LEFT, _TOP, _LEADING = 64, 770, 15
_WIDE = 88  # letters of 10 point Helvetica that fit between the margins
_LINES = 46


@dataclass(frozen=True)
class Contents:
    """What a file says, whatever its form."""

    title: str
    office: str
    paragraphs: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def text(self) -> str:
        """All words, as reading the file gives them."""
        table = [" ".join(self.header), *(" ".join(row) for row in self.rows)]
        return "\n".join([self.title, self.office, *self.paragraphs, *table])


def pdf(contents: Contents, *, made_on: dt.date) -> tuple[bytes, int]:
    """A PDF of text pages and how many pages it has."""
    lines = _lines(contents, made_on)
    document = pydyf.PDF()
    font = pydyf.Dictionary(
        {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding"}
    )
    bold = pydyf.Dictionary({**font, "BaseFont": "/Helvetica-Bold"})
    document.add_object(font)
    document.add_object(bold)
    pages = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    for number, page in enumerate(pages, start=1):
        stream = _stream(page, f"{number} / {len(pages)}")
        document.add_object(stream)
        document.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": document.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, *_PAGE]),
                    "Contents": stream.reference,
                    "Resources": pydyf.Dictionary(
                        {"Font": pydyf.Dictionary({"F1": font.reference, "F2": bold.reference})}
                    ),
                }
            )
        )
    document.info["Title"] = pydyf.String(contents.title)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue(), len(pages)


def _lines(contents: Contents, made_on: dt.date) -> list[tuple[str, str]]:
    """Font and words of each line."""
    lines = [("F2", line) for line in textwrap.wrap(contents.title.upper(), 60)]
    lines += [("F1", contents.office), ("F1", f"Kota Sukamaju, {made_on:%d-%m-%Y}"), ("F1", "")]
    for paragraph in contents.paragraphs:
        lines += [("F1", line) for line in textwrap.wrap(paragraph, _WIDE)]
        lines.append(("F1", ""))
    if contents.rows:
        lines.append(("F2", "   ".join(contents.header)))
        lines += [("F1", "   ".join(row)) for row in contents.rows]
    return lines


def _stream(lines: Sequence[tuple[str, str]], foot: str) -> pydyf.Stream:
    stream = pydyf.Stream(compress=True)
    stream.begin_text()
    y = float(_TOP)
    for font, words in lines:
        stream.set_font_size(font, 10)
        stream.set_text_matrix(1, 0, 0, 1, _LEFT, y)
        stream.show_text_string(_plain(words))
        y -= _LEADING
    stream.set_font_size("F1", 8)
    stream.set_text_matrix(1, 0, 0, 1, _PAGE[0] - 90, 40)
    stream.show_text_string(foot)
    stream.end_text()
    return stream


def _plain(words: str) -> str:
    return words.replace("–", "-").encode("latin-1", "replace").decode("latin-1")


def xlsx(contents: Contents, *, made_on: dt.date) -> bytes:
    """A workbook with one sheet: title, header, rows."""
    book = Workbook(write_only=True)
    book.properties.title = contents.title
    book.properties.creator = contents.office
    book.properties.created = dt.datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001
    sheet = book.create_sheet("Data")
    sheet.append([contents.title])
    sheet.append(list(contents.header))
    for row in contents.rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WORKS = (
    "Pelayanan administrasi", "Pemeliharaan gedung", "Peningkatan kemampuan pegawai", "Penyuluhan masyarakat",
    "Pendataan dan pemutakhiran", "Pengadaan perlengkapan", "Pemantauan lapangan", "Penyusunan laporan",
    "Koordinasi dengan kecamatan", "Perbaikan sarana", "Pelayanan keliling", "Pembinaan kelompok warga",
)  # fmt: skip
_PLACES = (
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Mawar",
    "Dahlia",
    "Flamboyan",
    "Teratai",
    "Kamboja",
    "Seruni",
)


def contents_for(
    title: str, summary: str, office: str, duties: str, year: int, rng: random.Random
) -> Contents:
    """Words and figures that fit a title: nothing real, nothing personal."""
    budget = rng.randrange(900, 48_000)
    share = rng.randrange(71, 99)
    works = rng.sample(_WORKS, 6)
    paragraphs = [
        summary,
        f"{office} mengurus {duties.rstrip('.')}.",
        f"Pada tahun {year} tersedia anggaran Rp{budget} juta. Sampai akhir masa laporan terpakai {share} persen.",
        f"Kegiatan terbesar adalah {works[0].lower()}; kegiatan yang belum selesai adalah {works[1].lower()}.",
        "Keterangan lebih lanjut dapat diminta melalui PPID pada jam kerja tanpa dipungut biaya.",
    ]
    rows = [
        (
            f"{n}. {work}",
            f"Kelurahan {rng.choice(_PLACES)}",
            str(rng.randrange(2, 400)),
            str(rng.randrange(10, 900)),
        )
        for n, work in enumerate(works, start=1)
    ]
    return Contents(title, office, paragraphs, ("Kegiatan", "Lokasi", "Jumlah", "Rp juta"), rows)
