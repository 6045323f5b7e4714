"""Run as a script by `engine.run`: a request on stdin, an answer on stdout. Knows nothing of Django: PDFium and the
image libraries work here on files from outside, with limits on time and memory, and may crash alone.
"""

import io
import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from pendopo.base.redaction.engine import burning, finding, inspecting, office, proving, reading
from pendopo.base.redaction.engine.shapes import Box, Found, Unreadable

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space


def main(cpu_seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    head, *parts = unpack(sys.stdin.buffer.read())
    asked = json.loads(head)
    out = sys.stdout.buffer
    try:
        answer, blob = _OPERATIONS[asked.pop("do")](*parts, **asked)
    except Unreadable as why:
        answer, blob = {"refused": why.code, "values": why.values}, b""
    out.write(pack(json.dumps(answer).encode(), blob))
    out.flush()
    return 0


def pack(*parts: bytes) -> bytes:
    """Parts with their lengths."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def unpack(data: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 8], "big")
        parts.append(data[at + 8 : at + 8 + length])
        at += 8 + length
    return parts


def _pages(data: bytes) -> tuple[Any, bytes]:
    with reading.opened(data) as document:
        return {"sheets": [asdict(sheet) for sheet in reading.sheets(document)]}, b""


def _find(data: bytes) -> tuple[Any, bytes]:
    return {"found": _plain(finding.find(data))}, b""


def _phrase(data: bytes, phrase: str) -> tuple[Any, bytes]:
    return {"found": _plain(finding.find_phrase(data, phrase))}, b""


def _plain(found: list[Found]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _burn(data: bytes, boxes: list[dict[str, Any]], dpi: int) -> tuple[Any, bytes]:
    """Burn and prove in one go; without a proof there is no file."""
    wanted = [Box(**box) for box in boxes]
    output = burning.burn(data, wanted, dpi=dpi)
    proof = proving.prove(data, wanted, output)
    return {"proof": proof.plain()}, output if proof.ok else b""


def _inspect(data: bytes, form: str) -> tuple[Any, bytes]:
    look = {"pdf": inspecting.inspect, "office": office.inspect, "text": office.inspect_text}[form]
    return {"findings": [one.plain() for one in look(data)]}, b""


def _picture(data: bytes, page: int, width: int) -> tuple[Any, bytes]:
    out = io.BytesIO()
    with reading.opened(data) as document, reading.page_of(document, page) as opened:
        across, down = opened.get_size()
        dpi = reading.dpi_for(across, down, 72 * width / across)
        reading.picture(opened, dpi).quantize(64).save(out, "PNG", optimize=False)
    return {}, out.getvalue()


_OPERATIONS: dict[str, Any] = {
    "pages": _pages, "find": _find, "phrase": _phrase, "burn": _burn, "inspect": _inspect, "picture": _picture,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
