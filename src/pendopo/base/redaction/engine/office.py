"""Looking through spreadsheets and text documents before they are published. The archive is read with limits, its XML
without entities; no formula or macro is run.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree

from pendopo.base.redaction.engine import patterns
from pendopo.base.redaction.engine.inspecting import ALWAYS
from pendopo.base.redaction.engine.shapes import Finding

MAX_PARTS, MAX_BYTES, MAX_RATIO = 3000, 150 * 1024 * 1024, 250
_MAX_TEXT = 20_000_000  # signs searched for patterns
_TAG = re.compile(r"^\{[^}]*\}")


def inspect(data: bytes) -> list[Finding]:
    """Findings of an XLSX or DOCX file. A damaged or overgrown archive is a finding."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or size > MAX_BYTES or size > MAX_RATIO * max(len(data), 1):
                return [Finding("archive_too_large")]
            if any(part.flag_bits & 1 for part in parts):
                return [Finding("locked")]
            names = {part.filename for part in parts}
            return _once([*_names(names), *_parts(archive, sorted(names))])
    except (zipfile.BadZipFile, ElementTree.ParseError, DefusedXmlException, EOFError, OSError, ValueError):
        return [Finding("broken")]


def inspect_text(data: bytes) -> list[Finding]:
    """Findings of a CSV or plain text file."""
    for code in ("utf-8-sig", "cp1252"):
        try:
            return _personal(data.decode(code))
        except UnicodeDecodeError:
            continue
    return [Finding("broken")]


def _once(found: list[Finding]) -> list[Finding]:
    kept: dict[tuple[str, str], Finding] = {}
    for one in found:
        kept.setdefault((one.code, f"{one.values.get('kind')}{one.values.get('name')}"), one)
    return list(kept.values())


def _personal(text: str) -> list[Finding]:
    counts: dict[str, int] = {}
    for hit in patterns.hits(text[:_MAX_TEXT]):
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    return [
        Finding("personal", block=kind in ALWAYS, values={"kind": kind, "count": count})
        for kind, count in counts.items()
    ]


def _names(names: set[str]) -> Iterator[Finding]:
    for pattern, code, block in (
        (r"vbaProject\.bin$", "script", True),
        (r"/embeddings/", "attachment", True),
        (r"/(?:threadedC|c)omments[^/]*\.xml$|/comments/", "comment", True),
        (r"/pivotCache/pivotCacheRecords", "pivot_data", True),
        (r"/externalLinks/", "external_link", False),
    ):
        if any(re.search(pattern, name) for name in names):
            yield Finding(code, block=block)


def _parts(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Finding]:
    text: list[str] = []
    for name in names:
        if not name.endswith(".xml"):
            continue
        root = ElementTree.fromstring(archive.read(name), forbid_dtd=True)
        if name == "docProps/core.xml":
            yield from _author(root)
        elif name == "xl/workbook.xml":
            yield from _hidden_sheets(root)
        elif name.startswith("xl/worksheets/"):
            yield from _hidden_cells(root)
            text.append(_cells(root))
        elif name.startswith("word/"):
            yield from _word(root)
            text.append(_paragraphs(root))
        elif name == "xl/sharedStrings.xml":
            text.append(
                "\n".join("".join(part.text or "" for part in item.iter() if _is(part, "t")) for item in root)
            )
    yield from _personal("\n".join(text))


def _is(item: Element, *names: str) -> bool:
    return isinstance(item.tag, str) and _TAG.sub("", item.tag) in names


def _author(root: Element) -> Iterator[Finding]:
    if any((item.text or "").strip() for item in root.iter() if _is(item, "creator", "lastModifiedBy")):
        yield Finding("author", block=False)


def _hidden_sheets(root: Element) -> Iterator[Finding]:
    for item in root.iter():
        if _is(item, "sheet") and item.get("state", "visible") != "visible":
            yield Finding("hidden_sheet", values={"name": item.get("name", "")[:60]})


def _hidden_cells(root: Element) -> Iterator[Finding]:
    for item in root.iter():
        if _is(item, "row", "col") and item.get("hidden") in {"1", "true"}:
            yield Finding("hidden_row" if _is(item, "row") else "hidden_column")


def _cells(root: Element) -> str:
    """Numbers and words typed into cells; shared words stand in a part of their own."""
    shared = {id(value) for cell in root.iter() if _is(cell, "c") and cell.get("t") == "s" for value in cell}
    return "\n".join(
        item.text or "" for item in root.iter() if _is(item, "v", "t") and id(item) not in shared
    )


def _word(root: Element) -> Iterator[Finding]:
    for item in root.iter():
        if _is(item, "ins", "del", "moveFrom", "moveTo"):
            yield Finding("tracked_change")
        elif _is(item, "vanish") and not any(value in {"0", "false"} for value in item.attrib.values()):
            yield Finding("text_unseen")


def _paragraphs(root: Element) -> str:
    return "\n".join(
        "".join(item.text or "" for item in part.iter() if _is(item, "t", "delText"))
        for part in root.iter()
        if _is(part, "p")
    )
