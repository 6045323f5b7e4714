"""Documents as offices write them, and documents somebody made to hurt. All are made here; none lies in git."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def pdf(*pages: str, catalog: str = "", page: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A PDF with one page for each of the words. `catalog` and `page` go into those dictionaries; `objects` get
    the numbers from 10 on, so that both may point to them."""
    words = pages or ("",)
    kids = " ".join(f"{100 + 2 * number} 0 R" for number in range(len(words)))
    parts = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(words)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **dict(enumerate(objects, start=10)),
    }
    for number, line in enumerate(words):
        place = 100 + 2 * number
        drawn = f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET"
        parts[place] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents {place + 1} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> >> {page} >>"
        )
        parts[place + 1] = f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    return _assembled(parts)


def _assembled(parts: dict[int, str]) -> bytes:
    out, table = b"%PDF-1.7\n", ""
    for number, words in sorted(parts.items()):
        table += f"{number} 1\n{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    tail = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size {max(parts) + 1} /Root 1 0 R >>\n"
    return out + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


def attached(name: str, content: str) -> bytes:
    """A PDF with a file inside."""
    stream = f"<< /Type /EmbeddedFile /Length {len(content)} >>\nstream\n{content}\nendstream"
    spec = f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F 10 0 R >> >>"
    return pdf(
        "lampiran", catalog="/Names << /EmbeddedFiles << /Names [(a) 11 0 R] >> >>", objects=(stream, spec)
    )


