"""Fixing proposed entries by a numbered decree: all of a batch, or none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.domains.information import jobs, notifying
from pendopo.domains.information.actions.keeping import make_public, remember, touch
from pendopo.domains.information.models import Category, Decree, Item, ItemStatus
from pendopo.domains.information.offices import main_office
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class NewDecree:
    """A decree as it is written down: number and date stand on the paper that was signed."""

    number: str
    title: str
    signed_on: dt.date
    signer: str
    place: str = ""


def write_decree(new: NewDecree, kind: str, *, by: User, now: dt.datetime) -> Decree:
    """The row of a decree. Raises Refused for what is missing, a day to come, and a number that is taken."""
    number, title, signer = clean_line(new.number), clean_line(new.title), clean_line(new.signer)
    for field, value in (("number", number), ("title", title), ("signer", signer)):
        if not value:
            raise Refused(_("Isi nomor, judul, dan penanda tangan surat keputusannya."), field=field)
    if new.signed_on > clock.local_date(now):
        raise Refused(_("Surat keputusan tidak dapat bertanggal sesudah hari ini."), field="signed_on")
    if Decree.objects.filter(number__iexact=number).exists():
        raise Refused(_("Nomor surat keputusan ini sudah dipakai."), field="number")
    decree = Decree.objects.create(
        kind=kind,
        number=number[:80],
        title=title[:200],
        signed_on=new.signed_on,
        place=clean_line(new.place)[:80],
        signer=signer[:160],
        office=main_office(),
        made_by=by,
        made_at=now,
    )
    record(
        actor=by,
        verb="information.decree_written",
        subject=decree,
        organization=decree.office_id,
        facts={"number": decree.number},
        at=now,
    )
    return decree


@transaction.atomic
def fix(*, items: Sequence[tuple[int, int | None]], decree: NewDecree, by: User, now: dt.datetime) -> Decree:
    """Fix these entries, given as (id, seen version), by one decree of kind DIP; they get the next numbers.

    Entries that went out at once (serta merta) get their decree. Raises NotAllowed, and Refused naming the first
    entry that cannot be fixed; then none is.
    """
    require(policy.may_fix, by)
    if not items:
        raise Refused(_("Pilih paling sedikit satu entri."), field="items")
    if len(items) > MOST_AT_ONCE:
        raise Refused(_("Paling banyak %d entri dalam satu surat keputusan.") % MOST_AT_ONCE, field="items")
    seen = dict(items)
    rows = Item.objects.desk_of(by).light().filter(pk__in=seen).select_for_update(of=("self",))
    found = list(rows.select_related("office").order_by("proposed_at", "pk"))
    if len(found) != len(seen):
        raise Refused(_("Sebagian entri tidak ditemukan lagi. Muat ulang daftarnya."), field="items")
    for item in found:
        _check(item, seen[item.pk])
    written = write_decree(decree, Decree.Kind.DIP, by=by, now=now)
    for item in found:
        item.decree = written
        if item.status == ItemStatus.FIXED:
            touch(item, "decree")
        else:
            make_public(item, now=now)
        remember(item, "item_fixed", by=by, now=now, facts={"decree": written.number, "number": item.number})
    notifying.items_fixed(found, written, now=now)
    jobs.paper_later("decree", written.pk)
    return written


def _check(item: Item, seen: int | None) -> None:
    name = {"title": item.title}
    if seen is not None and item.version != seen:
        raise Refused(
            _("“%(title)s” baru saja berubah. Periksa lagi sebelum ditetapkan.") % name, field="items"
        )
    if item.category == Category.DIKECUALIKAN:
        raise Refused(
            _("“%(title)s” dikecualikan; ditetapkan bersama lembar uji konsekuensinya.") % name, field="items"
        )
    waiting = item.status == ItemStatus.FIXED and item.decree_id is None
    if item.status != ItemStatus.PROPOSED and not waiting:
        raise Refused(_("“%(title)s” tidak sedang diusulkan.") % name, field="items")
