"""A network that can be cut, or that swallows answers, between a browser and the running site."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Page

OPEN, CUT, DEAF = "open", "cut", "deaf"


class Wire:
    """Forwards TCP connections to the site. `cut()` ends them all; `deaf(start)` lets requests that begin with
    `start` through and drops their answers, as when a phone leaves the cell at the worst moment."""

    def __init__(self, site: tuple[str, int]) -> None:
        self._site = site
        self._mode, self._start = OPEN, b""
        self._ends: set[socket.socket] = set()
        self.swallowed = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def mend(self) -> None:
        self._mode = OPEN

    def cut(self) -> None:
        self._mode = CUT
        for end in list(self._ends):
            _hang_up(end)

    def deaf(self, start: bytes) -> None:
        self._mode, self._start = DEAF, start

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                phone, _address = self._door.accept()
            except OSError:
                return
            if self._mode == CUT:
                _hang_up(phone)
                continue
            site = socket.create_connection(self._site)
            self._ends |= {phone, site}
            hidden = threading.Event()
            threading.Thread(target=self._up, args=(phone, site, hidden), daemon=True).start()
            threading.Thread(target=self._down, args=(phone, site, hidden), daemon=True).start()

    def _up(self, phone: socket.socket, site: socket.socket, hidden: threading.Event) -> None:
        with suppress(OSError):
            while piece := phone.recv(65_536):
                if self._mode == DEAF and piece.startswith(self._start):
                    hidden.set()
                elif piece[:5] in {b"GET /", b"POST "}:
                    hidden.clear()
                site.sendall(piece)
        _hang_up(site)
        self._ends.discard(site)

    def _down(self, phone: socket.socket, site: socket.socket, hidden: threading.Event) -> None:
        with suppress(OSError):
            while piece := site.recv(65_536):
                if hidden.is_set():
                    self.swallowed += 1
                    break
                phone.sendall(piece)
        _hang_up(phone)
        _hang_up(site)
        self._ends.discard(phone)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def wire_to(site: tuple[str, int]) -> Iterator[Wire]:
    wire = Wire(site)
    try:
        yield wire
    finally:
        wire.close()


def until(page: Page, script: str, *, tries: int = 100) -> None:
    """Ask the page until `script` is true. Playwright's own way needs eval, which our pages forbid."""
    for _try in range(tries):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never became true: {script}")
