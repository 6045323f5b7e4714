"""Blackening: every page becomes a picture, the boxes are painted into the picture, and a text layer is written
anew from the letters that no box touches. Nothing of the source file itself is taken over.
"""

import io
import math
import zlib
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

from pendopo.base.redaction.engine import paper
from pendopo.base.redaction.engine.reading import Letter, dpi_for, letters, opened, page_of, picture, words
from pendopo.base.redaction.engine.shapes import MARGIN, Box, Unreadable

DPI = 200
_GREY = 10  # two colour channels of a grey pixel differ by at most this much
_INK = 40  # a letter that is seen stands out from its ground by at least this much (of 255)
_LARGE = 220_000  # bytes above which sixteen greys are compared with a JPEG
_QUALITY_GREY, _QUALITY_COLOUR = 60, 68


def burn(data: bytes, boxes: Sequence[Box], *, dpi: int = DPI) -> bytes:
    """The blackened PDF. Raises Unreadable, also for a box of no size or outside its page."""
    drawn: list[tuple[float, float, paper.Raster, list[paper.Word]]] = []
    with opened(data) as document:
        if any(not 1 <= box.page <= len(document) for box in boxes):
            raise Unreadable("box_outside", page=max(box.page for box in boxes))
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                width, height = (round(side, 3) for side in page.get_size())
                here = [box for box in boxes if box.page == number]
                check(here, width, height)
                image = picture(page, dpi_for(width, height, dpi))
                paint(image, here, width, height)
                kept = _kept_words(letters(page), here, image, width, height)
            drawn.append((width, height, _packed(image), kept))
    codes = paper.codes_for(word.text for page_words in drawn for word in page_words[3])
    leaves = [
        paper.Leaf(width, height, raster, paper.content_of(width, height, kept, codes))
        for width, height, raster, kept in drawn
    ]
    return paper.assemble(leaves, paper.unicode_map(codes))


def check(boxes: Sequence[Box], width: float, height: float) -> None:
    """Raise Unreadable for a box that covers nothing of its page."""
    for box in boxes:
        if not all(map(math.isfinite, (box.x, box.y, box.w, box.h))) or box.w <= 0 or box.h <= 0:
            raise Unreadable("box_empty", page=box.page)
        if not box.touches(0, 0, width, height):
            raise Unreadable("box_outside", page=box.page)


