"""Addresses that open one file for a short time. Whom to give one is decided by the room that links it."""

import base64
import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from pendopo.base.files.models import File

# Links made within one quarter of an hour are equal, so a browser that reloads a page keeps its pictures.
WINDOW = dt.timedelta(minutes=15)
_signer = Signer(salt="pendopo.files.link", sep=".")


class LinkRefused(Exception):
    """The link is forged or damaged, has expired, or its file is gone."""


@dataclass(frozen=True)
class Opened:
    """What a valid link opens, and until when."""

    file: File
    thumbnail: bool
    until: dt.datetime


def link_to(
    file: File, *, thumbnail: bool = False, lifetime: dt.timedelta = dt.timedelta(hours=1), now: dt.datetime
) -> str:
    """An address that opens the file (or its small picture) for `lifetime` and at most 15 minutes more.

    Give it only to people who may see what the file belongs to. A file without a small picture (a PDF) is
    linked itself.
    """
    until = (int((now + lifetime).timestamp()) // _window() + 1) * _window()
    small = bool(thumbnail and file.thumbnail_key)
    packed = file.pk.bytes + bytes([small]) + until.to_bytes(5, "big")
    words = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return reverse("files:open", args=[_signer.sign(words)])


def opened(token: str, *, now: dt.datetime) -> Opened:
    """Read a link's token: one query. Raises LinkRefused, also when the file is gone."""
    try:
        words = _signer.unsign(token)
    except BadSignature:
        raise LinkRefused from None
    packed = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
    until = dt.datetime.fromtimestamp(int.from_bytes(packed[17:], "big"), dt.UTC)
    if now >= until:
        raise LinkRefused
    file = File.objects.filter(pk=uuid.UUID(bytes=packed[:16])).first()
    if file is None:
        raise LinkRefused
    return Opened(file, bool(packed[16]), until)


def _window() -> int:
    return int(WINDOW.total_seconds())
