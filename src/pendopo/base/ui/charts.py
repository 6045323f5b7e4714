"""Geometry of the charts that the server draws: numbers in, coordinates of an SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120.0, 32.0, 3.0


@dataclass(frozen=True)
class Bar:
    """One row: `part` of `value` is hatched (for example the late ones). Widths are percent of the box."""

    label: str
    value: float
    width: float
    part: float = 0
    part_width: float = 0
    url: str = ""


def bars(rows: Sequence[Sequence[object]]) -> list[Bar]:
    """Rows of (label, value[, part[, url]]) scaled so that the largest value fills the width."""
    read = [
        (
            str(row[0]),
            _number(row[1]),
            _number(row[2]) if len(row) > 2 else 0.0,
            str(row[3]) if len(row) > 3 else "",
        )
        for row in rows
    ]
    top = max((value for _, value, _, _ in read), default=0.0) or 1.0
    return [
        Bar(label, value, round(100 * value / top, 1), part, round(100 * part / top, 1), url)
        for label, value, part, url in read
    ]


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"a chart needs numbers, got {value!r}")
    if value < 0:
        raise ValueError(f"a bar cannot be negative: {value!r}")
    return value


@dataclass(frozen=True)
class Spark:
    """A sparkline: `line` and `area` are SVG paths, `end_x`/`end_y` the last point."""

    line: str
    area: str
    end_x: float
    end_y: float


def spark(values: Sequence[float]) -> Spark | None:
    """Path of a small line chart with zero as its floor; None with fewer than two values."""
    if len(values) < 2:
        return None
    top = max(values) or 1
    height, width = SPARK_HEIGHT - 2 * SPARK_EDGE, SPARK_WIDTH - 2 * SPARK_EDGE
    points = [
        (
            round(SPARK_EDGE + width * index / (len(values) - 1), 1),
            round(SPARK_EDGE + height * (1 - max(0, value) / top), 1),
        )
        for index, value in enumerate(values)
    ]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    floor = SPARK_HEIGHT - SPARK_EDGE
    return Spark(line, f"{line}V{floor}H{points[0][0]}Z", *points[-1])
