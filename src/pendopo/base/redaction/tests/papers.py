"""PDF files of every kind an office hands in, made from a seed: fonts, sizes, turned and cropped pages, columns, kerned
text, forms inside forms, invisible and white text, letters that lie about themselves, comments, attachments.
"""

import random
import zlib
from dataclasses import dataclass, field

WORDS = [
    "surat",
    "permohonan",
    "informasi",
    "publik",
    "kepada",
    "pejabat",
    "pengelola",
    "tentang",
    "anggaran",
    "belanja",
    "kegiatan",
    "pembangunan",
    "jalan",
    "kelurahan",
    "kecamatan",
    "tahun",
    "rincian",
    "pengadaan",
    "barang",
    "jasa",
    "nilai",
    "kontrak",
    "pelaksana",
    "pekerjaan",
    "alamat",
    "pemohon",
    "dengan",
    "hormat",
    "bersama",
    "ini",
    "kami",
    "sampaikan",
    "bahwa",
    "data",
    "berikut",
    "dikecualikan",
    "sesuai",
    "ketentuan",
    "yang",
    "berlaku",
]
FONTS = ("Helvetica", "Times-Roman", "Courier", "Helvetica-Bold", "Times-Italic")


@dataclass
class Paper:
    """A file, and what must never be read again after its secrets are blackened."""

    data: bytes
    secrets: list[str] = field(default_factory=list)


