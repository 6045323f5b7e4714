"""Small process-wide caches with an age limit, all forgettable at once (tests, `SIGHUP`)."""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

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


def clear_all() -> None:
    """Forget everything; the next call asks the source again."""
    for kept in _all:
        kept.clear()
