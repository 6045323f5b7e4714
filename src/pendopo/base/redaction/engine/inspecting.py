"""Looking through a PDF before it is published, also one that was blackened elsewhere: what stands under dark boxes,
what nobody sees but everybody can copy, and what the file tells about its makers.
"""

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pypdfium2
from PIL import Image, ImageChops
from pypdf.errors import PyPdfError
from pypdfium2 import raw

from pendopo.base.redaction.engine import patterns
from pendopo.base.redaction.engine.finding import text_of
from pendopo.base.redaction.engine.reading import (
    Letter,
    Shown,
    dpi_for,
    letters,
    opened,
    page_of,
    picture,
    words,
)
from pendopo.base.redaction.engine.shapes import Box, Finding, Unreadable

_DPI = 110
_FLAT = 24  # contrast below which nothing can be read
_DARK = 90  # darker than this is a dark box
_LEAST = 5.0  # points: a thinner dark shape is a line of a table
_LETTERS = 3  # hidden letters that count
ALWAYS = {"NIK", "KK", "NPWP", "ACCOUNT"}  # patterns that are never published by chance
_MAIL = re.compile(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_COVERS = {"Square", "Circle", "Highlight", "Ink", "Stamp", "FreeText", "Line", "Polygon", "Redact"}
_COMMENTS = {"/Text", "/FreeText", "/Popup", "/Caret"}


def inspect(data: bytes) -> list[Finding]:
    """Everything that speaks against publishing the file; a file that cannot be read is itself a finding."""
    try:
        with opened(data) as document:
            found = [one for number in range(1, len(document) + 1) for one in _page(document, number)]
    except Unreadable as why:
        return [Finding(why.code, int(why.values.get("page", 0)), values=why.values)]
    return found + _structure(data) + _older(data)


def _page(document: pypdfium2.PdfDocument, number: int) -> list[Finding]:
    with page_of(document, number) as page:
        width, height = page.get_size()
        dpi = dpi_for(width, height, _DPI)
        here = letters(page)
        shown = picture(page, dpi)
        found = [*_personal(here, number), *_unseen(here, shown, width, height, number)]
        found += [*_annotations(page, shown, dpi, number), *_images(page, number)]
        found += _under_boxes(page, dpi, number)  # last: it takes things off the page
    return _once(found)


def _once(found: list[Finding]) -> list[Finding]:
    kept: dict[tuple[str, str], Finding] = {}
    for one in found:
        kept.setdefault((one.code, str(one.values.get("kind", ""))), one)
    return list(kept.values())


def _personal(here: list[Letter], number: int) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for hit in patterns.hits(text_of(here)):
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    for kind, count in counts.items():
        yield Finding("personal", number, block=kind in ALWAYS, values={"kind": kind, "count": count})


def _unseen(
    here: list[Letter], shown: Image.Image, width: float, height: float, number: int
) -> Iterator[Finding]:
    """Letters that can be copied although no ink is to be seen where they stand."""
    grey = shown.convert("L")
    across, down = grey.width / width, grey.height / height
    under = outside = pale = 0
    for run in words(here):
        for x0, y0, x1, y1 in (letter.box for letter in run):
            if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
                outside += 1
                continue
            spot = (
                int(max(0, x0) * across),
                int(max(0, y0) * down),
                int(x1 * across) + 1,
                int(y1 * down) + 1,
            )
            low, high = grey.crop(spot).getextrema()
            if high - low < _FLAT:  # type: ignore[operator]
                under, pale = under + (high < _DARK), pale + (high >= _DARK)  # type: ignore[operator]
    if under >= _LETTERS:
        yield Finding("text_under_box", number, values={"count": under})
    if pale >= _LETTERS:
        yield Finding("text_unseen", number, values={"count": pale})
    if outside >= _LETTERS:
        yield Finding("text_outside", number, values={"count": outside})


def _annotations(page: pypdfium2.PdfPage, shown: Image.Image, dpi: float, number: int) -> Iterator[Finding]:
    """Dark annotations over something: any reader can push them aside."""
    places = []
    where = Shown(page)
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        try:
            kind = _subtype(raw.FPDFAnnot_GetSubtype(note))
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(note, rect) and kind in _COVERS:
                places.append((kind, where.box(rect.left, rect.bottom, rect.right, rect.top)))
        finally:
            raw.FPDFPage_CloseAnnot(note)
    if any(kind == "Redact" for kind, _place in places):
        yield Finding("redact_mark", number)
    if places:
        bare = picture(page, dpi, annotations=False)
        if any(_hides(bare, shown, place, dpi) for _kind, place in places):
            yield Finding("annotation_over", number)


def _subtype(code: int) -> str:
    names = {
        raw.FPDF_ANNOT_SQUARE: "Square", raw.FPDF_ANNOT_CIRCLE: "Circle", raw.FPDF_ANNOT_HIGHLIGHT: "Highlight",
        raw.FPDF_ANNOT_INK: "Ink", raw.FPDF_ANNOT_STAMP: "Stamp", raw.FPDF_ANNOT_FREETEXT: "FreeText",
        raw.FPDF_ANNOT_LINE: "Line", raw.FPDF_ANNOT_POLYGON: "Polygon", raw.FPDF_ANNOT_REDACT: "Redact",
    }  # fmt: skip
    return names.get(code, "")


def _hides(
    bare: Image.Image, shown: Image.Image, place: tuple[float, float, float, float], dpi: float
) -> bool:
    """Whether something readable stands in `bare` where `shown` is mostly dark."""
    scale = dpi / 72
    spot = (
        max(0, int(place[0] * scale) + 2), max(0, int(place[1] * scale) + 2),
        min(bare.width, int(place[2] * scale) - 1), min(bare.height, int(place[3] * scale) - 1),
    )  # fmt: skip
    if spot[0] >= spot[2] or spot[1] >= spot[3]:
        return False
    before, after = bare.convert("L").crop(spot), shown.convert("L").crop(spot)
    changed = ImageChops.difference(before, after).point([0] * _FLAT + [255] * (256 - _FLAT))
    low, high = before.getextrema()
    dark = sum(after.histogram()[:_DARK])
    readable = high - low >= 2 * _FLAT  # type: ignore[operator]
    return bool(readable and changed.getbbox() and dark >= 0.25 * after.width * after.height)


def _images(page: pypdfium2.PdfPage, number: int) -> Iterator[Finding]:
    """Pictures that lie over text, and pictures of which the page shows only a part."""
    where = Shown(page)
    width, height = page.get_size()
    texts: list[tuple[float, float, float, float]] = []
    for item in page.get_objects(max_depth=1):
        if item.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        place = where.box(*item.get_bounds())
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                texts.append(place)
            continue
        cover = Box(number, place[0], place[1], place[2] - place[0], place[3] - place[1])
        whole = not raw.FPDFPageObj_HasTransparency(item)
        if whole and any(cover.share_of(*text) > 0.9 for text in texts):
            yield Finding("image_over_text", number, block=False)
        if Box(number, 0, 0, width, height).share_of(*place) < 0.9:
            yield Finding("image_cropped", number, block=False)


def _under_boxes(page: pypdfium2.PdfPage, dpi: float, number: int) -> Iterator[Finding]:
    """Dark shapes drawn over pictures or drawings: take them away and look what comes to light."""
    shapes = [item for item in page.get_objects(max_depth=1) if _is_dark_shape(item)]
    if not shapes:
        return
    shown = picture(page, dpi, annotations=False)
    where = Shown(page)
    places = [where.box(*shape.get_bounds()) for shape in shapes]
    for shape in shapes:
        page.remove_obj(shape)
    bare = picture(page, dpi, annotations=False)
    if any(_hides(bare, shown, place, dpi) for place in places):
        yield Finding("box_over", number)


def _is_dark_shape(item: pypdfium2.PdfObject) -> bool:
    if item.type != raw.FPDF_PAGEOBJ_PATH:
        return False
    left, bottom, right, top = item.get_bounds()
    if right - left < _LEAST or top - bottom < _LEAST:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *colour):
        return False
    red, green, blue, alpha = (part.value for part in colour)
    return bool(0.3 * red + 0.6 * green + 0.1 * blue < _DARK and alpha > 100)


