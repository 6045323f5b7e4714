"""Asking asynchronous libraries from ordinary code."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def wait_for(asked: Coroutine[Any, Any, T]) -> T:
    """The answer. In a thread whose loop is running already (a browser test, a notebook) another thread asks."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(asked)
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, asked).result()
