"""Small process-wide caches with an age limit, all forgettable at once (tests, `SIGHUP`)."""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

V = TypeVar("V")

_all: list[dict] = []


def timed(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember a function's results by its (hashable) arguments for at most `seconds`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: dict[object, tuple[float, R]] = {}
        _all.append(kept)

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            hit = kept.get(key)
            if hit and time.monotonic() - hit[0] < seconds:
                return hit[1]
            value = function(*args, **kwargs)
            kept[key] = (time.monotonic(), value)
            return value

        return wrapper

    return decorate


class Recent(Generic[V]):
    """The newest `most` values by key, each for at most `seconds`. What was kept longest goes first."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._kept: dict[Hashable, tuple[float, V]] = {}
        _all.append(self._kept)

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value kept under `key`, or what `make` returns."""
        hit = self._kept.get(key)
        if hit and time.monotonic() - hit[0] < self._seconds:
            return hit[1]
        value = make()
        self._kept.pop(key, None)
        self._kept[key] = (time.monotonic(), value)
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)), None)
        return value


def clear_all() -> None:
    """Forget everything; the next call asks the source again."""
    for kept in _all:
        kept.clear()