def _structure(data: bytes) -> list[Finding]:
    """What the file carries besides its pages. A strict reader is not asked: old offices write loose files."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        root: Any = reader.trailer["/Root"].get_object()
        found = [*_catalogue(root), *_metadata(reader, root), *_notes(reader)]
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        return [Finding("odd_file")]
    return _once(found)


def _catalogue(root: Any) -> Iterator[Finding]:
    names = root.get("/Names", {})
    names = names.get_object() if hasattr(names, "get_object") else names
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield Finding("attachment")
    action = root.get("/OpenAction")
    action = action.get_object() if hasattr(action, "get_object") else action
    scripted = isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch"}
    if "/JavaScript" in names or "/AA" in root or scripted:
        yield Finding("script")
    layers = root.get("/OCProperties")
    if layers:
        default: Any = layers.get_object().get("/D", {}).get_object()
        if default.get("/OFF") or default.get("/BaseState") == "/OFF":
            yield Finding("hidden_layer")


def _metadata(reader: pypdf.PdfReader, root: Any) -> Iterator[Finding]:
    kept: dict[str, Any] = dict(reader.metadata or {})
    info = " ".join(str(value) for value in kept.values())
    packet = root.get("/Metadata")
    if packet is not None:
        info += " " + packet.get_object().get_data().decode("utf-8", "replace")
    author = bool(kept.get("/Author")) or bool(re.search(r"<dc:creator>.*?\w{2}.*?</dc:creator>", info, re.S))
    if _MAIL.search(info) or any(hit.kind in ALWAYS for hit in patterns.hits(info)):
        yield Finding("metadata_personal")
    elif author:
        yield Finding("author", block=False)


def _notes(reader: pypdf.PdfReader) -> Iterator[Finding]:
    for number, page in enumerate(reader.pages, 1):
        for note in page.get("/Annots") or []:
            item = note.get_object()
            kind = item.get("/Subtype")
            if kind == "/FileAttachment":
                yield Finding("attachment", number)
            elif kind in _COMMENTS and item.get("/Contents"):
                yield Finding("comment", number)
            action = item.get("/A")
            if "/AA" in item or (action is not None and action.get_object().get("/S") == "/JavaScript"):
                yield Finding("script", number)


def _older(data: bytes) -> list[Finding]:
    """Earlier versions kept inside the file, when they say what the last one does not."""
    ends = [found.end() for found in re.finditer(rb"%%EOF", data)]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]  # the first end of a linearized file closes no version
    latest = _words_of(data)
    for end in ends[:-1][-5:]:
        gone = _words_of(data[:end] + b"\n") - latest
        if gone:
            return [Finding("old_version", values={"count": len(gone)})]
    return []


def _words_of(data: bytes) -> set[str]:
    try:
        with opened(data) as document:
            return {
                word
                for page in document
                for word in page.get_textpage().get_text_range().split()
                if len(word) >= _LETTERS
            }
    except (Unreadable, pypdfium2.PdfiumError):
        return set()
