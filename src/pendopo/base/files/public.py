"""The room's door for pages: addresses of a file that may be put into a page for who may see it."""

import datetime as dt

from pendopo.base.files.links import link_to
from pendopo.base.files.models import File
from pendopo.kernel import clock


def file_url(file: File, *, now: dt.datetime | None = None) -> str:
    """An address that opens the file for an hour. Only for people who may see what the file belongs to."""
    return link_to(file, now=now or clock.now())


def thumbnail_url(file: File, *, now: dt.datetime | None = None) -> str:
    """The same for the small picture; a PDF has none and is linked itself."""
    return link_to(file, thumbnail=True, now=now or clock.now())
