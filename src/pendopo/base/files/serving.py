"""A file at an address that stays: streamed, resumable, kept by caches. The view that calls it has checked before."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core.files.storage import default_storage
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from pendopo.base.files.examine import named, shown_name
from pendopo.base.files.models import File, FileKind

PIECE = 64 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")


def serve(request: HttpRequest, file: File, *, name: str = "", immutable: bool = True) -> HttpResponseBase:
    """Answer GET and HEAD with the bytes of `file`, as a download called `name` with the true ending.

    Knows ETag (the SHA-256), 304, and one range (206, 416), so that a broken download goes on where it stopped.
    `immutable` only when the address will never give other bytes: browsers and proxies keep it for a year.
    Raises Http404 when the object is gone.
    """
    etag = f'"{file.sha256}"'
    plain = HttpResponse(content_type=file.content_type, headers=_headers(file, name, etag, immutable))
    known = get_conditional_response(request, etag=etag, response=plain)
    if known is not plain and known is not None:
        return known
    span = _span(request, file.size, etag) if request.method == "GET" else (0, file.size)
    if span is None:
        plain.status_code = 416
        plain["Content-Range"] = f"bytes */{file.size}"
        return plain
    start, length = span
    plain["Content-Length"] = str(length)
    if request.method == "HEAD":
        return plain
    return _streamed(request, file, plain, start, length)


def _headers(file: File, name: str, etag: str, immutable: bool) -> dict[str, str]:
    shown = named(shown_name(name) or file.name, FileKind(file.kind))
    keep = "max-age=31536000, immutable" if immutable else "no-cache"
    return {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": f"public, {keep}",
        "Content-Disposition": content_disposition_header(True, shown) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def _span(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and length asked for; the whole when nothing sensible was; None when there is nothing there."""
    found = _RANGE.match(request.headers.get("Range", ""))
    if found is None or not any(found.groups()) or request.headers.get("If-Range", etag) != etag:
        return 0, size
    first, last = found.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < start:
        return 0, size  # not a range at all (RFC 9110, 14.1.2)
    return (start, end - start + 1) if start < size and (first or int(last)) else None


def _streamed(
    request: HttpRequest, file: File, plain: HttpResponse, start: int, length: int
) -> StreamingHttpResponse:
    try:
        source = _opened(file.key, start, length)
    except FileNotFoundError:
        raise Http404 from None
    pieces = _AsyncPieces(source, length) if isinstance(request, ASGIRequest) else _Pieces(source, length)
    answer = StreamingHttpResponse(pieces, headers=dict(plain.items()))
    if request.headers.get("Range") and length < file.size:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {start}-{start + length - 1}/{file.size}"
    return answer


def _opened(key: str, start: int, length: int) -> IO[bytes]:
    """The object from `start` on. S3 is asked for this range alone; its file object would fetch the whole."""
    stored: Any = default_storage.open(key)
    remote = getattr(stored, "obj", None)
    if remote is not None:
        body: IO[bytes] = remote.get(Range=f"bytes={start}-{start + length - 1}")["Body"]
        return body
    stored.seek(start)
    opened: IO[bytes] = stored
    return opened


class _Pieces:
    """The bytes, read as they are sent. Django closes it when the visitor is gone."""

    def __init__(self, source: IO[bytes], length: int) -> None:
        self.source, self.left = source, length

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.next():
            yield piece

    def next(self) -> bytes:
        piece = self.source.read(min(PIECE, self.left)) if self.left else b""
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.source.close()


class _AsyncPieces:
    """The same for ASGI, which would hold the whole in memory otherwise."""

    def __init__(self, source: IO[bytes], length: int) -> None:
        self.pieces = _Pieces(source, length)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        take = sync_to_async(self.pieces.next, thread_sensitive=False)
        while piece := await take():
            yield piece

    def close(self) -> None:
        self.pieces.close()
