"""Keeping the lists: the verbs of history, notices and staff pages of DIP and DIK."""

import uuid
from collections.abc import Collection, Iterable

from django.urls import reverse

from pendopo.base.files import owners
from pendopo.base.redaction.hosts import hosts
from pendopo.domains.information import checking, keeping_history, tasks_keeping
from pendopo.domains.information.models import ItemImport, ItemVersion

__all__ = ["register", "tasks_keeping"]  # its sweeps are known to every process that loads the room


def _linked(ids: Collection[uuid.UUID]) -> Iterable[uuid.UUID]:
    """Files of entries and of lists that were brought in."""
    yield from ItemVersion.objects.filter(file__in=ids).values_list("file", flat=True)
    yield from ItemImport.objects.filter(file__in=ids).values_list("file", flat=True)


def _entry_url(version_id: str) -> str:
    """The page of the entry a version belongs to."""
    item = ItemVersion.objects.values_list("item_id", flat=True).get(pk=version_id)
    return reverse("information:entry", args=[item])


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    keeping_history.register()
    hosts.register(checking.host(_entry_url))
    owners.register("information-items", _linked)
