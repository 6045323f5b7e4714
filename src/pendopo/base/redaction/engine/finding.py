"""Patterns and phrases of a PDF, with the boxes that cover them."""

import re
from collections.abc import Callable, Iterator

from pendopo.base.redaction.engine import patterns
from pendopo.base.redaction.engine.reading import Letter, letters, opened, page_of
from pendopo.base.redaction.engine.shapes import Box, Found

Edges = tuple[float, float, float, float]  # left, top, right, bottom
PAD = 0.8  # points around the letters
MOST = 5000  # hits; a register of ten thousand NIK is not blackened one by one


def find(data: bytes, *, pages: list[int] | None = None) -> list[Found]:
    """Personal numbers and addresses. Raises Unreadable."""
    return search(data, pages, lambda text: [(hit.kind, hit.start, hit.end) for hit in patterns.hits(text)])


def find_phrase(data: bytes, phrase: str) -> list[Found]:
    """Every place of a phrase, capitals ignored, over line ends too. Raises Unreadable."""
    parts = [re.escape(part) for part in phrase.split()]
    if not parts:
        return []
    wanted = re.compile(r"[\s\u00ad\u0002-]*\s*".join(parts), re.IGNORECASE)
    return search(
        data, None, lambda text: [("PHRASE", found.start(), found.end()) for found in wanted.finditer(text)]
    )


def text_of(page_letters: list[Letter]) -> str:
    """One sign for each letter, so that places in the text are places in the list."""
    return "".join("-" if letter.sign == "\x02" else letter.sign for letter in page_letters)


def search(
    data: bytes, pages: list[int] | None, look: Callable[[str], list[tuple[str, int, int]]]
) -> list[Found]:
    """What `look` finds in the text of each page as (kind, start, end). Raises Unreadable."""
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
    parts: list[Edges] = []
    for letter in run:
        if letter.made or letter.gap:
            continue
        if parts and _same_line(parts[-1], letter):
            parts.append(_union(parts.pop(), letter.box))
        else:
            parts.append(letter.box)
    for x0, y0, x1, y1 in parts:
        left, top = max(0.0, x0 - PAD), max(0.0, y0 - PAD)
        right, bottom = min(width, x1 + PAD), min(height, y1 + PAD)
        if right > left and bottom > top:
            yield Box(page, round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2))


def _same_line(line: Edges, letter: Letter) -> bool:
    """Beside the line, or above or below it for turned text; never the next line of a paragraph."""
    two, near = letter.box, 1.5 * letter.tall
    across = min(line[3], two[3]) - max(line[1], two[1])
    along = min(line[2], two[2]) - max(line[0], two[0])
    if across > 0.5 * min(two[3] - two[1], line[3] - line[1]) and -along < near:
        return True
    narrow = max(line[2], two[2]) - min(line[0], two[0]) < 1.3 * letter.tall
    return narrow and along > 0.5 * min(two[2] - two[0], line[2] - line[0]) and -across < 0.6 * letter.tall


def _union(one: Edges, two: Edges) -> Edges:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])
