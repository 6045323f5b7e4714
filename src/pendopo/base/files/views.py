"""Opening a file by its signed link."""

import datetime as dt
import logging

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from pendopo.base.accounts.models import User
from pendopo.base.files import sealed_links
from pendopo.base.files.links import WINDOW, LinkRefused, Opened, opened
from pendopo.base.files.models import FileKind
from pendopo.base.files.sealed import SealBroken, download_name
from pendopo.kernel import clock

logger = logging.getLogger(__name__)

_GUARDED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@require_safe
def open_file(request: HttpRequest, token: str) -> HttpResponse:
    """The bytes of a file; the signed token is the permission. Pictures are shown, documents are downloaded."""
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


@require_GET
def open_sealed_file(request: HttpRequest, token: str) -> HttpResponse:
    """An identity proof, for the person the link was made for. Its host asks again and writes down the look."""
    try:
        if not isinstance(request.user, User):
            raise LinkRefused
        row, data = sealed_links.opened(token, user=request.user, now=clock.now())
    except LinkRefused:
        return render(request, "files/expired.html", status=404)
    except SealBroken as broken:
        logger.error("a sealed file cannot be opened: %s", broken)
        return render(request, "files/expired.html", status=404)
    kept_by_nobody = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    shown = content_disposition_header(row.kind != FileKind.IMAGE, download_name(row))
    return HttpResponse(
        data,
        content_type=row.content_type,
        headers={**_GUARDED, **kept_by_nobody, "Content-Disposition": shown},
    )


def _answer(link: Opened, now: dt.datetime) -> HttpResponse:
    file = link.file
    with default_storage.open(file.thumbnail_key if link.thumbnail else file.key) as stored:
        data = stored.read()  # at most as many megabytes as the settings allow
    seconds = int(min(link.until - now, WINDOW).total_seconds())
    return HttpResponse(
        data,
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(file.kind != FileKind.IMAGE, file.name),
            **_GUARDED,
            "Cache-Control": f"private, max-age={seconds}, immutable",
        },
    )
