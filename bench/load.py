"""Clients in closed loops: each sends its next request when the last one has been answered."""

import gzip
import http.client
import itertools
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True)
class Visit:
    """One request. `source` is the loopback address it comes from, so that limits count many networks."""

    path: str
    cookies: str = ""
    form: dict[str, str] | None = None
    source: str = "127.0.0.1"
    expect: int = 200


@dataclass
class Heard:
    """What came back: milliseconds of each answer, largest payload as sent and unpacked, seconds in all."""

    times: list[float] = field(default_factory=list)
    sent: int = 0
    plain: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    def table(self) -> dict[str, object]:
        cut = statistics.quantiles(self.times, n=20) if len(self.times) > 1 else self.times * 19
        return {
            "requests": len(self.times),
            "p50_ms": round(statistics.median(self.times), 1),
            "p95_ms": round(cut[-1], 1),
            "per_second": round(len(self.times) / self.seconds, 1),
            "most_bytes_sent": self.sent,
            "most_bytes_plain": self.plain,
            "failures": self.failures[:3],
        }


def fetch(port: int, visit: Visit) -> tuple[int, bytes, int, float]:
    """(status, body, bytes sent, milliseconds) over a connection of its own, as behind a proxy without keep-alive."""
    start = time.perf_counter()
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(visit.source, 0))
    headers = {"Cookie": visit.cookies, "Accept-Encoding": "gzip", "Host": f"localhost:{port}"}
    if visit.form is None:
        wire.request("GET", visit.path, headers=headers)
    else:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{port}"}
        wire.request("POST", visit.path, urlencode(visit.form), headers)
    answer = wire.getresponse()
    body = answer.read()
    took = (time.perf_counter() - start) * 1000
    sent = len(body)
    if answer.getheader("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    wire.close()
    return answer.status, body, sent, took


def storm(
    port: int, visits: Sequence[Visit], *, seconds: float, clients: int = 8, once: bool = False
) -> Heard:
    """`clients` loops over the visits in a mixed order for some seconds; with `once` until each was made."""
    order = list(visits)
    random.Random(7).shuffle(order)  # noqa: S311
    endless: Iterator[Visit] = iter(order) if once else itertools.cycle(order)
    heard, lock = Heard(), threading.Lock()
    begin = time.perf_counter()

    def client() -> None:
        while True:
            with lock:
                visit = next(endless, None)
            if visit is None or (not once and time.perf_counter() - begin > seconds):
                return
            status, body, sent, took = fetch(port, visit)
            with lock:
                heard.times.append(took)
                heard.sent, heard.plain = max(heard.sent, sent), max(heard.plain, len(body))
                if status != visit.expect:
                    heard.failures.append(f"{status} {visit.path}")

    threads = [threading.Thread(target=client) for _number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heard.seconds = time.perf_counter() - begin
    return heard


def until(port: int, visit: Visit, wanted: Callable[[bytes], bool], *, patience: float = 90) -> float | None:
    """Seconds until an answer is as wanted, None when it never was."""
    begin = time.perf_counter()
    while (waited := time.perf_counter() - begin) < patience:
        if wanted(fetch(port, visit)[1]):
            return waited
        time.sleep(0.05)
    return None
