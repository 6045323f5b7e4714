"""The proof that nothing blackened can be had back. It trusts neither the burning nor one reader:

1. the file is written again from what a strict reader finds in it and must come out byte for byte the same, so there
   is no metadata, attachment, annotation, script, layer, old revision or byte that is not a picture or a kept word;
2. each picture ends where it says, carries no application data, and is shown whole;
3. inside the boxes the pictures hold black and the label, compared with a fresh painting;
4. three readings of the text (drawing, PDFium, pypdf) hold no piece of what stood under the boxes.
"""

import io
import re
import zlib
from collections.abc import Sequence
from typing import Any

import pypdf
from PIL import Image, ImageChops, ImageFilter
from pypdf.errors import PyPdfError

from pendopo.base.redaction.engine import paper
from pendopo.base.redaction.engine.burning import area, paint
from pendopo.base.redaction.engine.reading import Letter, letters, opened, page_of, picture, words
from pendopo.base.redaction.engine.shapes import Box, Finding, Proof, Unreadable

GRAM = 3  # letters in a row that count as recovered
_HALF = 0.8  # a letter of which less lies under a box may still be guessed
_EXACT, _DARK = 12, 56  # how far from black a box may be: sixteen colours; JPEG
_RIM = 128  # the same within eight pixels of a label, whose edges are blended
_EDGE = 2  # pixels at the rim of a box that PDFium may blend with their neighbours


class _Odd(Exception):
    """The file holds something that the writer does not write."""


def prove(original: bytes, boxes: Sequence[Box], output: bytes) -> Proof:
    """Compare the blackened file with its source. Raises Unreadable when the source cannot be read."""
    removed = _Removed(original, boxes)
    findings = [*removed.half, *removed.elsewhere]
    checked = {"pages": removed.pages, "boxes": len(boxes), "removed_letters": removed.count, "read_words": 0}
    try:
        leaves, read = _taken_apart(output)
    except _Odd as odd:
        return Proof([*findings, Finding("odd_structure", values={"what": str(odd)})], checked)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, zlib.error, RecursionError):
        return Proof([*findings, Finding("odd_structure", values={"what": "unreadable"})], checked)
    checked["read_words"] = sum(map(len, read))
    if len(leaves) != removed.pages:
        findings.append(Finding("pages_differ"))
    for number, leaf in enumerate(leaves, 1):
        here = [box for box in boxes if box.page == number]
        lossy = leaf.raster.form.startswith("jpeg")
        if not _solid(_image(leaf.raster), here, leaf.width, leaf.height, lossy=lossy):
            findings.append(Finding("not_solid", number))
    findings += removed.recovered(read, how="text")
    findings += _second_readers(output, boxes, removed)
    return Proof(findings, checked)


