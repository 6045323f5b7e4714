"""Calls to strangers' addresses reach the open internet and nothing of ours."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pendopo.kernel import outbound

INSIDE = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://10.0.0.7/hook",
    "https://169.254.169.254/latest/meta-data",
    "https://192.168.1.1:8443/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25eth0]/",
    "https://224.0.0.1/",
]
WRONG = [
    "http://contoh.go.id/",
    "ftp://contoh.go.id/",
    "https://",
    "https:///jalan",
    "https://nama:sandi@contoh.go.id/",
    "https://contoh.go.id:port/",
    "https://contoh.go.id/\r\nHost: lain",
    "https://contoh.go.id/" + "a" * 3000,
    "javascript:alert(1)",
    "//contoh.go.id/",
    "",
]


class Neighbour(BaseHTTPRequestHandler):
    """A server that says what its path tells it to."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        if self.path == "/slow":
            self.server.release.wait(10)  # type: ignore[attr-defined]
        self.send_response(302 if self.path == "/away" else 429 if self.path == "/later" else 200)
        if self.path == "/away":
            self.send_header("Location", "/there")
        self.send_header("Retry-After", "30")
        self.end_headers()
        self.wfile.write(b"x" * (500_000 if self.path == "/huge" else 2))

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        self.wfile.write(b"x" * (500_000 if self.path == "/huge" else 2))

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def neighbour(settings: Any) -> Iterator[Any]:
    settings.OUTBOUND_TRUSTED_HOSTS = ["localhost"]
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    server.seen, server.release, server.daemon_threads = [], threading.Event(), True
    server.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("url", INSIDE + WRONG)
def test_an_address_of_ours_or_a_broken_one_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(outbound.OutboundRefused):
        outbound.post(url, body=b"{}", headers={})


def test_a_name_that_leads_into_our_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("93.184.215.14", port)), (*kind, ("10.1.2.3", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(outbound.OutboundRefused, match="jaringan dalam"):
        outbound.post("https://contoh.go.id/", body=b"{}", headers={})


def test_a_public_address_passes_the_look_of_a_form() -> None:
    outbound.check("https://contoh.go.id:8443/hook?a=1")


def test_a_call_brings_body_and_headers_and_takes_the_answer_home(neighbour: Any) -> None:
    answer = outbound.post(neighbour.url + "/hook?a=1", body=b"{}", headers={"Webhook-Id": "7"})
    assert answer.accepted
    assert answer.body == b"xx"
    path, headers, body = neighbour.seen[0]
    assert (path, headers["Webhook-Id"], body) == ("/hook?a=1", "7", b"{}")


def test_a_redirect_is_told_and_never_followed(neighbour: Any) -> None:
    answer = outbound.post(neighbour.url + "/away", body=b"", headers={})
    assert (answer.status, answer.accepted, len(neighbour.seen)) == (302, False, 1)


def test_a_request_to_wait_says_how_long(neighbour: Any) -> None:
    answer = outbound.post(neighbour.url + "/later", body=b"", headers={})
    assert (answer.status, answer.retry_after) == (429, "30")


def test_only_the_beginning_of_a_huge_answer_is_read(neighbour: Any) -> None:
    assert len(outbound.post(neighbour.url + "/huge", body=b"", headers={}).body) == 16_384


def test_a_silent_server_costs_no_more_than_the_time_limit(neighbour: Any) -> None:
    with pytest.raises(outbound.OutboundFailed):
        outbound.post(neighbour.url + "/slow", body=b"", headers={}, timeout=0.3)


def test_a_closed_port_is_a_failure_that_may_be_tried_again(settings: Any) -> None:
    settings.OUTBOUND_TRUSTED_HOSTS = ["localhost"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(outbound.OutboundFailed):
            outbound.post(f"http://localhost:{port}/", body=b"", headers={})


def test_a_body_is_fetched_up_to_a_limit(neighbour: Any) -> None:
    assert outbound.fetch(neighbour.url + "/photo", most=100) == b"xx"
    with pytest.raises(outbound.OutboundRefused):
        outbound.fetch(neighbour.url + "/huge", most=100_000)
    with pytest.raises(outbound.OutboundFailed):
        outbound.fetch(neighbour.url + "/gone", most=100)
    with pytest.raises(outbound.OutboundRefused):
        outbound.fetch("https://10.0.0.7/foto.jpg", most=100)
