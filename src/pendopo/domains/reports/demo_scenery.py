"""Brushes for the demo photos: skies, roads, houses, lamps, cars, in flat colours."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter

Colour = str
Points = Sequence[tuple[float, float]]


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of `other` stirred into `one`."""
    a, b = ImageColor.getrgb(one), ImageColor.getrgb(other)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a[:3], b[:3], strict=True))


class Canvas:
    """A picture in the making. Coordinates are pixels from the top left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width, height), "#ffffff")
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Points, colour: Colour) -> None:
        self.pen.polygon(list(points), fill=colour)

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.pen.rectangle((left, top, right, bottom), fill=colour)

    def line(self, points: Points, colour: Colour, width: int) -> None:
        self.pen.line(list(points), fill=colour, width=width, joint="curve")

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def blob(
        self,
        rng: random.Random,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: Colour,
        rough: float,
    ) -> None:
        """An uneven oval: a stone, a puddle, a bag."""
        points = []
        for step in range(18):
            angle = math.tau * step / 18
            reach = 1 + rng.uniform(-rough, rough)
            points.append((x + width / 2 * reach * math.cos(angle), y + height / 2 * reach * math.sin(angle)))
        self.polygon(points, colour)

    def sky(self, top: Colour, bottom: Colour, horizon: int) -> None:
        for y in range(0, horizon, 4):
            self.rectangle(0, y, self.width, y + 4, mixed(top, bottom, y / horizon))

    def ground(self, colour: Colour, top: int) -> None:
        self.rectangle(0, top, self.width, self.height, colour)

    def wall(self, colour: Colour, top: int, bottom: int) -> None:
        self.rectangle(0, top, self.width, bottom, colour)
        for y in range(top + 30, bottom, 34):
            self.line([(0, y), (self.width, y)], mixed(colour, "#000000", 0.1), 2)

    def road(
        self, *, asphalt: Colour = "#6b7077", line: Colour = "#e9e4d6", verge: Colour = "#87946a"
    ) -> None:
        """A road that runs towards the horizon, with verges and a broken line."""
        self.ground(verge, 540)
        self.polygon([(470, 540), (810, 540), (1500, 960), (-220, 960)], asphalt)
        for near, far in ((556, 584), (612, 660), (704, 780), (848, 960)):
            spread_near, spread_far = (near - 520) * 0.045, (far - 520) * 0.045
            self.polygon(
                [(640 - spread_near, near), (640 + spread_near, near),
                 (640 + spread_far, far), (640 - spread_far, far)],
                line,
            )  # fmt: skip

    def house(
        self, x: float, base: float, width: float, height: float, colour: Colour, roof: Colour,
        *, window: Colour = "#7fa3b5",
    ) -> None:  # fmt: skip
        top = base - height
        self.rectangle(x, top, x + width, base, colour)
        self.polygon([(x - 24, top), (x + width + 24, top), (x + width * 0.8, top - height * 0.42),
                      (x + width * 0.2, top - height * 0.42)], roof)  # fmt: skip
        self.rectangle(x + width * 0.12, top + height * 0.22, x + width * 0.4, top + height * 0.58, window)
        self.rectangle(
            x + width * 0.58, top + height * 0.3, x + width * 0.84, base, mixed(roof, "#000000", 0.25)
        )

    def tree(self, x: float, base: float, scale: float) -> None:
        self.rectangle(x - 14 * scale, base - 150 * scale, x + 14 * scale, base, "#6b4a2f")
        for dx, dy, radius in ((0, -240, 92), (-62, -190, 70), (64, -186, 74)):
            self.disc(x + dx * scale, base + dy * scale, radius * scale, "#4d8a55")
        self.disc(x - 22 * scale, base - 260 * scale, 52 * scale, "#5f9d63")

    def lamp(self, x: float, base: float, height: float, *, lit: bool) -> None:
        self.rectangle(x, base - height, x + 14, base, "#5a606b")
        self.line([(x + 7, base - height), (x - 90, base - height + 14)], "#5a606b", 12)
        self.polygon(
            [(x - 130, base - height + 8), (x - 62, base - height + 8), (x - 72, base - height + 30),
             (x - 120, base - height + 30)],
            "#ffdf9a" if lit else "#3a404b",
        )  # fmt: skip

    def glow(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A soft halo of light with its cone on the ground."""
        mask = Image.new("L", self.image.size, 0)
        pen = ImageDraw.Draw(mask)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=120)
        pen.polygon(
            [(x - 20, y), (x + 20, y), (x + radius * 1.3, y + 340), (x - radius * 1.3, y + 340)], fill=80
        )
        mask = mask.filter(ImageFilter.GaussianBlur(26))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def cone(self, x: float, base: float) -> None:
        self.polygon([(x - 52, base), (x + 52, base), (x + 52, base - 14), (x - 52, base - 14)], "#c8601f")
        self.polygon(
            [(x - 38, base - 14), (x + 38, base - 14), (x + 8, base - 130), (x - 8, base - 130)], "#e8762c"
        )
        self.polygon(
            [(x - 27, base - 56), (x + 27, base - 56), (x + 19, base - 86), (x - 19, base - 86)], "#f6f1e7"
        )

    def car(self, x: float, base: float, scale: float, colour: Colour) -> None:
        """Seen from behind, in a queue."""

        def box(
            left: float, top: float, right: float, bottom: float, fill: Colour, radius: float = 12
        ) -> None:
            corners = (x + left * scale, base + top * scale, x + right * scale, base + bottom * scale)
            self.pen.rounded_rectangle(corners, radius * scale, fill=fill)

        box(-110, -26, -70, 20, "#1e2126")
        box(70, -26, 110, 20, "#1e2126")
        box(-120, -110, 120, 0, colour, 22)
        box(-88, -178, 88, -90, mixed(colour, "#000000", 0.12), 26)
        box(-72, -164, 72, -104, "#9fb7c4", 16)
        box(-112, -84, -70, -58, "#d8372b", 6)
        box(70, -84, 112, -58, "#d8372b", 6)
        box(-34, -48, 34, -24, "#f3f0e6", 4)