BAD_PDFS: dict[str, Callable[[], bytes]] = {
    "named script": lambda: pdf(
        catalog="/Names << /JavaScript << /Names [(a) 10 0 R] >> >>",
        objects=("<< /S /JavaScript /JS (app.alert\\(1\\)) >>",),
    ),
    "script at opening": lambda: pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    "script with a hidden name": lambda: pdf(catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
    "script on a page": lambda: pdf(page="/AA << /O << /S /JavaScript /JS (x) >> >>"),
    "script on a link": lambda: pdf(
        page="/Annots [10 0 R]",
        objects=("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (x) >> >>",),
    ),
    "script after a jump": lambda: pdf(
        catalog="/OpenAction << /S /GoTo /D [100 0 R /Fit] /Next << /S /JavaScript /JS (x) >> >>"
    ),
    "script in a field": lambda: pdf(
        catalog="/AcroForm << /Fields [10 0 R] >>",
        objects=("<< /FT /Tx /T (a) /Kids [11 0 R] >>", "<< /AA << /K << /S /JavaScript /JS (x) >> >> >>"),
    ),
    "script whose kind is elsewhere": lambda: pdf(
        catalog="/OpenAction << /S 10 0 R /X (x) >>", objects=("/JavaScript",)
    ),
    "address called, told elsewhere": lambda: pdf(
        page="/AA 10 0 R", objects=("<< /C 11 0 R >>", "<< /S /GoToR /F (\\\\\\\\contoh\\\\x.pdf) >>")
    ),
    "XFA form": lambda: pdf(
        catalog="/AcroForm << /Fields [] /XFA 10 0 R >>", objects=("<< /Length 3 >>\nstream\nxdp\nendstream",)
    ),
    "program started": lambda: pdf(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"),
    "address called": lambda: pdf(page="/AA << /O << /S /URI /URI (http://contoh.id/) >> >>"),
    "program inside": lambda: attached("faktur.exe", "MZ" + "x" * 100),
    "program under another name": lambda: attached("faktur.xml", "MZ" + "x" * 100),
}


def docx_file(*paragraphs: str, header: str = "", table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word document as an office writes it."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                cell.text = words
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_file(
    *rows: tuple[object, ...], hidden: tuple[tuple[object, ...], ...] = (), title: str = "Data"
) -> bytes:
    """An Excel workbook; `hidden` are the rows of a second, hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if hidden:
        secret = book.create_sheet("Sembunyi")
        secret.sheet_state = "hidden"
        for row in hidden:
            secret.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(
    data: bytes,
    *,
    added: dict[str, bytes] | None = None,
    changed: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """The same archive with parts added, and words within parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if changed and entry.filename in changed:
                old, new = (words.encode() for words in changed[entry.filename])
                if old not in content:
                    raise ValueError(f"{entry.filename} has no {old!r}")
                content = content.replace(old, new, 1)
            target.writestr(entry.filename, content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    words = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{_PACKAGE}">{words}</Relationships>'.encode()


def flagged_as_encrypted(data: bytes) -> bytes:
    """Every part says that it is encrypted, as ZIP programs do with a password."""
    marked = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(magic)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(magic, at + 4)
    return bytes(marked)


def old_container(*streams: str) -> bytes:
    """The container of Office 97, with the names of its streams."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + "\0".join(streams).encode("utf-16-le")
        + b"\0" * 512
    )


_SHEET = "xl/worksheets/sheet1.xml"
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DD</w:instrText></w:r>'
    '<w:r><w:instrText>EAUTO c:\\cmd.exe "/k calc"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;&b;&b;</x>'
_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"


def letter() -> bytes:
    return docx_file("Surat")


def sheet() -> bytes:
    return xlsx_file(("Nama", "Jumlah"), ("Jalan", 5))


# What is wrong → (words of the sentence, document).
BAD_OFFICE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macros, told by the type": (
        "berisi makro",
        lambda: rezipped(letter(), changed={_TYPES: (_PLAIN_TYPE, _MACRO_TYPE)}),
    ),
    "macros, told by the part": (
        "berisi makro",
        lambda: rezipped(sheet(), added={"xl/vbaProject.bin": b"x"}),
    ),
    "old macros": ("berisi makro", lambda: rezipped(sheet(), added={"xl/macrosheets/sheet1.xml": b"<x/>"})),
    "an OLE object": (
        "objek atau berkas lain",
        lambda: rezipped(letter(), added={"word/embeddings/o.bin": b"x"}),
    ),
    "an archive inside": (
        "objek atau berkas lain",
        lambda: rezipped(letter(), added={"word/media/image1.png": rezipped(letter())}),
    ),
    "a page of the web inside": (
        "objek atau berkas lain",
        lambda: rezipped(
            letter(), added={"word/x/_rels/a.xml.rels": relation("aFChunk", "a.html", outside=False)}
        ),
    ),
    "a template from outside": (
        "Putuskan tautannya",
        lambda: rezipped(
            letter(),
            added={"word/x/_rels/a.xml.rels": relation("attachedTemplate", "http://contoh.id/a.dotm")},
        ),
    ),
    "another workbook": (
        "Putuskan tautannya",
        lambda: rezipped(sheet(), added={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
    ),
    "DDE in a formula": (
        "DDE",
        lambda: rezipped(sheet(), changed={_SHEET: ("<v>5</v>", "<f>cmd|'/c calc'!A0</f><v>5</v>")}),
    ),
    "DDE in a field": (
        "DDE",
        lambda: rezipped(letter(), changed={"word/document.xml": ("<w:p>", f"{_FIELD}<w:p>")}),
    ),
    "entities": ("rusak", lambda: rezipped(sheet(), added={"xl/x.xml": _BOMB})),
    "a part that unpacks a thousandfold": (
        "terlalu besar bila dibuka",
        lambda: rezipped(sheet(), added={"xl/media/a.bin": b"\0" * 3_000_000}),
    ),
    "very many parts": (
        "terlalu besar bila dibuka",
        lambda: rezipped(sheet(), added={f"xl/media/{number}.bin": b"" for number in range(3001)}),
    ),
    "elements within elements": (
        "terlalu besar bila dibuka",
        lambda: rezipped(sheet(), added={"xl/x.xml": b"<a>" * 300 + b"</a>" * 300}),
    ),
    "a claimed size beyond sense": (
        "terlalu banyak baris atau kolom",
        lambda: rezipped(sheet(), changed={_SHEET: ('ref="A1:B2"', 'ref="A1:XFD1048576"')}),
    ),
    "a cell at the far end": (
        "terlalu banyak baris atau kolom",
        lambda: rezipped(sheet(), changed={_SHEET: ('r="B2"', 'r="XFD1048576"')}),
    ),
    "a name that leaves the folder": ("rusak", lambda: rezipped(sheet(), added={"../../etc/cron.d/x": b"x"})),
    "a name from the root": ("rusak", lambda: rezipped(sheet(), added={"/etc/passwd": b"x"})),
    "the same part twice": ("rusak", lambda: rezipped(sheet(), added={"XL/workbook.xml": b"<x/>"})),
    "a password on the ZIP": ("terkunci kata sandi", lambda: flagged_as_encrypted(sheet())),
    "a password of Office": (
        "terkunci kata sandi",
        lambda: old_container("EncryptionInfo", "EncryptedPackage"),
    ),
    "half of it": ("rusak", lambda: sheet()[:-600]),
}
