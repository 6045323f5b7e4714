"""The web process answers a request in one thread, from the first middleware to the view and back."""

import asyncio
import threading
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from pendopo.config.asgi import OneThread

seen: list[int] = []


def note_thread(get_response: Any) -> Any:
    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(threading.get_ident())
        response: HttpResponse = get_response(request)
        seen.append(threading.get_ident())
        return response

    return answer


def plain(request: HttpRequest) -> HttpResponse:
    seen.append(threading.get_ident())
    return HttpResponse("biasa")


async def awaited(request: HttpRequest) -> HttpResponse:
    seen.append(threading.get_ident())
    return HttpResponse("ditunggu")


urlpatterns = [path("biasa/", plain), path("ditunggu/", awaited)]
SCOPE = {
    "type": "http", "http_version": "1.1", "method": "GET", "query_string": b"", "headers": [(b"host", b"localhost")],
    "server": ("localhost", 80), "client": ("127.0.0.1", 1),
}  # fmt: skip


async def ask(address: str) -> tuple[int, bytes]:
    """(status, body) as an ASGI server would hear them."""
    heard: list[dict[str, Any]] = []
    questions = iter([{"type": "http.request"}])

    async def receive() -> dict[str, Any]:
        for question in questions:
            return question
        await asyncio.sleep(60)  # the visitor stays
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        heard.append(message)

    await OneThread()({**SCOPE, "path": address, "raw_path": address.encode()}, receive, send)
    return heard[0]["status"], heard[1]["body"]


@pytest.fixture
def asked(db: None) -> Any:
    seen.clear()
    yield lambda address: asyncio.run(ask(address))
    connections.close_all()


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.note_thread"] * 3)
def test_middleware_and_view_share_a_thread_that_is_not_the_loop(asked: Any) -> None:
    assert asked("/biasa/") == (200, b"biasa")
    assert len(seen) == 7 and len(set(seen)) == 1
    assert seen[0] != threading.get_ident()  # where the event loop runs


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.note_thread"] * 2)
def test_an_async_view_still_runs_on_the_loop(asked: Any) -> None:
    assert asked("/ditunggu/") == (200, b"ditunggu")
    assert seen[2] == threading.get_ident()
    assert len({seen[0], seen[1], seen[3], seen[4]}) == 1
