"""HEIC photos are opened by a child process: libheif crashes on some damaged files (our test has one; see also
strukturag/libheif#1734), and a crash would take the whole web process with everybody's requests. The child has
a time limit and a memory limit of its own.
"""

import subprocess
import sys
from pathlib import Path

from pendopo.base.files import heic_child

SECONDS = 30  # a large photo takes two on a small server
_CHILD = str(Path(heic_child.__file__))


class NotOpened(Exception):
    """The child could not make a picture of the bytes. `too_large` when they have too many pixels."""

    def __init__(self, *, too_large: bool = False) -> None:
        super().__init__("too large" if too_large else "not opened")
        self.too_large = too_large


def to_png(data: bytes, *, edge: int, max_pixels: int) -> bytes:
    """The upright picture, at most `edge` pixels wide and high, as PNG. Raises NotOpened."""
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and script, nothing from outside but stdin
            [sys.executable, "-I", _CHILD, str(edge), str(max_pixels)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotOpened from None
    if child.returncode != 0:  # negative: killed by its crash
        raise NotOpened(too_large=child.returncode == heic_child.TOO_LARGE)
    return child.stdout
