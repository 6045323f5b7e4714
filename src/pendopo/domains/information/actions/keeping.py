"""Verbs on one entry of the list: draft, change, propose, return, publish at once, withdraw, restore."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.domains.information import entries, notifying
from pendopo.domains.information.actions.reading import read_again
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.models import Category, InformationRequest, Item, ItemStatus
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

_NUMBERING = 14_2008  # key of the advisory lock: numbers of the list are given one after the other
_DRAFTING = (ItemStatus.DRAFT, ItemStatus.RETURNED)


def find(item_id: int, by: User, seen: int | None = None) -> Item:
    """The entry, locked, if it is on this person's desk. `seen` is the version its page was opened on.

    Raises Item.DoesNotExist, and Refused when a colleague changed it meanwhile.
    """
    rows = Item.objects.desk_of(by).light().select_for_update(of=("self",))
    item: Item = rows.select_related("office").get(pk=item_id)
    if seen is not None and item.version != seen:
        raise Refused(
            _("Rekan Anda baru saja mengubah entri ini. Buka lagi untuk melihat yang terbaru.")
        )
    return item


def touch(item: Item, *names: str) -> None:
    """Save these columns and count the change."""
    item.version += 1
    item.save(update_fields=[*names, "version"])


def remember(
    item: Item, verb: str, *, by: User | None, now: dt.datetime, facts: Mapping[str, Any] | None = None
) -> None:
    """Append a line to the entry's history."""
    record(
        actor=by, verb=f"information.{verb}", subject=item, organization=item.office_id, facts=facts, at=now
    )


def reasoned(reason: str) -> str:
    """A reason that says something. Raises Refused."""
    words = clean_line(reason)
    if len(words) < 5:
        raise Refused(_("Tulis alasannya, paling sedikit beberapa kata."), field="reason")
    return words[:300]


@transaction.atomic
def draft(
    *, office_id: int, entry: Entry, by: User, now: dt.datetime, origin: InformationRequest | None = None
) -> Item:
    """A new entry of an office, not public. Raises NotAllowed, and Refused for columns that do not fit."""
    require(policy.may_keep, by, office_id)
    entry = entry.cleaned()
    if entry.category == Category.DIKECUALIKAN:
        raise Refused(
            _("Informasi dikecualikan hanya lewat uji konsekuensi. Buat lembar ujinya lebih dahulu."),
            field="category",
        )
    entries.check(entry, on=clock.local_date(now))
    item = Item(office_id=office_id, slug=ids.new_slug(), created_at=now, modified_at=now, origin=origin)
    entries.put(entry, item)
    item.save(force_insert=True)
    remember(item, "item_drafted", by=by, now=now)
    return item


@transaction.atomic
def edit(*, item_id: int, seen: int | None, entry: Entry, by: User, now: dt.datetime) -> Item:
    """Change the columns of an entry. Nothing changed: nothing is written. Raises NotAllowed and Refused."""
    item = find(item_id, by, seen)
    require(policy.may_keep, by, item.office_id)
    if item.status == ItemStatus.WITHDRAWN:
        raise Refused(_("Entri yang ditarik tidak diubah. Usulkan lagi lebih dahulu."))
    entry = entry.cleaned()
    if entry.category != item.category and Category.DIKECUALIKAN in (entry.category, item.category):
        raise Refused(
            _("Dikecualikan atau tidak ditentukan oleh uji konsekuensi, bukan di sini."), field="category"
        )
    entries.check(entry, on=clock.local_date(now))
    changed = entries.put(entry, item)
    if not changed:
        return item
    if not policy.may_rename(by, item) and entries.DECREED & set(changed):
        raise Refused(
            _("Judul, kategori, dan tahun sudah ditetapkan. Hanya PPID Utama yang dapat mengubahnya."),
            field=next(name for name in entries.NAMES if name in changed and name in entries.DECREED),
        )
    if item.status == ItemStatus.FIXED and item.category not in (Category.DIKECUALIKAN, Category.SERTA_MERTA):
        _needs_decree(item)
    item.modified_at = now
    if item.status == ItemStatus.FIXED:
        item.next_due_on = entries.next_due(item.cycle, item.checked_on)
    touch(item, *changed, "modified_at", "next_due_on")
    remember(item, "item_edited", by=by, now=now, facts={"changes": entries.said(changed)})
    return item


def _needs_decree(item: Item) -> None:
    if item.decree_id is None:
        raise Refused(
            _("Entri serta merta ini belum berkeputusan; kategorinya belum dapat diubah."), field="category"
        )


