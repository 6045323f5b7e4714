"""Photos for the demo city, drawn by code in a flat style: no camera, no person, nothing to store in git."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from pendopo.domains.reports.demo_scenery import Canvas, Colour, by_day, by_night, mixed

WIDTH, HEIGHT = 1280, 960
Scene = Callable[[Canvas, random.Random], None]


def _pothole(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.road()
    for x, y, w in ((620, 760, 300), (900, 660, 150), (430, 650, 110)):
        wide = w * rng.uniform(0.8, 1.15)
        c.blob(rng, x, y, wide, wide * 0.38, "#4a4d52", 0.16)
        c.blob(rng, x, y + 8, wide * 0.82, wide * 0.29, "#33302c", 0.16)
        c.blob(rng, x + 10, y + 16, wide * 0.55, wide * 0.15, "#8fa3ad", 0.12)
    c.cone(rng.choice((250, 980)), 820)


def _dark_lamp(c: Canvas, rng: random.Random) -> None:
    by_night(c, rng)
    c.road(asphalt="#20242c", line="#4c515b", verge="#1b2420")
    c.lamp(350, 820, 560, lit=False)
    c.lamp(1010, 690, 330, lit=True)
    c.glow(1010 - 96, 380, 150, "#ffd98a")
    c.house(60, 640, 210, 170, "#2b3240", "#232936", window="#f2c66d")


def _waste(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.wall("#d8d2c4", 520, 690)
    c.ground("#b9ad97", 690)
    colours = ("#2f6f5e", "#d9a441", "#c7503f", "#3b6ea8", "#efeae0", "#6b4f3a", "#23272e")
    for row in range(6):
        for _ in range(10 - row):
            spread = 400 - row * 62
            x, y = 640 + rng.uniform(-spread, spread), 850 - row * 48 + rng.uniform(-14, 14)
            c.blob(rng, x, y, rng.uniform(90, 150), rng.uniform(70, 110), rng.choice(colours), 0.12)
    for _ in range(16):
        x, y = rng.uniform(260, 1020), rng.uniform(420, 640)
        c.line([(x, y), (x + 9, y - 5), (x + 18, y)], "#30343a", 3)


def _flood(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng, sky=("#8d9aa6", "#c4ccd2"), sun=False)
    for left, colour in ((60, "#d9b08c"), (420, "#9fc2b4"), (800, "#e4d7a8")):
        c.house(left, 715, 320, 330, colour, "#a65b45")
    c.polygon([(0, 620), (WIDTH, 610), (WIDTH, HEIGHT), (0, HEIGHT)], "#8a7656")
    for _ in range(46):
        x, y = rng.uniform(0, WIDTH), rng.uniform(640, HEIGHT - 20)
        w = 40 + (y - 600) * 0.3
        c.line([(x, y), (x + w, y)], mixed("#8a7656", "#c9b894", rng.uniform(0.3, 0.9)), 4)
    c.rectangle(560, 500, 574, 800, "#e8e8e8")
    for mark in range(5):
        c.rectangle(560, 520 + mark * 56, 574, 546 + mark * 56, "#c0392b")
    for _ in range(90):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, 600)
        c.line([(x, y), (x - 9, y + 34)], "#dfe6ea", 2)


def _drain(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.wall("#cfc7ba", 430, 640)
    c.ground("#a9a59c", 640)
    c.polygon([(330, 640), (520, 640), (900, 960), (120, 960)], "#55524b")
    c.polygon([(362, 660), (500, 660), (820, 960), (220, 960)], "#2e3b34")
    for _ in range(22):
        y = rng.uniform(690, 940)
        c.blob(rng, 430 + rng.uniform(-1, 1) * (y - 600) * 0.5 + 80, y, 60, 34, rng.choice(
            ("#6f8f5f", "#d8d2c4", "#3b6ea8", "#c7503f", "#8b7355")), 0.15)  # fmt: skip
    c.polygon([(700, 640), (1280, 640), (1280, 700), (760, 700)], "#8b877f")


def _pipe(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.road()
    c.blob(rng, 640, 770, 420, 130, "#6d5c47", 0.12)
    c.line([(300, 770), (980, 770)], "#4f7f9c", 44)
    c.rectangle(600, 742, 680, 798, "#3d6780")
    for _ in range(60):
        angle = rng.uniform(-2.5, -0.65)
        reach = rng.uniform(120, 380)
        tip = (640 + reach * math.cos(angle), 760 + reach * math.sin(angle))
        c.line([(640, 756), tip], mixed("#9fd2ea", "#ffffff", rng.random()), 4)
    c.blob(rng, 640, 880, 520, 80, "#9cc4d8", 0.1)


def _fallen_tree(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng, sky=("#a9b8c2", "#dfe5e8"), sun=False)
    c.road()
    c.line([(150, 620), (900, 800)], "#6b4a2f", 70)
    for _ in range(8):
        x, y = rng.uniform(300, 850), 0.0
        y = 620 + (x - 150) * 0.24
        c.line([(x, y), (x + rng.uniform(-60, 140), y - rng.uniform(60, 150))], "#6b4a2f", 18)
    for _ in range(70):
        x = rng.uniform(690, 1180)
        c.blob(
            rng, x, 740 + rng.uniform(-170, 150), 110, 90, rng.choice(("#3f7d4e", "#56955f", "#2f6440")), 0.15
        )
    c.cone(210, 850)


def _traffic(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.road()
    for number in range(7):
        scale = 0.45 + number * 0.12
        x, y = 250 + (number % 3) * 280 + rng.uniform(-30, 30), 560 + number * 52
        c.car(x, y, scale, rng.choice(("#c7503f", "#3b6ea8", "#efeae0", "#3a3f45", "#d9a441")))
    c.rectangle(1090, 220, 1108, 800, "#5b6067")
    c.rectangle(1052, 160, 1146, 420, "#23272e")
    for y, colour in ((205, "#5a2a26"), (290, "#f0b429"), (375, "#244a33")):
        c.disc(1099, y, 32, colour)


def _pavement(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.wall("#c9d3cf", 400, 600)
    c.ground("#7d8289", 600)
    c.polygon([(120, 600), (760, 600), (1180, 960), (-200, 960)], "#c8b9a6")
    for row in range(6):
        y = 620 + row * row * 9 + row * 14
        c.line([(110 - row * 50, y), (770 + row * 60, y)], "#a8998a", 4)
    for column in range(7):
        c.line([(160 + column * 95, 600), (-140 + column * 210, 960)], "#a8998a", 4)
    c.blob(rng, 520, 800, 210, 90, "#2b2724", 0.2)
    for _ in range(9):
        c.blob(rng, 520 + rng.uniform(-180, 180), 800 + rng.uniform(-80, 80), 60, 34, "#b3a391", 0.3)


def _park(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.ground("#8fbf7a", 560)
    for x in (140, 1120, 960):
        c.tree(x, 600, rng.uniform(0.9, 1.3))
    c.line([(400, 820), (470, 420), (540, 820)], "#c7503f", 18)
    c.line([(820, 820), (890, 420), (960, 820)], "#c7503f", 18)
    c.line([(470, 424), (890, 424)], "#c7503f", 18)
    c.line([(590, 430), (590, 690)], "#555a60", 6)
    c.line([(680, 430), (640, 760)], "#555a60", 6)
    c.polygon([(560, 690), (622, 690), (600, 706), (560, 706)], "#d9a441")
    c.polygon([(600, 752), (680, 772), (676, 790), (596, 770)], "#d9a441")


def _cables(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.road()
    c.house(820, 620, 330, 240, "#e4d7a8", "#8f5a45")
    for x in (330, 1000):
        c.rectangle(x, 120, x + 22, 840, "#8b8f94")
        c.rectangle(x - 60, 160, x + 82, 174, "#6d7176")
    for number in range(12):
        sag = rng.uniform(40, 320)
        top = 166 + number * 6
        points = [(x, top + sag * (1 - ((x - 676) / 346) ** 2)) for x in range(330, 1023, 18)]
        c.line(points, "#23272e", rng.choice((3, 4, 5)))


def _market(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.ground("#8d8576", 640)
    for number, colour in enumerate(("#c7503f", "#3b6ea8", "#2f8f6f", "#d9a441")):
        x = 40 + number * 310
        c.rectangle(x + 16, 420, x + 26, 760, "#6b4a2f")
        c.rectangle(x + 256, 420, x + 266, 760, "#6b4a2f")
        c.polygon([(x, 430), (x + 282, 430), (x + 252, 350), (x + 30, 350)], colour)
        c.rectangle(x + 20, 640, x + 262, 770, "#a97c50")
        for _ in range(16):
            fruit = rng.choice(("#d94f3d", "#e8b13a", "#6fae57", "#8e4b8b"))
            c.disc(x + rng.uniform(40, 244), 632 + rng.uniform(-16, 10), 17, fruit)
    for _ in range(7):
        c.blob(rng, rng.uniform(100, 1180), rng.uniform(830, 930), 190, 36, "#7a98a6", 0.1)


def _mended_road(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    c.road()
    for x, y, w in ((620, 760, 330), (900, 660, 170)):
        c.blob(rng, x, y, w * rng.uniform(0.9, 1.1), w * 0.36, "#3c4046", 0.05)
    c.tree(1150, 640, 1.0)


def _lit_lamp(c: Canvas, rng: random.Random) -> None:
    by_night(c, rng)
    c.road(asphalt="#2c313a", line="#8a8f99", verge="#23302a")
    for x, base, height in ((350, 820, 560), (1010, 690, 330)):
        c.lamp(x, base, height, lit=True)
        c.glow(x - 96, base - height + 20, height * 0.5, "#ffd98a")
    c.house(60, 640, 210, 170, "#3b4250", "#2e3442", window="#f2c66d")


def _tidy_street(c: Canvas, rng: random.Random) -> None:
    by_day(c, rng)
    for left, colour in ((60, "#d9b08c"), (460, "#9fc2b4"), (840, "#e4d7a8")):
        c.house(left, 640, 300, 260, colour, "#a65b45")
    c.ground("#b9ad97", 640)
    c.polygon([(0, 760), (WIDTH, 740), (WIDTH, 800), (0, 824)], "#8b877f")
    c.tree(rng.choice((400, 790)), 660, 1.1)


# What an office shows when the work is done.
PROOFS: dict[str, Scene] = {
    "beres-jalan": _mended_road,
    "beres-lampu": _lit_lamp,
    "beres-bersih": _tidy_street,
}
_PROOF_OF = {"jalan-rusak": "beres-jalan", "trotoar": "beres-jalan", "lampu-jalan": "beres-lampu"}


def proof_for(category_key: str) -> str:
    """Which scene shows the finished work of a category."""
    return _PROOF_OF.get(category_key, "beres-bersih")


SCENES: dict[str, Scene] = {
    "jalan-rusak": _pothole,
    "lampu-jalan": _dark_lamp,
    "sampah": _waste,
    "banjir": _flood,
    "saluran": _drain,
    "air-bersih": _pipe,
    "pohon": _fallen_tree,
    "lalu-lintas": _traffic,
    "trotoar": _pavement,
    "taman": _park,
    "internet": _cables,
    "pasar": _market,
}
FOR_TOPIC = {"saluran-mampet": "saluran"}


def scene_for(topic_key: str, category_key: str) -> str | None:
    """Which scene shows a report of this kind; None when nobody would photograph it."""
    key = FOR_TOPIC.get(topic_key, category_key)
    return key if key in SCENES else None


def draw(scene: str, rng: random.Random) -> bytes:
    """A JPEG of 1280 × 960 pixels. The same scene with other dice is another photo."""
    canvas = Canvas(WIDTH, HEIGHT)
    (SCENES | PROOFS)[scene](canvas, rng)
    image = canvas.image.filter(ImageFilter.GaussianBlur(0.6))
    if rng.random() < 0.5 and not scene.endswith(("lampu-jalan", "-lampu")):
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    image = _grain(image, rng)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=84, optimize=True)
    return out.getvalue()


def _grain(image: Image.Image, rng: random.Random) -> Image.Image:
    """A warm or cool cast and darker corners, as a phone makes them."""
    cast: Colour = rng.choice(("#ffe7c4", "#dfeaff", "#ffffff"))
    tinted = Image.blend(image, Image.new("RGB", image.size, cast), 0.07)
    corner = Image.new("L", (64, 48), 0)
    ImageDraw.Draw(corner).ellipse((-14, -12, 78, 60), fill=255)
    mask = corner.filter(ImageFilter.GaussianBlur(9)).resize(image.size)
    return Image.composite(tinted, Image.blend(tinted, Image.new("RGB", image.size, "#101418"), 0.28), mask)
