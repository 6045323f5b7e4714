"""Taking away what nobody needs: rows no room links, objects without a row; both after a day of grace."""

import datetime as dt
import logging
import re
import uuid
from collections.abc import Iterable, Iterator

from django.core.files.storage import default_storage
from django.db import transaction

from pendopo.base.files import owners, seal_hosts, sealed
from pendopo.base.files.models import File, SealedFile

logger = logging.getLogger(__name__)

GRACE = dt.timedelta(days=1)  # a form may be half filled in
MONTHS_BACK = 2  # an object without a row is found by one of sixty nightly sweeps
AT_ONCE = 500
_OURS = re.compile(
    r"^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(-kecil)?\.(jpg|pdf|docx|xlsx|csv|tersegel)$"
)


def remove_unlinked(*, now: dt.datetime) -> int:
    """Remove files that no room links. Returns how many."""
    if not owners.known():
        return 0
    removed = 0
    for ids in _old_ids(now - GRACE):
        unlinked = set(ids) - owners.linked(ids)
        removed += sum(_remove(number) for number in unlinked)
    return removed


def remove_unlinked_seals(*, now: dt.datetime) -> int:
    """Remove sealed files that their room does not link, and objects of destroyed ones. Returns how many.

    A room that did not register (more likely it failed to load) loses nothing.
    """
    removed = 0
    for key, host in seal_hosts.all_hosts().items():
        old = SealedFile.objects.filter(host=key, created_at__lt=now - GRACE)
        ids = list(old.values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            removed += sum(_remove_seal(number, host) for number in set(part) - set(host.linked(part)))
    half_done = SealedFile.objects.filter(destroyed_at__isnull=False).exclude(key="")
    for number in list(half_done.values_list("pk", flat=True)):
        removed += sealed.remove_object(number)
    return removed


def remove_orphans(*, now: dt.datetime) -> int:
    """Remove objects of the last months whose row was never committed. Returns how many."""
    removed = 0
    for folder in _folders(now):
        names = [name for name in _names(folder) if _OURS.match(name)]
        for start in range(0, len(names), AT_ONCE):
            removed += _remove_orphans(folder, names[start : start + AT_ONCE], now - GRACE)
    return removed


def remove_now(ids: Iterable[uuid.UUID]) -> int:
    """Remove these files at once, rows and objects, unless some room still links them. Returns how many."""
    return sum(_remove(number) for number in ids)


def _old_ids(before: dt.datetime) -> Iterator[list[uuid.UUID]]:
    last = uuid.UUID(int=0)
    while True:
        rows = File.objects.filter(created_at__lt=before, pk__gt=last).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return
        yield ids
        last = ids[-1]


@transaction.atomic
def _remove(number: uuid.UUID) -> bool:
    """Objects first: when that fails or dies the row stays and tomorrow's sweep tries again."""
    file = File.objects.select_for_update(skip_locked=True).filter(pk=number).first()
    if file is None or owners.linked([number]):
        return False
    for key in filter(None, (file.key, file.thumbnail_key)):
        default_storage.delete(key)
    file.delete()
    return True


@transaction.atomic
def _remove_seal(number: uuid.UUID, host: seal_hosts.SealHost) -> bool:
    row = SealedFile.objects.select_for_update(skip_locked=True).filter(pk=number).first()
    if row is None or number in set(host.linked([number])):
        return False
    if row.key:
        default_storage.delete(row.key)
    row.delete()
    return True


def _remove_orphans(folder: str, names: list[str], before: dt.datetime) -> int:
    ids = {uuid.UUID(name[:36]) for name in names}
    kept = set(File.objects.filter(pk__in=ids).values_list("pk", flat=True))
    kept |= set(SealedFile.objects.filter(pk__in=ids).exclude(key="").values_list("pk", flat=True))
    removed = 0
    for name in names:
        key = f"{folder}/{name}"
        if uuid.UUID(name[:36]) not in kept and default_storage.get_modified_time(key) < before:
            default_storage.delete(key)
            removed += 1
    return removed


def _folders(now: dt.datetime) -> list[str]:
    months = now.year * 12 + now.month - 1
    return [f"{m // 12:04d}/{m % 12 + 1:02d}" for m in range(months - MONTHS_BACK, months + 1)]


def _names(folder: str) -> list[str]:
    try:
        return list(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []
