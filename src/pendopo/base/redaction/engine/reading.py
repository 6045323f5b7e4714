"""Opening a PDF with PDFium and reading its letters with their places on the page as it is shown."""

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from pendopo.base.redaction.engine.shapes import LEAST_DPI, MAX_PAGES, MAX_PIXELS, Sheet, Unreadable

_FINE = 4096  # PDFium answers in whole pixels: ask for a very large picture
_INVISIBLE = 3  # text rendering mode


@dataclass(frozen=True)
class Letter:
    """One character. `box` is the place of its drawing (x0, y0, x1, y1), `start` the pen's place on the base line.

    Signs that PDFium adds between words and lines have no place: `made` is true.
    """

    sign: str
    box: tuple[float, float, float, float]
    start: tuple[float, float]
    made: bool
    unseen: bool
    tall: float = 0.0  # height of the line it stands in

    @property
    def gap(self) -> bool:
        return self.sign.isspace() or not self.sign.strip("\x00\x02\xad\u200b\ufeff")


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, forms included. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Unreadable("locked" if locked else "broken") from None
    try:
        if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
            raise Unreadable("locked")
        if len(document) < 1:
            raise Unreadable("broken")
        if len(document) > MAX_PAGES:
            raise Unreadable("too_many_pages", pages=len(document), limit=MAX_PAGES)
        document.init_forms()
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Page `number` (from 1). Raises Unreadable when it is damaged or has no readable size."""
    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        raise Unreadable("broken_page", page=number) from None
    try:
        width, height = page.get_size()
        if not (width > 0 and height > 0) or dpi_for(width, height, 200) < LEAST_DPI:
            raise Unreadable("page_too_large", page=number)
        yield page
    finally:
        page.close()


def dpi_for(width: float, height: float, wanted: float) -> float:
    """The resolution at which the page stays below MAX_PIXELS."""
    pixels = width * height * (wanted / 72) ** 2
    return float(wanted if pixels <= MAX_PIXELS else wanted * (MAX_PIXELS / pixels) ** 0.5)


def picture(page: pypdfium2.PdfPage, dpi: float, *, annotations: bool = True) -> Image.Image:
    """The page as people see it."""
    bitmap = page.render(scale=dpi / 72, may_draw_forms=annotations, draw_annots=annotations)
    try:
        shown: Image.Image = bitmap.to_pil().convert("RGB")
        return shown
    finally:
        bitmap.close()


def sheets(document: pypdfium2.PdfDocument) -> list[Sheet]:
    """Size and letters of every page."""
    found = []
    for number in range(1, len(document) + 1):
        with page_of(document, number) as page:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append(Sheet(round(width, 2), round(height, 2), max(0, text.count_chars())))
            text.close()
    return found


class Shown:
    """Turns places of the page's own coordinates into places on the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        scale = (_FINE * 16) / max(width, height)
        self._size = (int(width * scale), int(height * scale))
        self._scale = (width / self._size[0], height / self._size[1])
        origin, right, up = (self._ask(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        self._origin = origin
        self._right = ((right[0] - origin[0]) / 1000, (right[1] - origin[1]) / 1000)
        self._up = ((up[0] - origin[0]) / 1000, (up[1] - origin[1]) / 1000)

    def _ask(self, page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *self._size, 0, x, y, left, top)
        return left.value * self._scale[0], top.value * self._scale[1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._origin[0] + x * self._right[0] + y * self._up[0],
            self._origin[1] + x * self._right[1] + y * self._up[1],
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """Every character of the page in reading order, invisible ones too."""
    shown = Shown(page)
    text = page.get_textpage()
    try:
        return [_letter(text, index, shown) for index in range(max(0, text.count_chars()))]
    finally:
        text.close()


def _letter(text: pypdfium2.PdfTextPage, index: int, shown: Shown) -> Letter:
    sign = _sign(raw.FPDFText_GetUnicode(text, index))
    made = raw.FPDFText_IsGenerated(text, index) == 1
    tight = [ctypes.c_double() for _ in range(4)]
    loose = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharBox(text, index, tight[0], tight[1], tight[2], tight[3])  # left, right, bottom, top
    raw.FPDFText_GetLooseCharBox(text, index, loose)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    left, right, bottom, top = (edge.value for edge in tight)
    if right - left < 0.01 or top - bottom < 0.01:  # a font that does not say how large its letters are
        left, right, bottom, top = loose.left, loose.right, loose.bottom, loose.top
    unseen = False
    if not made:
        owner = raw.FPDFText_GetTextObject(text, index)
        unseen = bool(owner) and raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE
    tall = max(loose.right - loose.left, loose.top - loose.bottom)
    place = shown.box(left, bottom, right, top)
    return Letter(sign, place, shown.point(x.value, y.value), made, unseen, tall)


def _sign(code: int) -> str:
    """One sign for a code unit; other forms of digits and letters become the plain ones."""
    if code in (0x0D, 0x0A):
        return "\n"
    sign = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\x00"
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def words(page_letters: list[Letter]) -> Iterator[list[Letter]]:
    """Runs of signs without a gap."""
    run: list[Letter] = []
    for letter in page_letters:
        if letter.gap:
            if run:
                yield run
            run = []
        else:
            run.append(letter)
    if run:
        yield run
