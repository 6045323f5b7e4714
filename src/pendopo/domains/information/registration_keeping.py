"""Keeping the lists: the verbs of history, notices and staff pages of DIP and DIK."""

import uuid
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.files import owners
from pendopo.domains.information import keeping_history, tasks_keeping
from pendopo.domains.information.models import ItemImport, ItemVersion
from pendopo.domains.information.policy import who

__all__ = ["register", "tasks_keeping"]  # its sweeps are known to every process that loads the room


def _linked(ids: Collection[uuid.UUID]) -> Iterable[uuid.UUID]:
    """Files of entries and of lists that were brought in."""
    yield from ItemVersion.objects.filter(file__in=ids).values_list("file", flat=True)
    yield from ItemImport.objects.filter(file__in=ids).values_list("file", flat=True)


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    keeping_history.register()
    owners.register("information-items", _linked)
    registries.menu.register(
        registries.MenuItem(
            "information-items", _("Daftar informasi"), "information:items",
            audience="staff", icon="dokumen", order=40, for_whom=who.is_ppid,
        )
    )  # fmt: skip
