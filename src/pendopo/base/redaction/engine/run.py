"""The engine as the rest of the product uses it: each call is a child process with limits on time and memory, because
the files come from outside and PDFium is written in C++.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pendopo.base.redaction.engine import child
from pendopo.base.redaction.engine.shapes import Box, Finding, Found, Proof, Sheet, Unreadable

_CHILD = str(Path(child.__file__))
LOOK_SECONDS, BURN_SECONDS = 60, 900
DPI = 200


def sheets(data: bytes) -> list[Sheet]:
    """The pages. Raises Unreadable."""
    return [Sheet(**one) for one in _ask(LOOK_SECONDS, data, do="pages")[0]["sheets"]]


def find(data: bytes) -> list[Found]:
    """Personal numbers and addresses. Raises Unreadable."""
    return _found(_ask(LOOK_SECONDS * 2, data, do="find")[0])


def find_phrase(data: bytes, phrase: str) -> list[Found]:
    """Every place of a phrase. Raises Unreadable."""
    return _found(_ask(LOOK_SECONDS * 2, data, do="phrase", phrase=phrase)[0])


def burn(data: bytes, boxes: Sequence[Box], *, dpi: int = DPI) -> tuple[bytes, Proof]:
    """The blackened file (empty when the proof failed) and its proof. Raises Unreadable."""
    answer, output = _ask(BURN_SECONDS, data, do="burn", boxes=[asdict(box) for box in boxes], dpi=dpi)
    proof = answer["proof"]
    return output, Proof([Finding(**one) for one in proof["findings"]], proof["checked"])


def inspect(data: bytes, form: str) -> list[Finding]:
    """What speaks against publishing. `form` is "pdf", "office" or "text". Raises Unreadable."""
    answer, _blob = _ask(LOOK_SECONDS * 3, data, do="inspect", form=form)
    return [Finding(**one) for one in answer["findings"]]


def picture(data: bytes, *, page: int, width: int) -> bytes:
    """A page as PNG, `width` pixels wide. Raises Unreadable."""
    return _ask(LOOK_SECONDS, data, do="picture", page=page, width=width)[1]


def _found(answer: Any) -> list[Found]:
    return [Found(Box(**one["box"]), one["kind"], one["text"], one["hit"]) for one in answer["found"]]


def _ask(seconds: int, data: bytes, **asked: Any) -> tuple[Any, bytes]:
    """One call of the child. A crash, or no answer in time, is an unreadable file."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script, nothing from outside but stdin
            [sys.executable, "-I", _CHILD, str(seconds)],
            input=child.pack(json.dumps(asked).encode(), data),
            capture_output=True,
            timeout=seconds + 30,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow") from None
    if done.returncode != 0:
        raise Unreadable("crashed")
    head, blob = child.unpack(done.stdout)
    answer = json.loads(head)
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer["values"])
    return answer, blob
