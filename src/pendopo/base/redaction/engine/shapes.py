"""What the engine speaks of. Lengths are points (1/72 inch) from the top left corner of the page as it is shown,
after rotation and crop box. Pages count from 1, as people count them.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

MAX_PAGES = 500  # a burnt page takes about a third of a second
MAX_PIXELS = 24_000_000  # A3 at 200 dpi has 8 million
LEAST_DPI = 40  # a page that would need less to fit MAX_PIXELS cannot be read any more
MARGIN = 0.5  # points around a box in which no text is kept


class Unreadable(Exception):
    """The file cannot be worked with. `code` names the reason (see sentences.py), `values` fill its words."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Box:
    """A rectangle to blacken. `label` is the short ground written into it, such as "17h"."""

    page: int
    x: float
    y: float
    w: float
    h: float
    label: str = ""

    def touches(self, x0: float, y0: float, x1: float, y1: float, margin: float = 0.0) -> bool:
        """Whether the rectangle (x0, y0, x1, y1) and this one, grown by `margin`, share a point."""
        return (
            x0 < self.x + self.w + margin
            and x1 > self.x - margin
            and y0 < self.y + self.h + margin
            and y1 > self.y - margin
        )

    def share_of(self, x0: float, y0: float, x1: float, y1: float) -> float:
        """How much of the rectangle lies under this box, from 0 to 1."""
        across = min(x1, self.x + self.w) - max(x0, self.x)
        down = min(y1, self.y + self.h) - max(y0, self.y)
        size = (x1 - x0) * (y1 - y0)
        return max(0.0, across) * max(0.0, down) / size if size > 0 else 1.0


@dataclass(frozen=True)
class Found:
    """A pattern or phrase. A hit over several lines has several boxes with the same `hit`."""

    box: Box
    kind: str
    text: str
    hit: int


@dataclass(frozen=True)
class Sheet:
    """One page: its size as shown and how many letters can be read from it."""

    width: float
    height: float
    letters: int


@dataclass(frozen=True)
class Finding:
    """Something wrong. `code` has its sentence in sentences.py; values never hold removed text."""

    code: str
    page: int = 0  # 0: the whole file
    block: bool = True
    values: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Proof:
    """What the proof found; `ok` when nothing blocks. `checked` counts what was looked at."""

    findings: list[Finding]
    checked: dict[str, int]

    @property
    def ok(self) -> bool:
        return not any(finding.block for finding in self.findings)

    def plain(self) -> dict[str, Any]:
        return {"ok": self.ok, "findings": [f.plain() for f in self.findings], "checked": self.checked}
