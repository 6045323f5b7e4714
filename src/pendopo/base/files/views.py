"""Opening a file by its signed link."""

import datetime as dt
import logging

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from pendopo.base.files.links import WINDOW, LinkRefused, Opened, opened
from pendopo.base.files.models import FileKind
from pendopo.kernel import clock

logger = logging.getLogger(__name__)


@require_safe
def open_file(request: HttpRequest, token: str) -> HttpResponse:
    """The bytes of a file; the signed token is the permission. Pictures are shown, PDFs are downloaded."""
    now = clock.now()
    try:
        link = opened(token, now=now)
    except LinkRefused:
        return render(request, "files/expired.html", status=404)
    try:
        return _answer(link, now)
    except FileNotFoundError:
        logger.error("file %s has a row but no object", link.file.pk)
        return render(request, "files/expired.html", status=404)


def _answer(link: Opened, now: dt.datetime) -> HttpResponse:
    file = link.file
    with default_storage.open(file.thumbnail_key if link.thumbnail else file.key) as stored:
        data = stored.read()  # at most PDF_MAX_MB
    seconds = int(min(link.until - now, WINDOW).total_seconds())
    return HttpResponse(
        data,
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(file.kind == FileKind.PDF, file.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
            "Cache-Control": f"private, max-age={seconds}, immutable",
        },
    )
