"""One entry of the list on its way: drafted, proposed, returned, fixed, withdrawn, proposed again."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from pendopo.base.audit.models import Entry as Line
from pendopo.base.notices.models import Notice
from pendopo.domains.information.actions import keeping, keeping_decrees
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.models import Category, Decree, Item, ItemStatus, KeepingRule, UpdateCycle
from pendopo.domains.information.testing_catalogue import (
    a_decree,
    a_version,
    an_entry,
    an_item,
    new_decree,
    prepare,
)
from pendopo.kernel import caches
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
UPDATED = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _rules(government: Any) -> None:
    prepare()


def verbs_of(item: Item) -> list[str]:
    rows = Line.objects.about(item).order_by("pk").values_list("verb", flat=True)
    return [verb.removeprefix("information.") for verb in rows]


def test_an_entry_is_drafted_proposed_returned_and_fixed(everyone: Any, government: Any, now: Any) -> None:
    sari, utama = everyone["sari"], everyone["koordinator"]
    item = keeping.draft(office_id=government.works.pk, entry=an_entry(), by=sari, now=now)
    keeping.propose(item_id=item.pk, seen=1, by=sari, now=now)
    keeping.send_back(item_id=item.pk, seen=2, reason="Ringkasan belum jelas.", by=utama, now=now)
    item.refresh_from_db()
    assert (item.status, item.return_reason, item.number) == (
        ItemStatus.RETURNED,
        "Ringkasan belum jelas.",
        None,
    )
    assert Notice.objects.filter(event="information.item_returned", recipient=sari).exists()
    keeping.propose(item_id=item.pk, seen=3, by=sari, now=now)
    decree = keeping_decrees.fix(items=[(item.pk, 4)], decree=new_decree(now), by=utama, now=now)
    item.refresh_from_db()
    assert (item.status, item.number, item.decree, item.published_at) == (ItemStatus.FIXED, 1, decree, now)
    assert (decree.kind, decree.office, decree.made_by) == (Decree.Kind.DIP, government.intake, utama)
    assert verbs_of(item) == [
        "item_drafted",
        "item_proposed",
        "item_returned",
        "item_proposed",
        "item_fixed",
    ]
    told = Notice.objects.filter(event="information.items_fixed", recipient=sari).first()
    assert told is not None and item.title in told.body and decree.number in told.body


def test_a_unit_keeps_its_own_part_and_never_fixes(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(status=ItemStatus.DRAFT, office=government.works, now=now)
    allowed = set()
    for name, person in everyone.items():
        try:
            keeping.draft(office_id=government.works.pk, entry=an_entry(), by=person, now=now)
        except NotAllowed:
            continue
        allowed.add(name)
    assert allowed == {"sari", "budi", "ibu_ratna", "koordinator"}
    sees = {name for name, person in everyone.items() if Item.objects.visible_to(person).filter(pk=item.pk)}
    assert sees == {"sari", "budi", "ibu_ratna", "koordinator", "pengamat", "administrator", "sekda"}
    keeping.propose(item_id=item.pk, seen=None, by=everyone["budi"], now=now)
    with pytest.raises(NotAllowed):
        keeping_decrees.fix(items=[(item.pk, None)], decree=new_decree(now), by=everyone["sari"], now=now)
    with pytest.raises(Item.DoesNotExist):
        keeping.edit(item_id=item.pk, seen=None, entry=an_entry(), by=everyone["tono"], now=now)
    with pytest.raises(NotAllowed):
        keeping.edit(item_id=item.pk, seen=None, entry=an_entry(), by=everyone["pengamat"], now=now)
    assert not Decree.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"made_on": dt.date(2026, 3, 10)}, "made_on"),
        ({"year": 1066}, "year"),
        ({"has_soft": False}, "has_soft"),
        ({"category": Category.BERKALA, "cycle": UpdateCycle.ANNUAL}, "cycle"),
        ({"category": Category.BERKALA, "cycle": UpdateCycle.NONE}, "cycle"),
        ({"category": Category.DIKECUALIKAN}, "category"),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_their_field(
    wrong: dict[str, Any], field: str, everyone: Any, government: Any, now: Any
) -> None:
    with pytest.raises(Refused) as no:
        keeping.draft(office_id=government.works.pk, entry=an_entry(**wrong), by=everyone["sari"], now=now)
    assert no.value.field == field
    assert not Item.objects.exists()


def test_the_longest_cycle_is_a_row_with_its_article(everyone: Any, government: Any, now: Any) -> None:
    yearly = an_entry(category=Category.BERKALA, cycle=UpdateCycle.ANNUAL)
    with pytest.raises(Refused, match=r"6 bulan \(UU 14/2008 Pasal 9 ayat \(3\)\)"):
        keeping.draft(office_id=government.works.pk, entry=yearly, by=everyone["sari"], now=now)
    KeepingRule.objects.filter(key="BERKALA_MONTHS").update(amount=12)
    caches.clear_all()
    assert keeping.draft(office_id=government.works.pk, entry=yearly, by=everyone["sari"], now=now).pk


def test_two_officers_at_once(sari: Any, budi: Any, government: Any, now: Any) -> None:
    item = an_item(status=ItemStatus.DRAFT, office=government.works, now=now)
    entry = Entry.of(item)
    keeping.edit(
        item_id=item.pk, seen=1, entry=dataclasses.replace(entry, title="Judul Sari"), by=sari, now=now
    )
    with pytest.raises(Refused, match="Rekan Anda baru saja mengubah"):
        keeping.edit(
            item_id=item.pk, seen=1, entry=dataclasses.replace(entry, title="Judul Budi"), by=budi, now=now
        )
    item.refresh_from_db()
    assert (item.title, item.version) == ("Judul Sari", 2)
    line = Line.objects.about(item).get(verb="information.item_edited")
    assert line.facts["changes"] == "judul: Rencana kerja tahunan → Judul Sari"
    # Saved again without a change: nothing is written, the harvesters are told nothing.
    keeping.edit(item_id=item.pk, seen=2, entry=Entry.of(item), by=budi, now=now + UPDATED)
    item.refresh_from_db()
    assert (item.version, item.modified_at) == (2, now)


def test_a_decree_fixes_all_or_none(everyone: Any, government: Any, now: Any) -> None:
    utama = everyone["koordinator"]
    good = an_item(status=ItemStatus.PROPOSED, office=government.works, now=now)
    other = an_item(status=ItemStatus.PROPOSED, office=government.environment, now=now, title="Izin")
    draft = an_item(status=ItemStatus.DRAFT, office=government.works, now=now, title="Masih draf")
    batch = [(good.pk, good.version), (other.pk, other.version)]
    for items, sentence in (
        ([], "Pilih paling sedikit"),
        ([*batch, (draft.pk, draft.version)], "“Masih draf” tidak sedang diusulkan"),
        ([(good.pk, 99), (other.pk, other.version)], "baru saja berubah"),
        ([*batch, (987654, 1)], "tidak ditemukan"),
    ):
        with pytest.raises(Refused, match=sentence):
            keeping_decrees.fix(items=items, decree=new_decree(now), by=utama, now=now)
    tomorrow = dataclasses.replace(new_decree(now), signed_on=now.date() + dt.timedelta(days=1))
    with pytest.raises(Refused) as no:
        keeping_decrees.fix(items=batch, decree=tomorrow, by=utama, now=now)
    assert no.value.field == "signed_on"
    assert not Decree.objects.exists() and not Item.objects.filter(status=ItemStatus.FIXED).exists()
    decree = keeping_decrees.fix(items=batch, decree=new_decree(now, "SK/1"), by=utama, now=now)
    assert sorted(decree.items.values_list("number", flat=True)) == [1, 2]
    third = an_item(status=ItemStatus.PROPOSED, office=government.works, now=now)
    with pytest.raises(Refused, match="sudah dipakai") as no:
        keeping_decrees.fix(items=[(third.pk, None)], decree=new_decree(now, "sk/1"), by=utama, now=now)
    assert no.value.field == "number"


def test_serta_merta_goes_out_at_once_and_gets_its_decree_later(
    everyone: Any, government: Any, now: Any
) -> None:
    sari, utama = everyone["sari"], everyone["koordinator"]
    entry = an_entry(title="Banjir di hulu", category=Category.SERTA_MERTA)
    item = keeping.draft(office_id=government.works.pk, entry=entry, by=sari, now=now)
    with pytest.raises(NotAllowed):
        keeping.publish_at_once(item_id=item.pk, seen=1, by=sari, now=now)
    KeepingRule.objects.filter(key="UNIT_AT_ONCE").update(amount=1)
    caches.clear_all()
    keeping.publish_at_once(item_id=item.pk, seen=1, by=sari, now=now)
    item.refresh_from_db()
    assert (item.status, item.number, item.decree_id) == (ItemStatus.FIXED, 1, None)
    assert Item.objects.visible_to(everyone["anon"]).filter(pk=item.pk).exists()
    with pytest.raises(Refused, match="belum berkeputusan"):
        changed = dataclasses.replace(entry, category=Category.SETIAP_SAAT)
        keeping.edit(item_id=item.pk, seen=None, entry=changed, by=utama, now=now)
    decree = keeping_decrees.fix(items=[(item.pk, None)], decree=new_decree(now), by=utama, now=now)
    item.refresh_from_db()
    assert (item.decree, item.number) == (decree, 1)
    ordinary = an_item(status=ItemStatus.PROPOSED, office=government.works, now=now)
    with pytest.raises(Refused, match="Hanya informasi serta merta"):
        keeping.publish_at_once(item_id=ordinary.pk, seen=None, by=utama, now=now)


def test_what_is_withdrawn_stays_as_a_tombstone_and_may_return(
    everyone: Any, government: Any, now: Any
) -> None:
    sari, utama = everyone["sari"], everyone["koordinator"]
    item = an_item(office=government.works, text="gorong-gorong", now=now)
    with pytest.raises(NotAllowed):
        keeping.withdraw(item_id=item.pk, seen=None, reason="Ternyata ganda.", by=sari, now=now)
    with pytest.raises(Refused) as no:
        keeping.withdraw(item_id=item.pk, seen=None, reason=" x ", by=utama, now=now)
    assert no.value.field == "reason"
    keeping.withdraw(item_id=item.pk, seen=None, reason="Ternyata ganda.", by=utama, now=now + UPDATED)
    anon = everyone["anon"]
    assert not Item.objects.visible_to(anon).filter(pk=item.pk).exists()
    gone = Item.objects.tombstones().get(pk=item.pk)
    assert (gone.slug, gone.number, gone.withdrawn_reason) == (item.slug, item.number, "Ternyata ganda.")
    assert (gone.modified_at, gone.file_text) == (now + UPDATED, "")
    with pytest.raises(Refused, match="tidak menerima berkas"):
        a_version(gone, now=now)
    keeping.restore(item_id=item.pk, seen=None, by=sari, now=now)
    keeping_decrees.fix(items=[(item.pk, None)], decree=new_decree(now), by=utama, now=now)
    back = Item.objects.visible_to(anon).get(pk=item.pk)
    assert (back.number, back.published_at, back.withdrawn_at) == (item.number, item.published_at, None)


def test_numbers_have_no_gaps(everyone: Any, government: Any, now: Any) -> None:
    a_decree(items=3, office=government.works, now=now)
    first = Item.objects.order_by("number").first()
    assert first is not None
    keeping.withdraw(
        item_id=first.pk, seen=None, reason="Ternyata ganda.", by=everyone["koordinator"], now=now
    )
    a_decree(items=2, office=government.environment, now=now)
    assert sorted(Item.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_what_a_decree_lists_only_ppid_utama_changes(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(office=government.works, now=now)
    renamed = dataclasses.replace(Entry.of(item), title="Judul lain")
    with pytest.raises(Refused, match="Hanya PPID Utama") as no:
        keeping.edit(item_id=item.pk, seen=None, entry=renamed, by=everyone["sari"], now=now)
    assert no.value.field == "title"
    kept_longer = dataclasses.replace(Entry.of(item), retention="10 tahun")
    keeping.edit(item_id=item.pk, seen=None, entry=kept_longer, by=everyone["sari"], now=now + UPDATED)
    keeping.edit(
        item_id=item.pk, seen=None, entry=dataclasses.replace(kept_longer, title="Judul lain"),
        by=everyone["koordinator"], now=now + UPDATED,
    )  # fmt: skip
    item.refresh_from_db()
    assert (item.title, item.retention, item.modified_at) == ("Judul lain", "10 tahun", now + UPDATED)
