"""Files of an entry, version after version. None is published before it was looked through."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.files.actions import store
from pendopo.base.files.examine import DOCUMENTS, Examined
from pendopo.base.files.models import File
from pendopo.base.redaction import public as redaction
from pendopo.domains.information import checking, entries
from pendopo.domains.information.actions.keeping import find, reasoned, remember, touch
from pendopo.domains.information.actions.looking import look_later
from pendopo.domains.information.actions.reading import current, read_again
from pendopo.domains.information.models import Item, ItemStatus, ItemVersion
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line


@transaction.atomic
def add_version(
    *, item_id: int, upload: UploadedFile | Examined, note: str = "", by: User, now: dt.datetime
) -> ItemVersion:
    """Keep a file as the next version, to be looked through by a job and not public yet.

    The same file again is the same version. Raises NotAllowed, Refused and FileRefused (a Refused).
    """
    item = find(item_id, by)
    require(policy.may_keep, by, item.office_id)
    if item.status == ItemStatus.WITHDRAWN:
        raise Refused(_("Entri yang ditarik tidak menerima berkas. Usulkan lagi lebih dahulu."))
    file = store(upload=upload, by=by, now=now, allowed=DOCUMENTS)
    return append(item, file, note, by=by, now=now)


@transaction.atomic
def add_blackened(*, version_id: int, by: User, now: dt.datetime) -> ItemVersion:
    """The proven result of the studio as the next version. Raises NotAllowed, and Refused while there is none."""
    item, version = _find(version_id, by)
    results = redaction.result_of((checking.KIND, str(version_id)))
    file = next((one for one in map(redaction.proven_file, reversed(results)) if one is not None), None)
    if file is None:
        raise Refused(_("Belum ada hasil penghitaman yang terbukti untuk versi ini."))
    return append(item, file, _("Bagian dihitamkan dari versi %d.") % version.number, by=by, now=now)


def append(item: Item, file: File, note: str, *, by: User, now: dt.datetime) -> ItemVersion:
    """A stored file as the next version of a locked entry. Whether `by` may is the caller's question."""
    newest: ItemVersion | None = item.versions.select_related("file").order_by("-number").first()
    if newest is not None and newest.file.sha256 == file.sha256 and newest.withdrawn_at is None:
        return newest  # the second row of the same bytes is linked by nobody and swept away
    version: ItemVersion = ItemVersion.objects.create(
        item=item,
        number=(item.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=file,
        note=clean_line(note)[:300],
        added_by=by,
        added_at=now,
    )
    look_later(version.pk)
    touch(item)
    remember(item, "version_added", by=by, now=now, facts={"number": version.number, "name": file.name})
    return version


def _find(version_id: int, by: User) -> tuple[Item, ItemVersion]:
    """The version and its entry, both locked. Raises ItemVersion.DoesNotExist and Item.DoesNotExist."""
    owner = ItemVersion.objects.visible_to(by).values_list("item_id", flat=True).get(pk=version_id)
    item = find(owner, by)
    require(policy.may_keep, by, item.office_id)
    return item, ItemVersion.objects.select_for_update(of=("self",)).select_related("file").get(pk=version_id)


@transaction.atomic
def publish_version(
    *, version_id: int, looked_through: str = "", note: str = "", by: User, now: dt.datetime
) -> ItemVersion:
    """Make a version public with its entry. It becomes the current one and renews the entry.

    Raises NotAllowed, and Refused while something in the file blocks it, while warnings stand without the officer's
    words on what was looked through, or while nobody said what changed since the version before.
    """
    item, version = _find(version_id, by)
    if item.is_exempt:
        raise Refused(_("Berkas informasi yang dikecualikan tidak diterbitkan."))
    if version.published_at is not None and version.withdrawn_at is None:
        raise Refused(_("Versi ini sudah terbit."))
    if version.checked_at is None:
        raise Refused(_("Berkas ini masih diperiksa. Muat ulang halaman ini sebentar lagi."))
    verdict = checking.Verdict.of(version.verdict)
    words = clean_line(looked_through)[:300]
    if not verdict.passed:
        raise Refused(
            _("Berkas ini belum boleh terbit: %(why)s") % {"why": " ".join(verdict.blocking)}, field="file"
        )
    if verdict.warnings and len(words) < 10:
        raise Refused(
            _("Ada peringatan. Tulis apa yang sudah Anda periksa sebelum menerbitkan."),
            field="looked_through",
        )
    version.note = clean_line(note)[:300] or version.note
    if version.number > 1 and not version.note:
        raise Refused(_("Tulis apa yang berubah dari versi sebelumnya."), field="note")
    version.looked_through, version.published_at = words, now
    version.withdrawn_at, version.withdrawn_reason = None, ""
    version.save()
    newest = current(item.pk)
    if newest is not None and newest.pk == version.pk:
        _renewed(item, now)
    remember(
        item, "version_published", by=by, now=now, facts={"number": version.number, "note": version.note}
    )
    return version


def _renewed(item: Item, now: dt.datetime) -> None:
    """The entry has a new current file."""
    item.modified_at, item.open_since, item.has_soft = now, None, True
    if item.status == ItemStatus.FIXED:
        item.checked_on, item.warned_percent = clock.local_date(now), 0
        item.next_due_on = entries.next_due(item.cycle, item.checked_on)
    touch(item, "modified_at", "open_since", "has_soft", "checked_on", "warned_percent", "next_due_on")
    read_again(item)


@transaction.atomic
def withdraw_version(*, version_id: int, reason: str, by: User, now: dt.datetime) -> ItemVersion:
    """Take a wrong file back; the version before it is current again. Raises NotAllowed and Refused."""
    item, version = _find(version_id, by)
    if version.withdrawn_at is not None:
        raise Refused(_("Versi ini sudah ditarik."))
    version.withdrawn_at, version.withdrawn_reason = now, reasoned(reason)
    version.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    if version.published_at is not None:
        item.modified_at = now
        touch(item, "modified_at")
        read_again(item)
    remember(
        item, "version_withdrawn", by=by, now=now,
        facts={"number": version.number, "reason": version.withdrawn_reason},
    )  # fmt: skip
    return version


@transaction.atomic
def opened_without_file(*, item_id: int, seen: int | None, reason: str, by: User, now: dt.datetime) -> Item:
    """Information whose exemption ended has no file: it is open in print or on request. Raises NotAllowed, Refused."""
    item = find(item_id, by, seen)
    require(policy.may_fix, by)
    if item.open_since is None:
        raise Refused(_("Entri ini tidak sedang menunggu dibuka."))
    words = reasoned(reason)
    item.open_since, item.has_hard, item.modified_at = None, True, now
    touch(item, "open_since", "has_hard", "modified_at")
    remember(item, "item_opened", by=by, now=now, facts={"reason": words})
    return item
