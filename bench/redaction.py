"""Blacken generated papers and try to have the text back: `python bench/redaction.py 1000`.

Each paper carries secrets that stand nowhere else. They are boxed with some random rectangles, burnt, proven, and then
looked for once more by means the proof does not use. Prints one line of JSON; the exit code tells whether all held.
"""

import json
import random
import re
import sys
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import pypdfium2

from pendopo.base.redaction.engine import burning, finding, proving, reading
from pendopo.base.redaction.engine.shapes import Box
from pendopo.base.redaction.tests import papers

GRAM, LONG = 3, 6
PALETTE = re.compile(rb"/Indexed /DeviceRGB \d+ <([0-9a-f]+)>")


def boxes_for(paper: papers.Paper, seed: int) -> list[Box]:
    """Every place of a secret, and a few rectangles anywhere."""
    rng = random.Random(seed + 1_000_000)  # noqa: S311 - rectangles, not secrets
    secret = re.compile("|".join(paper.secrets) or "(?!)")
    hits = finding.search(paper.data, None, lambda text: [("", *hit.span()) for hit in secret.finditer(text)])
    found = [one.box for one in hits]
    with reading.opened(paper.data) as document:
        sizes = [(sheet.width, sheet.height) for sheet in reading.sheets(document)]
    for _ in range(rng.randint(0, 4)):
        page = rng.randrange(len(sizes))
        width, height = sizes[page]
        x, y = rng.uniform(-20, width - 30), rng.uniform(-20, height - 30)
        found.append(Box(page + 1, x, y, rng.uniform(25, 200), rng.uniform(25, 80)))
    labels = ["", "17h", "17a", "17 huruf h"]
    return [Box(b.page, b.x, b.y, b.w, b.h, rng.choice(labels)) for b in found]


def recoverable(secrets: list[str], output: bytes) -> int:
    """Letters of secrets that can be had back: in pieces of three from the text, where no other digits stand, and of
    six from names, streams and bytes, where three digits stand by chance.
    """
    with pypdfium2.PdfDocument(output) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        told = " ".join(document.get_metadata_dict().values())
    joined = re.sub(r"[^A-Za-z0-9]", "", text)
    count = 0
    for secret in secrets:
        piece = GRAM if secret.isdigit() else LONG
        seen = _covered(secret, joined, piece) | _covered(secret, told + _bytes_of(output), LONG)
        count += len(seen)
    return count


def _covered(secret: str, text: str, piece: int) -> set[int]:
    """Places of the secret's letters that stand in the text in pieces of that length."""
    starts = [at for at in range(len(secret) - piece + 1) if secret[at : at + piece] in text]
    return {place for at in starts for place in range(at, at + piece)}


def _bytes_of(output: bytes) -> str:
    """Everything that is no picture: the file's own bytes and its unpacked streams of text."""
    parts = []
    for found in re.finditer(rb"<<([^\n]*)>>\nstream\n(.*?)\nendstream", output, re.DOTALL):
        if b"/Image" not in found.group(1):
            parts.append(zlib.decompress(found.group(2)))
    outside = re.sub(rb"stream\n.*?\nendstream", b"", output, flags=re.DOTALL)
    # Colours of a picture are written as digits: #252525 is a grey, not six digits of a secret.
    plain = PALETTE.sub(lambda found: bytes.fromhex(found.group(1).decode()), outside)
    return b" ".join([*parts, plain]).decode("latin-1")


def measure(count: int, *, dpi: int = 200, first: int = 0) -> dict[str, float]:
    """Run `count` papers; seconds include burning and proving."""
    pages = size = letters = boxes = failed = recovered = 0
    seconds = 0.0
    for seed in range(first, first + count):
        paper = papers.paper(seed)
        wanted = boxes_for(paper, seed)
        start = time.perf_counter()
        output = burning.burn(paper.data, wanted, dpi=dpi)
        proof = proving.prove(paper.data, wanted, output)
        seconds += time.perf_counter() - start
        pages += proof.checked["pages"]
        boxes += len(wanted)
        letters += proof.checked["removed_letters"]
        size += len(output)
        failed += not proof.ok
        recovered += recoverable(paper.secrets, output)
        if (seed + 1 - first) % 100 == 0:
            print(f"{seed + 1 - first} papers: {failed} proofs failed, {recovered} letters", file=sys.stderr)
        if not proof.ok:
            print(
                seed,
                [(one.code, one.page, one.values) for one in proof.findings if one.block],
                file=sys.stderr,
            )
    return {
        "papers": count, "pages": pages, "boxes": boxes, "removed_letters": letters, "proof_failed": failed,
        "recovered_letters": recovered, "seconds_per_page": round(seconds / pages, 3),
        "kib_per_page": round(size / pages / 1024, 1),
    }  # fmt: skip


if __name__ == "__main__":
    result = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    print(json.dumps(result))
    sys.exit(bool(result["proof_failed"] or result["recovered_letters"]))