def by_day(
    canvas: Canvas,
    rng: random.Random,
    *,
    sky: tuple[Colour, Colour] = ("#8cc1e3", "#e6f1f5"),
    sun: bool = True,
) -> None:
    """Sky, clouds, hills, a row of houses and trees."""
    canvas.sky(*sky, 560)
    if sun:
        canvas.disc(rng.uniform(160, 1120), rng.uniform(90, 180), 54, "#fff1c4")
    for _ in range(3):
        x, y = rng.uniform(0, 1280), rng.uniform(70, 250)
        for dx, radius in ((-70, 34), (0, 50), (66, 38)):
            canvas.disc(x + dx, y, radius, mixed(sky[1], "#ffffff", 0.7))
    canvas.polygon([(0, 560), (0, 430), (240, 350), (520, 440), (800, 330), (1100, 430),
                    (1280, 380), (1280, 560)], mixed(sky[1], "#5f8f7a", 0.55))  # fmt: skip
    walls = ("#e7d3b1", "#cfe0d6", "#e9c5b0", "#d5d9e6", "#f0e6cf")
    for number in range(6):
        x = number * 230 - rng.uniform(0, 90)
        canvas.house(x, 556, rng.uniform(130, 180), rng.uniform(90, 130), rng.choice(walls), "#a65b45")
        if rng.random() < 0.7:
            canvas.tree(x + 200, 560, rng.uniform(0.45, 0.75))
    canvas.ground("#93b277", 554)


def by_night(canvas: Canvas, rng: random.Random) -> None:
    canvas.sky("#0d1422", "#26324a", 560)
    for _ in range(60):
        canvas.disc(rng.uniform(0, 1280), rng.uniform(0, 380), rng.uniform(0.8, 2.2), "#cdd6e6")
    canvas.disc(1130, 130, 46, "#e9e4cf")
    canvas.disc(1150, 118, 42, mixed("#0d1422", "#26324a", 0.25))
    canvas.polygon(
        [(0, 560), (0, 450), (300, 390), (700, 450), (1000, 380), (1280, 440), (1280, 560)], "#1a2333"
    )
    for number in range(5):
        canvas.house(number * 280 - 40, 556, 160, 110, "#222a38", "#1b222e",
                     window=rng.choice(("#f2c66d", "#1b222e", "#d9a441")))  # fmt: skip
    canvas.ground("#151b22", 554)
