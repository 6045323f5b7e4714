"""Periodic entries fall due: their office is told once for each threshold, and renews or confirms them."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.notices.models import Notice
from pendopo.domains.information.actions import keeping_due
from pendopo.domains.information.models import Category, Item, ItemStatus
from pendopo.domains.information.rules import add_months
from pendopo.domains.information.testing_catalogue import a_version, an_item
from pendopo.domains.information.tests.test_keeping_entries import verbs_of
from pendopo.kernel.errors import Refused

pytestmark = pytest.mark.django_db
BERKALA = Category.BERKALA


def told(event: str) -> set[str]:
    rows = Notice.objects.filter(event=f"information.{event}", channel="INAPP")
    return set(rows.values_list("recipient__email", flat=True))


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert add_months(dt.date(2026, 12, 15), 1) == dt.date(2027, 1, 15)


def test_an_entry_falls_due_and_its_office_hears_of_it_once(everyone: Any, government: Any, now: Any) -> None:
    items = [
        an_item(category=BERKALA, office=government.works, title=f"Laporan {number}", now=now)
        for number in (1, 2)
    ]
    assert {item.next_due_on for item in items} == {dt.date(2026, 9, 9)}
    assert keeping_due.warn(now=now + dt.timedelta(days=100)) == 0
    soon = now + dt.timedelta(days=170)
    assert keeping_due.warn(now=soon) == 2
    assert keeping_due.warn(now=soon) == 0, "run again, nobody is told twice"
    assert told("items_soon") == {"sari@uji.example", "budi@uji.example"}
    body = Notice.objects.filter(event="information.items_soon").values_list("body", flat=True)[0]
    assert "2 informasi berkala Dinas Pekerjaan Umum" in body and "Laporan 1" in body
    assert Notice.objects.filter(event="information.items_soon", channel="INAPP").count() == 2
    late = now + dt.timedelta(days=184)
    assert keeping_due.warn(now=late) == 2
    assert told("items_late") == {"sari@uji.example", "budi@uji.example", "ibu.ratna@uji.example"}
    keeping_due.warn(now=now + dt.timedelta(days=230))
    assert "koordinator@uji.example" in told("items_late")


def test_still_valid_moves_the_day_and_not_the_content(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(category=BERKALA, office=government.works, now=now)
    later = now + dt.timedelta(days=180)
    keeping_due.warn(now=later)
    with pytest.raises(Refused) as no:
        keeping_due.confirm(item_id=item.pk, seen=None, reason="", by=everyone["sari"], now=later)
    assert no.value.field == "reason"
    keeping_due.confirm(
        item_id=item.pk, seen=None, reason="Angkanya belum berubah.", by=everyone["sari"], now=later
    )
    item.refresh_from_db()
    assert (item.modified_at, item.checked_on, item.next_due_on, item.warned_percent) == (
        now,
        dt.date(2026, 9, 5),
        dt.date(2027, 3, 5),
        0,
    )
    assert verbs_of(item)[-1] == "item_confirmed"
    ordinary = an_item(office=government.works, title="Bila berubah", now=now)
    with pytest.raises(Refused, match="diperbarui berkala"):
        keeping_due.confirm(
            item_id=ordinary.pk, seen=None, reason="Masih sama.", by=everyone["sari"], now=later
        )


def test_a_new_version_renews(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(category=BERKALA, office=government.works, now=now)
    later = now + dt.timedelta(days=190)
    assert list(Item.objects.due(on=later.date())) == [item]
    a_version(item, text="Semester kedua", now=later)
    item.refresh_from_db()
    assert (item.status, item.next_due_on, item.modified_at) == (
        ItemStatus.FIXED,
        add_months(later.date(), 6),
        later,
    )
    assert not Item.objects.due(on=later.date()).exists()
