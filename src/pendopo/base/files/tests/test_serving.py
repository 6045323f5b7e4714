"""Public documents at an address that stays: whole, in part, not again, from a folder and from S3."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.test import AsyncRequestFactory, RequestFactory

from pendopo.base.files import serving
from pendopo.base.files.actions import store
from pendopo.base.files.examine import DOCUMENTS
from pendopo.base.files.models import File
from pendopo.base.files.public import serve
from pendopo.base.files.testing import pdf, upload
from pendopo.config.middleware import Compression

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(now, monkeypatch) -> File:
    monkeypatch.setattr(serving, "PIECE", 100)
    return store(upload=upload(pdf("Anggaran"), "asal.pdf"), by=None, now=now, allowed=DOCUMENTS)


def got(file: File, method: str = "get", **headers: str) -> HttpResponseBase:
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return serve(request, file, name="APBD 2026.xlsx")


def body(answer: HttpResponseBase) -> bytes:
    data = b"".join(answer)  # type: ignore[arg-type]
    answer.close()
    return data


def test_the_whole_is_a_download_that_caches_keep(document: File, shelf: Path) -> None:
    data = (shelf / document.key).read_bytes()
    answer = got(document)
    assert answer.status_code == 200 and answer.streaming
    assert answer.headers == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(data)),
        "Content-Disposition": 'attachment; filename="APBD 2026.pdf"',
        "ETag": f'"{document.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    assert body(answer) == data
    plain = serve(RequestFactory().head("/"), document, immutable=False)
    assert plain["Cache-Control"] == "public, no-cache"
    assert plain["Content-Disposition"] == 'attachment; filename="asal.pdf"'


def test_head_tells_the_same_without_touching_the_storage(document: File, shelf: Path) -> None:
    whole = got(document)
    whole.close()
    (shelf / document.key).unlink()
    answer = got(document, "head", Range="bytes=0-9")
    assert (answer.status_code, answer.headers, body(answer)) == (200, whole.headers, b"")
    with pytest.raises(Http404):
        got(document)


def test_what_the_browser_has_is_not_sent_again(document: File) -> None:
    for method in ("get", "head"):
        answer = got(document, method, If_None_Match=f'W/"x", "{document.sha256}"')
        assert (answer.status_code, answer["ETag"]) == (304, f'"{document.sha256}"')
        assert "immutable" in answer["Cache-Control"]
    assert got(document, "head", If_None_Match='"lain"').status_code == 200
    assert got(document, "head", If_Match='"lain"').status_code == 412


def test_a_broken_download_goes_on_where_it_stopped(document: File, shelf: Path) -> None:
    data = (shelf / document.key).read_bytes()
    size = len(data)
    for asked, first, last in (
        ("bytes=0-9", 0, 9), ("bytes=250-", 250, size - 1), ("bytes=-7", size - 7, size - 1),
        ("bytes=5-99999", 5, size - 1), (f"bytes={size - 1}-", size - 1, size - 1),
    ):  # fmt: skip
        answer = got(document, Range=asked)
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{size}"), asked
        assert answer["Content-Length"] == str(last - first + 1)
        assert body(answer) == data[first : last + 1]
    for asked in (f"bytes={size}-", "bytes=-0"):
        refused = got(document, Range=asked)
        assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{size}")
    for ignored in ("bytes=0-1,5-6", "bytes=9-5", "bytes=-", "lines=0-1", "bytes=a-b"):
        answer = got(document, Range=ignored)
        assert (answer.status_code, "Content-Range" in answer) == (200, False), ignored
        assert body(answer) == data
    for tag, length in ((f'"{document.sha256}"', 10), ('"lain"', size)):  # another version: the whole
        assert len(body(got(document, Range="bytes=0-9", If_Range=tag))) == length


def test_compression_leaves_it_countable(document: File) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = Compression(lambda _request: HttpResponse()).process_response(request, serve(request, document))
    assert "Content-Encoding" not in answer and answer["ETag"] == f'"{document.sha256}"'
    assert answer["Content-Length"] == str(document.size)
    answer.close()


def test_the_real_server_is_given_pieces(document: File, shelf: Path) -> None:
    async def pieces() -> list[bytes]:
        return [piece async for piece in answer]  # type: ignore[attr-defined]

    answer = serve(AsyncRequestFactory().get("/"), document)
    parts = asyncio.run(pieces())
    assert len(parts) > 3 and b"".join(parts) == (shelf / document.key).read_bytes()
    answer.close()


@pytest.fixture
def bucket(settings) -> Iterator[dict[str, bytes]]:
    """A small S3: keeps what is put, and gives it whole or in part. Its diary is under the key ""."""
    kept: dict[str, bytes] = {"": b""}

    class S3(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(200)

        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            kept[""] += f"{self.command} {asked}\n".encode()
            if self.path not in kept:
                self.answer(404)
            elif asked:
                first, last = asked.removeprefix("bytes=").split("-")
                self.answer(206, kept[self.path][int(first) : int(last) + 1])
            else:
                self.answer(200, kept[self.path])

        do_HEAD = do_GET

        def answer(self, status: int, data: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else data)

        def log_message(self, *_words: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), S3)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    options = {
        "bucket_name": "pendopo", "endpoint_url": f"http://127.0.0.1:{server.server_port}", "region_name": "id",
        "access_key": "uji", "secret_key": "uji", "file_overwrite": True, "addressing_style": "path",
    }  # fmt: skip
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    yield kept
    default_storage.connection.meta.client.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_s3_is_asked_only_for_what_is_sent(bucket: dict[str, bytes], document: File) -> None:
    data = pdf("Anggaran")
    bucket[f"/pendopo/{document.key}"] = data
    bucket[""] = b""
    assert body(got(document)) == data
    answer = got(document, Range="bytes=3-12")
    assert (answer.status_code, body(answer)) == (206, data[3:13])
    assert bucket[""].decode().splitlines() == [
        "HEAD ", f"GET bytes=0-{len(data) - 1}", "HEAD ", "GET bytes=3-12",
    ]  # fmt: skip
    del bucket[f"/pendopo/{document.key}"]
    with pytest.raises(Http404):
        got(document)
