"""A value made from the database, kept in the process until a fingerprint says that the rows changed."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pendopo.kernel.caches import timed

T = TypeVar("T")
Fingerprint = tuple[object, ...]


class Fresh(Generic[T]):
    """`get()` asks for the fingerprint at most every `seconds` and rebuilds when it differs.

    Whoever writes the rows calls `forget()`, so its own process sees them at once; other processes see them
    after `seconds` at the latest.
    """

    def __init__(
        self, fingerprint: Callable[[], Fingerprint], build: Callable[[], T], seconds: float
    ) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._kept: tuple[Fingerprint, T] | None = None
        self._generation = 0
        self._mark = timed(seconds)(lambda generation: (generation, *fingerprint()))

    def get(self) -> T:
        mark = self._mark(self._generation)
        kept = self._kept
        if kept is None or kept[0] != mark:
            with self._lock:  # one thread builds, the others wait for it
                kept = self._kept
                if kept is None or kept[0] != mark:
                    kept = self._kept = (mark, self._build())
        return kept[1]

    def forget(self) -> None:
        """Read everything again at the next question."""
        self._generation += 1