class _Removed:
    """What stood under the boxes. Lives only as long as the proof; only page numbers leave it."""

    def __init__(self, original: bytes, boxes: Sequence[Box]) -> None:
        kept: set[str] = set()
        self.pieces: set[str] = set()
        self.elsewhere: list[Finding] = []
        self.half: list[Finding] = []
        self.count = 0
        runs: list[str] = []
        digits_of_page: list[str] = []
        with opened(original) as document:
            self.pages = len(document)
            for number in range(1, self.pages + 1):
                with page_of(document, number) as page:
                    here = letters(page)
                under = [box for box in boxes if box.page == number]
                digits_of_page.append("")
                if _half_seen(here, under) >= GRAM:
                    self.half.append(Finding("half_covered", number, block=False))
                for run in words(here):
                    hidden = [any(box.touches(*letter.box) for box in under) for letter in run]
                    self.count += sum(hidden)
                    self._sort(run, hidden, kept, digits_of_page)
                runs += _numbers_under(here, under)
        self.kept = kept
        grams = {word[at : at + GRAM] for word in kept for at in range(len(word) - GRAM + 1)}
        self.grams = {
            piece[at : at + GRAM] for piece in self.pieces for at in range(len(piece) - GRAM + 1)
        } - grams
        self.tokens = {piece for piece in self.pieces if not any(piece in word for word in kept)}
        self._look_elsewhere(runs, digits_of_page)

    def _sort(self, run: list[Letter], hidden: list[bool], kept: set[str], digits: list[str]) -> None:
        text = "".join(letter.sign for letter in run)
        if not any(hidden):
            kept.add(text.casefold())
            digits[-1] += "".join(sign for sign in text if sign.isalnum())
            return
        digits[-1] += "\n"
        piece = ""
        for letter, gone in zip(run, hidden, strict=True):
            piece += letter.sign if gone else "\n"
        self.pieces |= {part.casefold() for part in piece.split("\n") if part}

    def _look_elsewhere(self, runs: list[str], digits_of_page: list[str]) -> None:
        """A number that was blackened in one place and still stands in another is probably forgotten."""
        pages = {
            number
            for number, digits in enumerate(digits_of_page, 1)
            for run in runs
            if re.search(rf"(?<!\d){run}(?!\d)", digits)
        }
        self.elsewhere = [Finding("still_elsewhere", number, block=False) for number in sorted(pages)]

    def recovered(self, read: list[list[str]], *, how: str) -> list[Finding]:
        """Findings for pages whose words hold a removed piece."""
        found = []
        for number, page_words in enumerate(read, 1):
            for word in {word.casefold() for word in page_words}:
                pieces = {word[at : at + GRAM] for at in range(len(word) - GRAM + 1)}
                if word not in self.kept and (pieces & self.grams or word in self.tokens):
                    found.append(Finding("text_recovered", number, values={"how": how}))
                    break
        return found


def _half_seen(here: list[Letter], under: Sequence[Box]) -> int:
    """Letters that a box only grazes: gone from the text, but the eye may still read them."""
    return sum(
        0 < max((box.share_of(*one.box) for box in under), default=0) < _HALF
        for one in here
        if not one.gap and not one.unseen
    )


def _numbers_under(here: list[Letter], under: Sequence[Box]) -> list[str]:
    """The digits under each box in reading order, when they are long enough to be somebody's number."""
    found = []
    for box in under:
        digits = "".join(one.sign for one in here if one.sign.isdigit() and box.touches(*one.box))
        if len(digits) >= 9:
            found.append(digits)
    return found


def _taken_apart(output: bytes) -> tuple[list[paper.Leaf], list[list[str]]]:
    """Pages and words of a file of ours. Raises _Odd unless writing them again gives the same bytes."""
    reader = pypdf.PdfReader(io.BytesIO(output), strict=True)
    if reader.is_encrypted:
        raise _Odd("encrypted")
    table = b""
    leaves = []
    for page in reader.pages:
        resources: Any = page["/Resources"]
        image: Any = resources["/XObject"]["/I"].get_object()
        table = resources["/Font"]["/T"].get_object()["/ToUnicode"].get_object().get_data()
        contents: Any = page["/Contents"].get_object()
        raster = paper.Raster(
            _form(image), int(image["/Width"]), int(image["/Height"]), image._data, _palette(image)
        )
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        leaves.append(paper.Leaf(width, height, raster, contents.get_data()))
    if not leaves or paper.assemble(leaves, table) != output:
        raise _Odd("bytes")
    signs = paper.signs_in(table)
    read = []
    for leaf in leaves:
        found = paper.words_in(leaf.content, leaf.width, leaf.height, signs)
        if found is None:
            raise _Odd("drawing")
        read.append(found)
        _whole(leaf.raster)
    used = {sign for page_words in read for word in page_words for sign in word} | {" "}
    if set(signs.values()) != used:
        raise _Odd("font")
    return leaves, read


def _form(image: Any) -> str:
    grey = image["/ColorSpace"] == "/DeviceGray"
    if image["/Filter"] == "/DCTDecode":
        return "jpeg-grey" if grey else "jpeg-colour"
    return "grey4" if grey else "few4"


