"""The words inside the current file of an entry, so that the search finds them. Read in the background."""

import logging

from django.db import transaction
from django.db.models import QuerySet
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pendopo.base.files.public import TextUnreadable, extract
from pendopo.domains.information.models import Category, Item, ItemStatus, ItemVersion
from pendopo.kernel import clock

MAX_LETTERS = 200_000
logger = logging.getLogger(__name__)


def current(item_id: int) -> ItemVersion | None:
    """The newest published version that was not withdrawn."""
    rows = ItemVersion.objects.filter(item_id=item_id, published_at__isnull=False, withdrawn_at=None)
    return rows.select_related("file").order_by("-number").first()


def read_again(item: Item) -> None:
    """Let the text of the current file be read. Without one, or when the entry is withheld, there is no text."""
    version = None if item.category == Category.DIKECUALIKAN else current(item.pk)
    if version is None:
        Item.objects.filter(pk=item.pk).exclude(file_text="").update(file_text="")
        return
    ItemVersion.objects.filter(pk=version.pk).update(extracted_at=None)
    enqueue(version.pk)


def enqueue(version_id: int) -> None:
    """A job for one version, born in the transaction of the act; one is enough."""
    try:
        with transaction.atomic():
            read_text.configure(queueing_lock=f"information.read_text:{version_id}").defer(
                version_id=version_id
            )
    except AlreadyEnqueued:
        return


@app.task(
    name="information.read_text", queue="imports", retry=RetryStrategy(max_attempts=5, exponential_wait=4)
)
def read_text(version_id: int) -> None:
    """The job. Run twice or killed half-way it does no harm: text and mark are written together."""
    version = ItemVersion.objects.select_related("file").filter(pk=version_id, extracted_at=None).first()
    if version is None:
        return
    try:
        found = extract(version.file, max_letters=MAX_LETTERS)
        text, pages, cut = found.text, found.pages, found.truncated
    except (TextUnreadable, FileNotFoundError):
        logger.warning("the text of version %s cannot be read", version_id)
        text, pages, cut = "", version.pages, False
    with transaction.atomic():
        item = Item.objects.select_for_update(of=("self",)).light().get(pk=version.item_id)
        newest = current(item.pk)
        if newest is not None and newest.pk == version_id and _searchable(item):
            Item.objects.filter(pk=item.pk).update(file_text=text)
        ItemVersion.objects.filter(pk=version_id).update(extracted_at=clock.now(), pages=pages, truncated=cut)


def searchable() -> QuerySet[Item]:
    """Entries whose files may be found by their words."""
    return Item.objects.exclude(category=Category.DIKECUALIKAN).exclude(status=ItemStatus.WITHDRAWN)


def _searchable(item: Item) -> bool:
    return item.category != Category.DIKECUALIKAN and item.status != ItemStatus.WITHDRAWN
