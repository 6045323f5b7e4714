"""One line for each thing that takes time: what begins, and how long it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def seconds(since: float) -> str:
    """Elapsed time in Indonesian notation, like `3,2 detik`."""
    return f"{time.monotonic() - since:.1f} detik".replace(".", ",")


class Progress:
    """Writes lines through `write`."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write

    def say(self, sentence: str) -> None:
        self.write(f"• {sentence}")

    @contextmanager
    def step(self, sentence: str, *, lines_between: bool = False) -> Iterator[None]:
        """Say that something begins; say how long it took when that was more than a second."""
        start = time.monotonic()
        self.write(f"• {sentence} …")
        yield
        if lines_between or time.monotonic() - start > 1:
            self.write(f"  selesai dalam {seconds(start)}")
