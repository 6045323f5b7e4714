"""The app's icon drawn by code: a hall with three roofs in the city's colour. No picture file is needed."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

_FINE = 4  # drawn larger and made smaller, so that edges are smooth
# The hall on a field of 100 × 100: two roofs and the floor as outlines, and the pillars as boxes.
_ROOFS = (
    ((43, 24), (57, 24), (66, 37), (34, 37)),
    ((34, 40), (66, 40), (84, 53), (84, 57), (16, 57), (16, 53)),
)
_BOXES = ((22, 59, 27, 74), (39, 59, 43, 74), (57, 59, 61, 74), (73, 59, 78, 74), (17, 75, 83, 79))
_CORNER = 22
_SAFE = 0.8  # a phone's own shape may cut away what lies outside this part (W3C manifest, "maskable")


@lru_cache(maxsize=12)
def draw(fill: str, mark: str, size: int, *, full: bool) -> bytes:
    """A PNG of `size` pixels. `fill` and `mark` are #rrggbb; `full` reaches to the edges."""
    side = size * _FINE
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=0 if full else side * _CORNER // 100, fill=fill)
    scale = side / 100 * (_SAFE if full else 1)
    shift = (side - 100 * scale) / 2
    for roof in _ROOFS:
        pen.polygon([(shift + x * scale, shift + y * scale) for x, y in roof], fill=mark)
    for left, top, right, bottom in _BOXES:
        corners = [shift + value * scale for value in (left, top, right, bottom)]
        pen.rectangle(corners, fill=mark)
    out = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