def pdf(
    pages: list[bytes],
    *,
    size: tuple[float, float] = (595.28, 841.89),
    page_more: str = "",
    root_more: str = "",
    more: dict[int, bytes] | None = None,
    info: str = "",
    resources: str = "",
) -> bytes:
    """A PDF with one content for each page. `more` are further objects by number, from 50; fonts are /F0 to /F5."""
    fonts = " ".join(f"/F{index} {10 + index} 0 R" for index in range(len(FONTS) + 1))
    kids = " ".join(f"{100 + 2 * index} 0 R" for index in range(len(pages)))
    objects: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {root_more} >>".encode(),
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        **{
            10
            + index: f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
            for index, name in enumerate(FONTS)
        },
        10 + len(FONTS): b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 20 0 R >>",
        20: stream(_lying()),
        **(more or {}),
    }
    if info:
        objects[30] = f"<< {info} >>".encode()
    for index, content in enumerate(pages):
        objects[100 + 2 * index] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {101 + 2 * index} 0 R "
            f"/Resources << /Font << {fonts} >> {resources} >> {page_more} >>"
        ).encode()
        objects[101 + 2 * index] = stream(content)
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, words in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + words + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    last = f"/Size {max(places) + 1} /Root 1 0 R" + (" /Info 30 0 R" if info else "")
    out += f"trailer\n<< {last} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(data: bytes, head: str = "") -> bytes:
    packed = zlib.compress(data)
    return (
        f"<< /Length {len(packed)} /Filter /FlateDecode {head} >>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )


def show(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 12,
    font: int = 0,
    mode: int = 0,
    kerned: bool = False,
    turn: str = "1 0 0 1",
) -> bytes:
    """Text at a place, in one piece or letter by letter with kerning."""
    if kerned:
        shown = "[" + " ".join(f"({_escaped(sign)}) {-20 * (i % 3)}" for i, sign in enumerate(text)) + "] TJ"
    else:
        shown = f"({_escaped(text)}) Tj"
    return f"BT /F{font} {size} Tf {mode} Tr {turn} {x} {y} Tm {shown} ET\n".encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _lying() -> bytes:
    """A font whose letters are read as other letters than those drawn: each as its successor."""
    rows = "\n".join(f"<{code:02x}> <{code + 1:04x}>" for code in range(0x30, 0x7A))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"74 beginbfchar\n{rows}\nendbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def black(x: float, y: float, w: float, h: float) -> bytes:
    return f"q 0 g {x} {y} {w} {h} re f Q\n".encode()


# --- numbers of people who do not exist ----------------------------------------------------------------------------


def nik(rng: random.Random, *, woman: bool = False) -> str:
    day = rng.randint(1, 28) + (40 if woman else 0)
    return (
        f"33{rng.randint(1, 76):02d}{rng.randint(1, 20):02d}{day:02d}{rng.randint(1, 12):02d}{rng.randint(0, 99):02d}"
        f"{rng.randint(1, 9999):04d}"
    )


def spread(rng: random.Random, digits: str) -> str:
    """As people type it: in one piece, or in groups with spaces, dots or dashes."""
    sign = rng.choice(["", "", " ", ".", "-", " - "])
    step = rng.choice([4, 6])
    return sign.join(digits[at : at + step] for at in range(0, len(digits), step))


def personal(rng: random.Random) -> tuple[str, str, str]:
    """(kind, words before, the number as written)."""
    kind = rng.choice(["NIK", "NIK", "KK", "NPWP", "PHONE", "EMAIL", "ACCOUNT"])
    tail = "".join(rng.choice("0123456789") for _ in range(9))
    if kind in {"NIK", "KK"}:
        word = {
            "NIK": rng.choice(["NIK", "NIK:", "No. KTP", "pemohon"]),
            "KK": rng.choice(["No. KK", "Kartu Keluarga:"]),
        }
        return kind, word[kind], spread(rng, nik(rng, woman=rng.random() < 0.5))
    if kind == "NPWP":
        a = f"{rng.randint(10, 99)}{tail[:7]}{rng.randint(100000, 999999)}"
        return (
            kind,
            "NPWP",
            f"{a[:2]}.{a[2:5]}.{a[5:8]}.{a[8]}-{a[9:12]}.{a[12:]}" if rng.random() < 0.7 else a,
        )
    if kind == "PHONE":
        start = rng.choice(["08", "+628", "628", "+62 8", "+62-8", "(+62) 8"])
        body = f"{rng.choice('1235789')}{tail[: rng.randint(7, 9)]}"
        glue = rng.choice(["", "-", " ", "."])
        return (
            kind,
            rng.choice(["HP", "telepon", "WA:"]),
            start + body[:2] + glue + body[2:6] + glue + body[6:],
        )
    if kind == "EMAIL":
        return (
            kind,
            "surel",
            f"{rng.choice(WORDS)}.{rng.choice(WORDS)}{tail[:3]}@{rng.choice(['mail', 'kota-uji'])}.example",
        )
    bank = rng.choice(["rekening BRI", "No. Rek. BCA", "Bank Mandiri a.n. pemohon", "nomor rekening"])
    return kind, bank, spread(rng, tail + rng.choice(["", "1", "123456"]))


# --- whole papers --------------------------------------------------------------------------------------------------


def paper(seed: int) -> Paper:
    """One to three pages with secrets in one of many layouts; the same seed gives the same bytes."""
    rng = random.Random(seed)
    secrets: list[str] = []
    size = rng.choice([(595.28, 841.89), (612.0, 792.0), (841.89, 595.28), (420.0, 595.0), (300.5, 400.25)])
    turn = rng.choice([0, 0, 0, 90, 180, 270])
    crop = rng.choice(["", "", f"/CropBox [20 30 {size[0] - 15} {size[1] - 25}]"])
    more: dict[int, bytes] = {}
    pages = [_page(rng, size, secrets, more) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    page_more = f"/Rotate {turn} {crop}"
    if rng.random() < 0.3:
        note = f"rahasia{rng.randint(10**6, 10**7)}"
        secrets.append(note)
        more[50] = f"<< /Type /Annot /Subtype /Text /Rect [5 5 25 25] /Contents ({note}) >>".encode()
        page_more += " /Annots [50 0 R]"
    root = ""
    if rng.random() < 0.2:
        note = f"lampiran{rng.randint(10**6, 10**7)}"
        secrets.append(note)
        more[51] = stream(note.encode(), "/Type /EmbeddedFile")
        more[52] = b"<< /Type /Filespec /F (data.txt) /EF << /F 51 0 R >> >>"
        root = "/Names << /EmbeddedFiles << /Names [(data.txt) 52 0 R] >> >>"
    info = f"/Author (Pembuat{rng.randint(10**6, 10**7)})" if rng.random() < 0.5 else ""
    if info:
        secrets.append(info[9:-1])
    inner = "/XObject << /X0 60 0 R >>" if 60 in more else ""
    data = pdf(pages, size=size, page_more=page_more, root_more=root, more=more, info=info, resources=inner)
    return Paper(data, secrets)


def _page(rng: random.Random, size: tuple[float, float], secrets: list[str], more: dict[int, bytes]) -> bytes:
    columns = rng.choice([1, 1, 2])
    letter = rng.choice([6, 8, 10, 11, 12, 14])
    lead = letter * rng.choice([1.0, 1.15, 1.5])
    width = (size[0] - 80) / columns
    out = b""
    for column in range(columns):
        y = size[1] - 60 - letter
        while y > 60:
            words, secret = _line(rng, int(width / (letter * 0.62)))
            x = 40 + column * width
            if secret:
                secrets.append(secret)
            out += _set(rng, words, x, y, letter, more, secret=bool(secret))
            y -= lead
    return out


def _line(rng: random.Random, room: int) -> tuple[str, str]:
    """Words of a line and the secret among them: digits that stand nowhere else."""
    secret = "".join(rng.choice("23456789") for _ in range(12)) if rng.random() < 0.12 and room > 16 else ""
    words = [secret] if secret else [rng.choice(WORDS)]
    while len(" ".join(words)) < room - 12:
        words.insert(rng.randint(0, len(words)), rng.choice(WORDS))
    return " ".join(words), secret


def _set(
    rng: random.Random, words: str, x: float, y: float, size: float, more: dict[int, bytes], *, secret: bool
) -> bytes:
    font = rng.randrange(len(FONTS))
    way = rng.random()
    if way < 0.2:
        return show(words, x, y, size=size, font=font, kerned=True)
    if way < 0.26:
        return show(words, x, y, size=size, font=font, mode=3)
    if way < 0.32:
        return b"1 g " + show(words, x, y, size=size, font=font) + b"0 g\n"
    if way < 0.37 and not secret:
        return show(words, x, y, size=size, font=len(FONTS))
    if way < 0.42:
        return b"0.5 0.2 0.7 rg " + show(words, x, y, size=size, font=font) + b"0 g\n"
    if way < 0.5 and 60 not in more:
        fonts = " ".join(f"/F{index} {10 + index} 0 R" for index in range(len(FONTS)))
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 3000 3000] /Resources << /Font << {fonts} >> >>"
        more[60] = stream(show(words, 0, size, size=size, font=font), head)
        return f"q 1 0 0 1 {x} {y - size} cm /X0 Do Q\n".encode()
    if way < 0.54:
        return show(words, x, y, size=size, font=font, turn="0.998 0.05 -0.05 0.998")
    return show(words, x, y, size=size, font=font)