def area(box: Box, width: float, height: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels of a box (left, top, right, bottom; the last two not included), a little larger than it."""
    across, down = size[0] / width, size[1] / height
    return (
        max(0, math.floor(box.x * across) - 1),
        max(0, math.floor(box.y * down) - 1),
        min(size[0], math.ceil((box.x + box.w) * across) + 1),
        min(size[1], math.ceil((box.y + box.h) * down) + 1),
    )


def paint(image: Image.Image, boxes: Sequence[Box], width: float, height: float) -> None:
    """Black boxes first, then their labels, so that no box hides the label of another half."""
    draw = ImageDraw.Draw(image)
    places = [(box, area(box, width, height, image.size)) for box in boxes]
    for _box, (left, top, right, bottom) in places:
        draw.rectangle((left, top, right - 1, bottom - 1), fill="black")
    for box, place in places:
        _label(draw, box.label, place)


def _label(draw: ImageDraw.ImageDraw, label: str, place: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = place
    size = min(bottom - top - 4, 34)
    if not label or size < 9:
        return
    font = ImageFont.load_default(size)
    x0, y0, x1, y1 = draw.textbbox((0, 0), label, font=font)
    if x1 - x0 + 6 > right - left or y1 - y0 + 2 > bottom - top:
        return
    spot = (left + (right - left - (x1 - x0)) / 2 - x0, top + (bottom - top - (y1 - y0)) / 2 - y0)
    draw.text(spot, label, fill="white", font=font)


def _packed(image: Image.Image) -> paper.Raster:
    """The smallest honest form: sixteen greys or colours for text, JPEG for photos."""
    red, green, blue = image.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    if int(spread.getextrema()[1]) > _GREY:  # type: ignore[arg-type]
        return _smallest(image, _few(image), "jpeg-colour", _QUALITY_COLOUR)
    grey = image.convert("L")
    nibbles = Image.frombytes("P", grey.size, grey.point([value >> 4 for value in range(256)]).tobytes())
    raster = paper.Raster("grey4", *grey.size, _deflated(nibbles))
    return _smallest(grey, raster, "jpeg-grey", _QUALITY_GREY)


def _few(image: Image.Image) -> paper.Raster | None:
    """The page in sixteen colours, when that looks the same."""
    few = image.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    apart = ImageChops.difference(image, few.convert("RGB")).convert("L").histogram()
    far = sum(apart[_INK:])
    if far > 0.002 * sum(apart):
        return None
    palette = _black_and_white(bytes(few.getpalette("RGB") or b"")[:48])
    return paper.Raster("few4", *few.size, _deflated(few), palette)


def _black_and_white(palette: bytes) -> bytes:
    """The sixteen colours with their darkest made black, so that boxes are, and their lightest white."""
    colours = [palette[at : at + 3] for at in range(0, len(palette), 3)]
    colours[colours.index(min(colours, key=sum))] = b"\x00\x00\x00"
    lightest = max(colours, key=sum)
    if min(lightest) >= 232:
        colours[colours.index(lightest)] = b"\xff\xff\xff"
    return b"".join(colours).ljust(48, b"\x00")


def _smallest(image: Image.Image, raster: paper.Raster | None, form: str, quality: int) -> paper.Raster:
    if raster and len(raster.data) <= _LARGE:
        return raster
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    if raster and len(raster.data) <= out.tell():
        return raster
    return paper.Raster(form, *image.size, out.getvalue())


def _deflated(picture: Image.Image) -> bytes:
    return zlib.compress(picture.tobytes("raw", "P;4"), 6)


def _kept_words(
    page_letters: list[Letter], boxes: Sequence[Box], image: Image.Image, width: float, height: float
) -> list[paper.Word]:
    grey = image.convert("L")
    return [
        _word(run)
        for run in words(page_letters)
        if not any(touched(letter, boxes) for letter in run) and _seen(run, grey, width, height)
    ]


def touched(letter: Letter, boxes: Sequence[Box]) -> bool:
    """Whether a box covers any of the letter. Invisible letters (text recognised in a scan) may lie beside what they
    stand for: they are kept a letter's height away from boxes."""
    size = max(letter.box[2] - letter.box[0], letter.box[3] - letter.box[1])
    margin = MARGIN + (size if letter.unseen else 0.0)
    return any(box.touches(*letter.box, margin=margin) for box in boxes)


def _seen(run: list[Letter], grey: Image.Image, width: float, height: float) -> bool:
    """Whether there is ink where the word stands: text nobody sees is not taken over."""
    across, down = grey.width / width, grey.height / height
    left = min(letter.box[0] for letter in run) * across
    top = min(letter.box[1] for letter in run) * down
    right = max(letter.box[2] for letter in run) * across
    bottom = max(letter.box[3] for letter in run) * down
    inside = (
        max(0, int(left)),
        max(0, int(top)),
        min(grey.width, int(right) + 1),
        min(grey.height, int(bottom) + 1),
    )
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        return False
    low, high = grey.crop(inside).getextrema()
    return bool(high - low >= _INK)  # type: ignore[operator]


def _word(run: list[Letter]) -> paper.Word:
    first, last = run[0], run[-1]
    dx, dy = last.start[0] - first.start[0], last.start[1] - first.start[1]
    far = math.hypot(dx, dy)
    if far < 0.01:
        dx, dy, far = 1.0, 0.0, 0.0
    else:
        dx, dy = dx / far, dy / far
    tall = first.tall or first.box[3] - first.box[1]
    advance = far / (len(run) - 1) if len(run) > 1 and far else tall
    text = "".join(letter.sign for letter in run)
    return paper.Word(text, *first.start, dx, dy, far + advance, max(1.0, min(200.0, tall)))
