"""Long answers sent piece by piece: ASGI is given async pieces, the test client plain ones."""

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

PIECES_AT_ONCE = 200


def csv_download(request: HttpRequest, lines: Iterable[str], *, filename: str) -> StreamingHttpResponse:
    """`lines` as a CSV download. Nothing is held in memory beyond a few hundred lines; no cache keeps it."""
    return download(request, lines, filename=filename, content_type="text/csv; charset=utf-8")


def download(
    request: HttpRequest, lines: Iterable[str], *, filename: str, content_type: str
) -> StreamingHttpResponse:
    """`lines` as a file of any kind of text, sent as it is made."""
    pieces = _joined(lines)
    body = _as_async(pieces) if isinstance(request, ASGIRequest) else pieces
    return StreamingHttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
        },
    )


def _joined(lines: Iterable[str]) -> Iterator[str]:
    source = iter(lines)
    while piece := "".join(islice(source, PIECES_AT_ONCE)):
        yield piece


async def _as_async(pieces: Iterator[str]) -> AsyncIterator[str]:
    # thread-sensitive: the same thread, and so the same database connection, as the view
    take = sync_to_async(_next_of, thread_sensitive=True)
    while piece := await take(pieces):
        yield piece


def _next_of(pieces: Iterator[str]) -> str:
    return next(pieces, "")
