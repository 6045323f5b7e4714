"""One colour of a city made safe to read: lightness moves in OKLCH, the hue stays, WCAG contrast decides.

Sources: Björn Ottosson, "A perceptual color space for image processing" (OKLab); WCAG 2.2, 1.4.3 and 1.4.11.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, hypot, sin

TEXT = 4.5  # WCAG 1.4.3: text of ordinary size
SHAPE = 3.0  # WCAG 1.4.11: borders of controls, focus rings, parts of graphics
# A little room, so that rounding to eight bits never falls below the line.
_ROOM = 0.06

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
Rgb = tuple[float, float, float]


class NotAColour(ValueError):
    """The text is not #rrggbb."""


def parse(value: str) -> Rgb:
    """Red, green, blue between 0 and 1. Raises NotAColour unless `value` is #rrggbb."""
    if not _HEX.fullmatch(value):
        raise NotAColour(value)
    return int(value[1:3], 16) / 255, int(value[3:5], 16) / 255, int(value[5:7], 16) / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


def luminance(value: str) -> float:
    """Relative luminance as WCAG defines it: 0 is black, 1 is white."""
    red, green, blue = (_linear(c) for c in parse(value))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Oklch:
    """Lightness 0–1, chroma 0–about 0.37, hue in radians."""

    lightness: float
    chroma: float
    hue: float


def to_oklch(value: str) -> Oklch:
    r, g, b = (_linear(c) for c in parse(value))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    mid = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    b2 = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return Oklch(lightness, hypot(a, b2), atan2(b2, a))


def _to_linear_rgb(colour: Oklch) -> Rgb:
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )


def from_oklch(colour: Oklch) -> str:
    """The nearest colour a screen shows: chroma is lowered until the colour lies inside sRGB."""
    low, high = 0.0, colour.chroma
    rgb = _to_linear_rgb(colour)
    if not _shows(rgb):
        for _ in range(12):
            middle = (low + high) / 2
            if _shows(_to_linear_rgb(Oklch(colour.lightness, middle, colour.hue))):
                low = middle
            else:
                high = middle
        rgb = _to_linear_rgb(Oklch(colour.lightness, low, colour.hue))
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, c)))):02x}" for c in rgb)


def _shows(rgb: Rgb) -> bool:
    return all(-0.0005 <= c <= 1.0005 for c in rgb)


def until_readable(colour: Oklch, surfaces: tuple[str, ...], *, ratio: float, darker: bool) -> str:
    """`colour` with the smallest move of lightness that reaches `ratio` on every surface."""
    wanted = ratio + _ROOM

    def good(lightness: float) -> bool:
        value = from_oklch(Oklch(lightness, colour.chroma, colour.hue))
        return all(contrast(value, surface) >= wanted for surface in surfaces)

    if good(colour.lightness) and (luminance(from_oklch(colour)) < luminance(surfaces[0])) == darker:
        return from_oklch(colour)
    bad, fine = (1.0, 0.0) if darker else (0.0, 1.0)
    for _ in range(14):
        middle = (bad + fine) / 2
        if good(middle):
            fine = middle
        else:
            bad = middle
    return from_oklch(Oklch(fine, colour.chroma, colour.hue))


@dataclass(frozen=True)
class Brand:
    """The brand tokens of one theme, each a #rrggbb.

    `fill` carries text in `on_fill` and itself reads as text on every surface and on `soft`; `strong` is
    `fill` when pressed; `stroke` reaches 3:1; `raw` is the city's colour untouched, for decoration only.
    """

    fill: str
    strong: str
    on_fill: str
    soft: str
    stroke: str
    raw: str


@dataclass(frozen=True)
class Surfaces:
    """The plainest facts of a theme the ramp needs: is it dark, and which backgrounds carry brand text."""

    dark: bool
    backgrounds: tuple[str, ...]
    soft_lightness: float
    on_fill: str


@lru_cache(maxsize=256)
def brand(colour: str, surfaces: Surfaces) -> Brand:
    """A ramp for `colour` (#rrggbb) on a theme. Raises NotAColour."""
    own = to_oklch(colour.lower())
    darker = not surfaces.dark
    # A soft surface keeps a breath of the hue; near-grey colours stay near-grey.
    soft = from_oklch(
        Oklch(surfaces.soft_lightness, min(own.chroma, 0.035 if surfaces.dark else 0.02), own.hue)
    )
    carriers = (*surfaces.backgrounds, soft, surfaces.on_fill)
    if surfaces.dark:
        carriers = (*surfaces.backgrounds, soft)
    # On dark, the least readable step looks tired; a brighter one keeps the city's colour alive.
    start = Oklch(max(own.lightness, 0.74), own.chroma, own.hue) if surfaces.dark else own
    fill = until_readable(start, carriers, ratio=TEXT, darker=darker)
    filled = to_oklch(fill)
    step = -0.07 if darker else 0.07
    strong = from_oklch(
        Oklch(min(0.99, max(0.02, filled.lightness + step)), filled.chroma, filled.hue),
    )
    return Brand(
        fill=fill,
        strong=strong,
        on_fill=surfaces.on_fill,
        soft=soft,
        stroke=until_readable(own, carriers, ratio=SHAPE, darker=darker),
        raw=colour.lower(),
    )
