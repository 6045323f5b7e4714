"""Letters as a reader meets them: opened, read by tags, their signature checked, their code followed to its page."""

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import Locator, Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pendopo.base.letters.signing.checking import signatures

READ_ALOUD = {"/H1", "/P", "/Document", "/Figure"}  # the least a letter's tags name


@dataclass(frozen=True)
class Paper:
    """One opened letter: its bytes, its words in one line, and the address inside its QR code."""

    data: bytes
    words: str
    check: str


def fetched(page: Page, link: Locator) -> bytes:
    """The file behind a link, as the browser of this page gets it."""
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.status == 200, answer.url
    return answer.body()


def opened(page: Page, link: Locator, *says: str, name: str = "") -> Paper:
    """The letter behind a link: PDF/UA tags, whole signature, these words, and a page that calls it genuine."""
    data = fetched(page, link)
    pictured(data, name)
    paper = Paper(data, " ".join(text_of(data).split()), _tagged(data))
    for words in says:
        assert words in paper.words, f"{words!r} is missing in: {paper.words}"
    seen = signatures(data)
    assert [(one.intact, one.whole) for one in seen] == [(True, True)], seen
    _genuine(page, paper)
    return paper


def text_of(data: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)


def drawn_text_of(data: bytes) -> str:
    """What another reader than `text_of` finds."""
    file = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in file)
    finally:
        file.close()


def pictured(data: bytes, name: str) -> None:
    """Every page as a picture in the folder of SHOTS; nothing without SHOTS or name."""
    folder = os.environ.get("SHOTS")
    if not folder or not name:
        return
    file = pypdfium2.PdfDocument(data)
    for number, sheet in enumerate(file, start=1):
        sheet.render(scale=1.4).to_pil().save(Path(folder) / f"surat-{name}-{number}.png")
    file.close()


def _tagged(data: bytes) -> str:
    """PDF/UA as far as a reader of tags sees it; the address that the picture of the code tells in words."""
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("id")
    assert b"pdfuaid" in root["/Metadata"].get_data()
    tags, told = _walked([root["/StructTreeRoot"]])
    assert tags >= READ_ALOUD, tags
    code = next(words for words in told if "Kode QR" in words)
    return "http" + code.partition("http")[2]


def _walked(elements: Sequence[object]) -> tuple[set[str], list[str]]:
    """Every kind of tag below, and every text instead of a picture."""
    tags: set[str] = set()
    told: list[str] = []
    waiting = list(elements)
    while waiting:
        one = getattr(waiting.pop(), "get_object", lambda: None)()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, DictionaryObject):
            tags.add(str(one.get("/S", "")))
            told += [str(one["/Alt"])] if "/Alt" in one else []
            waiting.append(one.get("/K"))
    return tags, told


def _genuine(page: Page, paper: Paper) -> None:
    """Who scans the code reads that this letter, with this number, is genuine."""
    answer = page.request.get(urlsplit(paper.check).path)
    said = answer.text()
    assert answer.status == 200
    assert "Surat ini sah" in said
    number = re.search(r"<dd><strong>([^<]+)</strong>", said)
    assert number is not None and number[1] in paper.words
