"""Published files without the two seconds in which other processes look into a Word document."""

import datetime as dt
import itertools

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from pendopo.base.files.actions import store
from pendopo.base.files.models import FileKind
from pendopo.domains.information.models import Item, ItemVersion

NAMES = ("Jalan", "Taman", "Pasar")


def with_file(item: Item, text: str, *, now: dt.datetime, note: str = "Isi diperbarui.") -> ItemVersion:
    """A CSV with the words as the next version, checked, published and read, as the actions leave it."""
    lines = "".join(
        f"{name},{number},{text}\n" for number, name in zip(itertools.count(), NAMES, strict=False)
    )
    upload = SimpleUploadedFile("data.csv", f"nama,jumlah,catatan\n{lines}".encode())
    file = store(upload=upload, by=None, now=now, allowed=frozenset({FileKind.CSV}))
    version = ItemVersion.objects.create(
        item=item, number=item.versions.count() + 1, file=file, note=note, added_at=now, checked_at=now,
        published_at=now, extracted_at=now,
    )  # fmt: skip
    Item.objects.filter(pk=item.pk).update(file_text=text, modified_at=now)
    return version


def whole(response: HttpResponseBase) -> bytes:
    """Everything an answer sends. Its file is closed by hand: closing the answer would close the test's connection."""
    if not isinstance(response, StreamingHttpResponse):
        assert isinstance(response, HttpResponse)
        return response.content
    body = response.getvalue()
    for closer in response._resource_closers:  # type: ignore[attr-defined]
        closer()
    return body
