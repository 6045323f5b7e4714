"""Writing the blackened PDF. One picture and one invisible text for each page, and nothing else: no time, no names,
no identifiers. The same input gives the same bytes, so a proof can write a file again and compare.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

FONT_UNIT = 0.5  # every sign is half the font size wide


@dataclass(frozen=True)
class Raster:
    """The picture of a page: "jpeg-grey", "jpeg-colour", "grey4" (sixteen greys, deflated) or "few4" (sixteen
    colours of the `palette`, three bytes each, deflated)."""

    form: str
    width: int
    height: int
    data: bytes
    palette: bytes = b""


@dataclass(frozen=True)
class Word:
    """A kept word: pen's start and direction (a unit vector) on the page as shown, its length and size in points."""

    text: str
    x: float
    y: float
    dx: float
    dy: float
    length: float
    size: float


@dataclass(frozen=True)
class Leaf:
    width: float
    height: float
    raster: Raster
    content: bytes


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) > 0.0005 else "0"


def content_of(width: float, height: float, words: Iterable[Word], codes: dict[str, int]) -> bytes:
    """The page's drawing: its picture over the whole page, then the words in mode 3 (invisible)."""
    lines = [f"q {number(width)} 0 0 {number(height)} 0 0 cm /I Do Q"]
    for word in words:
        signs = "".join(f"{codes[sign]:04x}" for sign in word.text + " ")
        stretch = max(1.0, min(1000.0, 100 * word.length / (FONT_UNIT * word.size * len(word.text))))
        turn = " ".join(number(v) for v in (word.dx, -word.dy, word.dy, word.dx, word.x, height - word.y))
        lines.append(f"BT 3 Tr /T {number(word.size)} Tf {number(stretch)} Tz {turn} Tm <{signs}> Tj ET")
    return ("\n".join(lines) + "\n").encode()


_NUMBER = r"-?\d+(?:\.\d{1,3})?"
_PICTURE = re.compile(rf"q ({_NUMBER}) 0 0 ({_NUMBER}) 0 0 cm /I Do Q")
_WORD = re.compile(
    rf"BT 3 Tr /T {_NUMBER} Tf {_NUMBER} Tz (?:{_NUMBER} ){{6}}Tm <((?:[0-9a-f]{{4}})+)> Tj ET"
)


def words_in(content: bytes, width: float, height: float, signs: dict[int, str]) -> list[str] | None:
    """The words of such a drawing; None when anything else stands in it."""
    first, *rest = content.decode("ascii", "replace").rstrip("\n").split("\n")
    picture = _PICTURE.fullmatch(first)
    if not picture or picture.groups() != (number(width), number(height)):
        return None
    words = []
    for line in rest:
        word = _WORD.fullmatch(line)
        if not word:
            return None
        codes = [int(word.group(1)[at : at + 4], 16) for at in range(0, len(word.group(1)), 4)]
        if any(code not in signs for code in codes):
            return None
        words.append("".join(signs[code] for code in codes).rstrip(" "))
    return words


def codes_for(texts: Iterable[str]) -> dict[str, int]:
    """A code for each sign, by its place in Unicode."""
    return {sign: code for code, sign in enumerate(sorted({" ", *"".join(texts)}), 1)}


def unicode_map(codes: dict[str, int]) -> bytes:
    """The font's ToUnicode table."""
    rows = [f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /T def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


_ROW = re.compile(r"^<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>$", re.MULTILINE)


def signs_in(table: bytes) -> dict[int, str]:
    """Code to sign, from a ToUnicode table of ours."""
    rows = _ROW.findall(table.decode("ascii", "replace"))
    return {
        int(code, 16): bytes.fromhex(sign).decode("utf-16-be", "replace")
        for code, sign in rows
        if (code, sign) != ("0000", "ffff")
    }


_FORMS = {
    "jpeg-grey": "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
    "jpeg-colour": "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    "grey4": "/ColorSpace /DeviceGray /BitsPerComponent 4 /Filter /FlateDecode",
    "few4": "/ColorSpace [/Indexed /DeviceRGB 15 <PALETTE>] /BitsPerComponent 4 /Filter /FlateDecode",
}


def assemble(leaves: list[Leaf], table: bytes) -> bytes:
    """The file. Objects: 1 catalogue, 2 pages, 3–6 the font of the invisible text, then three for each page."""
    firsts = [7 + 3 * index for index in range(len(leaves))]
    kids = " ".join(f"{first} 0 R" for first in firsts)
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(leaves)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T /DW 500 /CIDToGIDMap /Identity"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /T /Flags 4 /FontBBox [0 -200 500 800] /ItalicAngle 0"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream("", table),
    ]
    for first, leaf in zip(firsts, leaves, strict=True):
        box = f"[0 0 {number(leaf.width)} {number(leaf.height)}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {first + 1} 0 R"
            f" /Resources << /XObject << /I {first + 2} 0 R >> /Font << /T 3 0 R >> >> >>".encode()
        )
        objects.append(_stream("", leaf.content))
        image = leaf.raster
        form = _FORMS[image.form].replace("PALETTE", image.palette.hex())
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
            f" {form} /Length {len(image.data)} >>"
        )
        objects.append(head.encode() + b"\nstream\n" + image.data + b"\nendstream")
    return _file(objects)


def _stream(more: str, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    head = f"<< /Filter /FlateDecode{more} /Length {len(packed)} >>"
    return head.encode() + b"\nstream\n" + packed + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for index, words in enumerate(objects, 1):
        places.append(len(out))
        out += f"{index} 0 obj\n".encode() + words + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
