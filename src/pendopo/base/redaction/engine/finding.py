"""Patterns and phrases of a PDF, with the boxes that cover them."""

import re
from collections.abc import Callable, Iterator

from pendopo.base.redaction.engine import patterns
from pendopo.base.redaction.engine.reading import Letter, letters, opened, page_of
from pendopo.base.redaction.engine.shapes import Box, Found

PAD = 0.8  # points around the letters
MOST = 5000  # hits; a register of ten thousand NIK is not blackened one by one


def find(data: bytes, *, pages: list[int] | None = None) -> list[Found]:
    """Personal numbers and addresses. Raises Unreadable."""
    return _search(data, pages, lambda text: [(hit.kind, hit.start, hit.end) for hit in patterns.hits(text)])


def find_phrase(data: bytes, phrase: str) -> list[Found]:
    """Every place of a phrase, capitals ignored, over line ends too. Raises Unreadable."""
    parts = [re.escape(part) for part in phrase.split()]
    if not parts:
        return []
    wanted = re.compile(r"[\s\u00ad\u0002-]*\s*".join(parts), re.IGNORECASE)
    return _search(
        data, None, lambda text: [("PHRASE", found.start(), found.end()) for found in wanted.finditer(text)]
    )


def text_of(page_letters: list[Letter]) -> str:
    """One sign for each letter, so that places in the text are places in the list."""
    return "".join("-" if letter.sign == "\x02" else letter.sign for letter in page_letters)


def _search(
    data: bytes, pages: list[int] | None, look: Callable[[str], list[tuple[str, int, int]]]
) -> list[Found]:
    found: list[Found] = []
    hit = 0
    with opened(data) as document:
        for number in pages or range(1, len(document) + 1):
            with page_of(document, number) as page:
                here = letters(page)
                width, height = page.get_size()
            text = text_of(here)
            for kind, start, end in look(text):
                hit += 1
                for box in boxes_over(here[start:end], number, width, height):
                    found.append(Found(box, kind, text[start:end], hit))
                if hit >= MOST:
                    return found
    return found


def boxes_over(run: list[Letter], page: int, width: float, height: float) -> Iterator[Box]:
    """One box for each line the letters stand on, inside the page."""
    parts: list[tuple[float, float, float, float]] = []
    for letter in run:
        if letter.made or letter.gap:
            continue
        if parts and _same_line(parts[-1], letter.box):
            last = parts.pop()
            parts.append(_union(last, letter.box))
        else:
            parts.append(letter.box)
    for x0, y0, x1, y1 in parts:
        left, top = max(0.0, x0 - PAD), max(0.0, y0 - PAD)
        right, bottom = min(width, x1 + PAD), min(height, y1 + PAD)
        if right > left and bottom > top:
            yield Box(page, round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2))


def _same_line(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    """Beside each other, or above each other for turned text; never two lines of a paragraph."""
    size = min(two[2] - two[0], two[3] - two[1]), max(two[2] - two[0], two[3] - two[1])
    across = min(one[3], two[3]) - max(one[1], two[1])
    along = min(one[2], two[2]) - max(one[0], two[0])
    beside = across > 0.7 * max(two[3] - two[1], one[3] - one[1]) and -along < 2 * size[1]
    above = along > 0.7 * max(two[2] - two[0], one[2] - one[0]) and -across < 2 * size[1]
    narrow = one[2] - one[0] < 1.6 * size[1]
    return beside or (above and narrow and -across < 0.6 * size[1])


def _union(
    one: tuple[float, float, float, float], two: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])
