"""The room's door for pages: addresses of a file that may be put into a page for who may see it."""

import datetime as dt

from pendopo.base.files.links import link_to
from pendopo.base.files.models import File
from pendopo.base.files.sealed_links import sealed_link
from pendopo.base.files.serving import serve
from pendopo.base.files.texts import Extracted, TextUnreadable, extract
from pendopo.kernel import clock

__all__ = ["Extracted", "TextUnreadable", "extract", "file_url", "sealed_link", "serve", "thumbnail_url"]


def file_url(file: File, *, now: dt.datetime | None = None) -> str:
    """An address that opens the file for an hour. Only for people who may see what the file belongs to."""
    return link_to(file, now=now or clock.now())


def thumbnail_url(file: File, *, now: dt.datetime | None = None) -> str:
    """The same for the small picture; a document has none and is linked itself."""
    return link_to(file, thumbnail=True, now=now or clock.now())