@transaction.atomic
def propose(*, item_id: int, seen: int | None, by: User, now: dt.datetime) -> Item:
    """The unit asks PPID Utama to fix the entry. Raises NotAllowed and Refused."""
    item = find(item_id, by, seen)
    require(policy.may_keep, by, item.office_id)
    if item.status not in _DRAFTING:
        raise Refused(_("Hanya draf atau entri yang dikembalikan yang dapat diusulkan."))
    item.proposed_by, item.proposed_at, item.return_reason = by, now, ""
    touch(item, "proposed_by", "proposed_at", "return_reason")
    item.move_to(ItemStatus.PROPOSED)
    remember(item, "item_proposed", by=by, now=now)
    return item


@transaction.atomic
def send_back(*, item_id: int, seen: int | None, reason: str, by: User, now: dt.datetime) -> Item:
    """PPID Utama returns a proposal with what is to be mended. Raises NotAllowed and Refused."""
    item = find(item_id, by, seen)
    require(policy.may_fix, by)
    if item.status != ItemStatus.PROPOSED:
        raise Refused(_("Hanya entri yang diusulkan yang dapat dikembalikan."))
    item.return_reason = reasoned(reason)
    touch(item, "return_reason")
    item.move_to(ItemStatus.RETURNED)
    remember(item, "item_returned", by=by, now=now, facts={"reason": item.return_reason})
    notifying.item_returned(item, now=now)
    return item


@transaction.atomic
def publish_at_once(*, item_id: int, seen: int | None, by: User, now: dt.datetime) -> Item:
    """Serta merta: public now, decree later (UU 14/2008 Pasal 10). Raises NotAllowed and Refused."""
    item = find(item_id, by, seen)
    today = clock.local_date(now)
    if item.category != Category.SERTA_MERTA:
        raise Refused(_("Hanya informasi serta merta yang terbit sebelum ditetapkan."))
    require(policy.may_publish_at_once, by, item, today)
    if item.status in _DRAFTING:
        item.proposed_by, item.proposed_at = by, now
        item.save(update_fields=["proposed_by", "proposed_at"])
        item.move_to(ItemStatus.PROPOSED)
    if item.status != ItemStatus.PROPOSED:
        raise Refused(_("Entri ini sudah terbit atau sudah ditarik."))
    make_public(item, now=now)
    remember(item, "item_published_at_once", by=by, now=now, facts={"number": item.number})
    return item


def make_public(item: Item, *, now: dt.datetime) -> None:
    """From proposed to fixed: the next number of the list, the day it became public, the next day to look at it."""
    if item.number is None:
        item.number = _next_number()
    item.published_at = item.published_at or now
    item.modified_at, item.checked_on = now, clock.local_date(now)
    item.next_due_on, item.warned_percent = entries.next_due(item.cycle, item.checked_on), 0
    item.withdrawn_reason, item.withdrawn_at = "", None
    touch(
        item, "number", "published_at", "modified_at", "checked_on", "next_due_on", "warned_percent", "decree",
        "withdrawn_reason", "withdrawn_at",
    )  # fmt: skip
    item.move_to(ItemStatus.FIXED)
    read_again(item)


def _next_number() -> int:
    """Without gaps: numbers are given in the transaction of the act and kept for ever, also by what is withdrawn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])
    return int(Item.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def withdraw(*, item_id: int, seen: int | None, reason: str, by: User, now: dt.datetime) -> Item:
    """Take an entry off the list; what was public stays as a tombstone with its address. Raises NotAllowed, Refused."""
    item = find(item_id, by, seen)
    require(policy.may_withdraw, by, item)
    if item.status == ItemStatus.WITHDRAWN:
        raise Refused(_("Entri ini sudah ditarik."))
    if item.is_exempt:
        raise Refused(_("Entri yang dikecualikan terbuka bila ujinya berakhir; akhiri lembar ujinya."))
    item.withdrawn_reason, item.withdrawn_at = reasoned(reason), now
    item.modified_at, item.next_due_on, item.file_text = now, None, ""
    touch(item, "withdrawn_reason", "withdrawn_at", "modified_at", "next_due_on", "file_text")
    item.move_to(ItemStatus.WITHDRAWN)
    remember(item, "item_withdrawn", by=by, now=now, facts={"reason": item.withdrawn_reason})
    return item


@transaction.atomic
def restore(*, item_id: int, seen: int | None, by: User, now: dt.datetime) -> Item:
    """Propose a withdrawn entry again; it keeps its address and number. Raises NotAllowed and Refused."""
    item = find(item_id, by, seen)
    require(policy.may_keep, by, item.office_id)
    if item.status != ItemStatus.WITHDRAWN:
        raise Refused(_("Hanya entri yang ditarik yang dapat diusulkan lagi."))
    item.proposed_by, item.proposed_at, item.return_reason = by, now, ""
    touch(item, "proposed_by", "proposed_at", "return_reason")
    item.move_to(ItemStatus.PROPOSED)
    remember(item, "item_restored", by=by, now=now)
    return item
