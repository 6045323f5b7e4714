"""A real uvicorn in a thread of the test: event streams cannot be seen through Django's test client."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from pendopo.config.asgi import application
from pendopo.surfaces.desk import presence


@contextmanager
def serving() -> Iterator[str]:
    """The address of the product, served by ASGI from this process and this test's database."""
    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, lifespan="off", log_config=None,
        timeout_graceful_shutdown=2, ws="none",
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        threading.Event().wait(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        for hub in list(
            presence._hubs.values()
        ):  # a signal does this, but signals reach only the main thread
            hub.stop()
        thread.join(15)
        assert not thread.is_alive(), "an open stream held up the end of the server"
