"""What a fixed consequence test does to its entry of the list, and what its end does."""

import datetime as dt
import textwrap

from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.domains.information.actions.keeping import make_public, remember, touch
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    Item,
    ItemStatus,
    UpdateCycle,
)
from pendopo.kernel import clock, ids


def withhold(test: ConsequenceTest, *, by: User, now: dt.datetime) -> Item:
    """The entry of the DIK: the one the sheet is about, else a new one. Its files are not public any more."""
    item = _locked(test) or _new_entry(test, now)
    item.category, item.cycle, item.open_since, item.decree = (
        Category.DIKECUALIKAN,
        UpdateCycle.NONE,
        None,
        test.decree,
    )
    item.next_due_on, item.modified_at, item.file_text = None, now, ""
    touch(item, "category", "cycle", "open_since", "decree", "next_due_on", "modified_at", "file_text")
    reason = _("Dikecualikan (%s).") % test.code
    item.versions.filter(published_at__isnull=False, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_reason=reason
    )
    for step in _path(item.status):
        item.move_to(step)
    if item.status == ItemStatus.PROPOSED:
        make_public(item, now=now)
    remember(item, "item_withheld", by=by, now=now, facts={"test": test.code, "until": test.expires_on})
    return item


def _path(status: str) -> list[str]:
    """The steps from here to proposed; a fixed entry stays fixed."""
    return [] if status in (ItemStatus.PROPOSED, ItemStatus.FIXED) else [ItemStatus.PROPOSED]


def _locked(test: ConsequenceTest) -> Item | None:
    rows = Item.objects.light().select_for_update(of=("self",)).select_related("office")
    return rows.filter(pk=test.item_id).first() if test.item_id else None


def _new_entry(test: ConsequenceTest, now: dt.datetime) -> Item:
    return Item.objects.create(
        slug=ids.new_slug(),
        title=textwrap.shorten(test.information, 200, placeholder="…"),
        summary=test.information,
        category=Category.DIKECUALIKAN,
        office=test.office,
        holder=test.office.name[:160],
        responsible=test.office.name[:160],
        made_on=clock.local_date(now),
        made_place=test.decree.place if test.decree else "",
        retention=_("sekurang-kurangnya sampai pengecualian berakhir"),
        year=clock.local_date(now).year,
        proposed_by=test.made_by,
        proposed_at=test.proposed_at,
        created_at=now,
        modified_at=now,
    )


def open_entry(test: ConsequenceTest, *, by: User | None, now: dt.datetime) -> None:
    """No sheet withholds the entry any more: it is open to everybody who asks, and waits for its file."""
    item = _locked(test)
    if item is None or not item.is_exempt:
        return
    today = clock.local_date(now)
    others = ConsequenceTest.objects.filter(item=item).exclude(pk=test.pk)
    if others.in_force(today).exists():
        return
    item.category, item.open_since, item.modified_at = Category.SETIAP_SAAT, today, now
    touch(item, "category", "open_since", "modified_at")
    remember(item, "item_to_open", by=by, now=now, facts={"test": test.code})