def _palette(image: Any) -> bytes:
    if _form(image) != "few4":
        return b""
    table = image["/ColorSpace"][3]
    return bytes(getattr(table, "original_bytes", table))


def _whole(raster: paper.Raster) -> None:
    """Nothing but the picture stands in its stream."""
    if not raster.form.startswith("jpeg"):
        unpack = zlib.decompressobj()
        size = len(unpack.decompress(raster.data, (raster.width + 1) // 2 * raster.height + 1))
        if size != (raster.width + 1) // 2 * raster.height or not unpack.eof or unpack.unused_data:
            raise _Odd("picture")
        return
    data, at = raster.data, 2
    if data[:2] != b"\xff\xd8":
        raise _Odd("picture")
    while data[at : at + 2] != b"\xff\xda":
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        jfif = marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0" and length == 16
        if data[at] != 0xFF or not (jfif or marker in (0xDB, 0xC0, 0xC4)):
            raise _Odd("picture")
        at += 2 + length
    if data.find(b"\xff\xd9", at) != len(data) - 2:
        raise _Odd("picture")


def _image(raster: paper.Raster) -> Image.Image:
    if not raster.form.startswith("jpeg"):
        line = (raster.width + 1) // 2
        unpacked = zlib.decompress(raster.data)
        nibbles = Image.frombytes("P", (raster.width, raster.height), unpacked, "raw", "P;4", line)
        nibbles.putpalette(raster.palette or bytes(v // 3 * 17 for v in range(48)))
        return nibbles.convert("RGB").convert("L")
    with Image.open(io.BytesIO(raster.data), formats=("JPEG",)) as source:
        return source.convert("L")


def _solid(image: Image.Image, boxes: Sequence[Box], width: float, height: float, *, lossy: bool) -> bool:
    """Whether the boxes hold what a fresh painting of them on black holds, and nothing else."""
    fresh = Image.new("RGB", image.size, "black")
    paint(fresh, boxes, width, height)
    painted = fresh.convert("L")
    for box in boxes:
        place = area(box, width, height, image.size)
        label = painted.crop(place)
        apart = ImageChops.difference(image.crop(place), label)
        near = label.filter(ImageFilter.MaxFilter(17)).point([0] * 32 + [255] * 224)
        if _most(ImageChops.subtract(apart, near)) > (_DARK if lossy else _EXACT):
            return False
        if _most(apart) > _RIM:
            return False
    return True


def _most(grey: Image.Image) -> int:
    return int(grey.getextrema()[1])  # type: ignore[arg-type]


def _second_readers(output: bytes, boxes: Sequence[Box], removed: _Removed) -> list[Finding]:
    """What other programs see: PDFium's text and picture, pypdf's text."""
    found: list[Finding] = []
    read = []
    try:
        with opened(output) as document:
            for number in range(1, len(document) + 1):
                with page_of(document, number) as page:
                    read.append(["".join(one.sign for one in run) for run in words(letters(page))])
                    here = [box for box in boxes if box.page == number]
                    width, height = page.get_size()
                    if here:
                        found += _dark_when_shown(picture(page, 100), here, width, height, number)
    except Unreadable:
        return [Finding("odd_structure", values={"what": "pdfium"})]
    found += removed.recovered(read, how="pdfium")
    reader = pypdf.PdfReader(io.BytesIO(output), strict=True)
    texts = [re.split(r"\s+", page.extract_text()) for page in reader.pages]
    return found + removed.recovered(texts, how="pypdf")


def _dark_when_shown(
    shown: Image.Image, boxes: Sequence[Box], width: float, height: float, number: int
) -> list[Finding]:
    """Seen on a screen, a box is mostly black: its label is the only light in it."""
    grey = shown.convert("L")
    for box in boxes:
        left, top, right, bottom = area(box, width, height, grey.size)
        inside = (left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE)
        if inside[0] < inside[2] and inside[1] < inside[3]:
            counts = grey.crop(inside).histogram()
            if sum(counts[:_DARK]) < 0.5 * sum(counts):
                return [Finding("not_solid", number)]
    return []
