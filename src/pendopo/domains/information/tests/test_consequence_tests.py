"""The consequence test: what the law asks of the sheet, the way to the decree, and its end."""

import datetime as dt
from typing import Any

import pytest

from pendopo.base.notices.models import Notice
from pendopo.domains.information import sheets, tasks_keeping
from pendopo.domains.information.actions import keeping, keeping_versions
from pendopo.domains.information.actions import tests as actions
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    Decree,
    ExemptionGround,
    Item,
    ItemStatus,
    ItemVersion,
    TestStatus,
)
from pendopo.domains.information.testing_catalogue import (
    a_sheet,
    a_test,
    a_version,
    an_item,
    new_decree,
    prepare,
)
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


@pytest.fixture(autouse=True)
def _rules(government: Any) -> None:
    prepare()


@pytest.mark.parametrize("letter", list("abcdefghij"))
def test_how_long_a_letter_may_withhold(letter: str, everyone: Any, government: Any, now: Any) -> None:
    def drafted(**period: Any) -> bool:
        try:
            actions.draft_test(
                office_id=government.works.pk,
                sheet=a_sheet(letter=letter, **period),
                by=everyone["sari"],
                now=now,
            )
        except Refused:
            return False
        return True

    assert drafted(permanent=True) == (letter in "ghij")
    assert drafted(years=31) == (letter != "a")
    assert drafted(years=30) and drafted(expires_on=dt.date(2027, 1, 1))
    assert not drafted(expires_on=now.date() - dt.timedelta(days=1))
    assert not drafted(years=2, permanent=True) and not drafted(years=None)


def test_from_the_unit_to_the_decree(everyone: Any, government: Any, now: Any) -> None:
    sari, utama, anon = everyone["sari"], everyone["koordinator"], everyone["anon"]
    item = an_item(office=government.works, text="Daftar penerima bantuan", now=now)
    test = actions.draft_test(
        office_id=government.works.pk, sheet=a_sheet(letter="h", law=""), by=sari, now=now, item_id=item.pk
    )
    with pytest.raises(Refused) as no:
        actions.propose_test(test_id=test.pk, seen=None, by=sari, now=now)
    assert no.value.field == "law"
    actions.edit_test(test_id=test.pk, seen=1, sheet=a_sheet(letter="h"), by=sari, now=now)
    actions.propose_test(test_id=test.pk, seen=2, by=sari, now=now)
    with pytest.raises(Refused, match="tidak diubah"):
        actions.edit_test(test_id=test.pk, seen=None, sheet=a_sheet(), by=sari, now=now)
    actions.return_test(test_id=test.pk, seen=3, reason="Dasar hukum keliru.", by=utama, now=now)
    assert Notice.objects.filter(event="information.test_returned", recipient=sari).exists()
    actions.propose_test(test_id=test.pk, seen=None, by=sari, now=now)
    with pytest.raises(Refused, match="belum berisi pendapat"):
        actions.fix_tests(tests=[(test.pk, None)], decree=new_decree(now), by=utama, now=now)
    with pytest.raises(NotAllowed):
        actions.note_opinion(
            test_id=test.pk, seen=None, opinion="Tim setuju saja.", met_on=now.date(), by=sari, now=now
        )
    actions.note_opinion(
        test_id=test.pk, seen=None, opinion="Tim setuju dikecualikan.", met_on=now.date(), by=utama, now=now
    )
    with pytest.raises(NotAllowed):
        actions.fix_tests(tests=[(test.pk, None)], decree=new_decree(now), by=sari, now=now)
    decree = actions.fix_tests(tests=[(test.pk, None)], decree=new_decree(now), by=utama, now=now)
    test.refresh_from_db()
    item.refresh_from_db()
    assert (decree.kind, test.status, test.expires_on) == (
        Decree.Kind.DIK,
        TestStatus.FIXED,
        dt.date(2028, 3, 8),
    )
    assert (item.category, item.status, item.decree, item.file_text) == (
        Category.DIKECUALIKAN, ItemStatus.FIXED, decree, "",
    )  # fmt: skip
    assert Item.objects.visible_to(anon).get(pk=item.pk) == item, "the entry of the DIK itself is public"
    assert not ItemVersion.objects.visible_to(anon).exists(), "its files are not"
    assert list(ConsequenceTest.objects.in_force(now.date())) == [test]
    with pytest.raises(Refused, match="akhiri lembar ujinya"):
        keeping.withdraw(item_id=item.pk, seen=None, reason="Ternyata ganda.", by=utama, now=now)


def test_nothing_stays_closed_in_silence(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(office=government.works, text="Daftar penerima bantuan", now=now)
    test = a_test(item=item, years=1, now=now)
    assert tasks_keeping.end_exemptions(now=now + YEAR - dt.timedelta(days=60)) == 0
    assert not Notice.objects.filter(event="information.test_expiring").exists()
    for _again in range(2):
        assert tasks_keeping.end_exemptions(now=now + YEAR - dt.timedelta(days=20)) == 0
    warned = Notice.objects.filter(event="information.test_expiring", channel="INAPP")
    who = set(warned.values_list("recipient__email", flat=True))
    assert {"sari@uji.example", "ibu.ratna@uji.example", "koordinator@uji.example"} <= who
    assert warned.count() == len(who)
    assert tasks_keeping.end_exemptions(now=now + YEAR - dt.timedelta(days=1)) == 0, (
        "the last day still counts"
    )
    over = now + YEAR
    assert (tasks_keeping.end_exemptions(now=over), tasks_keeping.end_exemptions(now=over)) == (1, 0)
    test.refresh_from_db()
    item.refresh_from_db()
    assert (test.status, item.category, item.open_since) == (
        TestStatus.ENDED, Category.SETIAP_SAAT, over.date(),
    )  # fmt: skip
    assert not ItemVersion.objects.visible_to(everyone["anon"]).exists(), "not before it was looked at again"
    old = item.versions.get()
    keeping_versions.publish_version(
        version_id=old.pk, looked_through="Sudah dibaca ulang.", by=everyone["sari"], now=over
    )
    item.refresh_from_db()
    assert (item.open_since, list(ItemVersion.objects.visible_to(everyone["anon"]))) == (None, [old])


def test_a_new_sheet_extends_and_the_old_one_ends(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(office=government.works, now=now)
    first = a_test(item=item, years=1, now=now)
    second = a_test(item=item, years=2, now=now + dt.timedelta(days=300))
    first.refresh_from_db()
    item.refresh_from_db()
    assert (first.status, second.status, item.category) == (
        TestStatus.ENDED, TestStatus.FIXED, Category.DIKECUALIKAN,
    )  # fmt: skip
    assert tasks_keeping.end_exemptions(now=now + YEAR + dt.timedelta(days=5)) == 0
    actions.end_test(
        test_id=second.pk, seen=None, reason="Putusan Komisi Informasi.", by=everyone["koordinator"], now=now
    )
    item.refresh_from_db()
    assert (item.category, item.open_since) == (Category.SETIAP_SAAT, now.date())
    keeping_versions.opened_without_file(
        item_id=item.pk, seen=None, reason="Hanya ada cetakan.", by=everyone["koordinator"], now=now
    )
    item.refresh_from_db()
    assert (item.open_since, item.has_hard) == (None, True)


def test_a_sheet_without_an_entry_makes_one(everyone: Any, government: Any, now: Any) -> None:
    test = a_test(office=government.works, letter="j", permanent=True, now=now)
    assert test.item is not None
    item = Item.objects.get(pk=test.item_id)
    assert (item.category, item.status, item.number, item.office) == (
        Category.DIKECUALIKAN, ItemStatus.FIXED, 1, government.works,
    )  # fmt: skip
    assert tasks_keeping.end_exemptions(now=now + 300 * YEAR) == 0
    with pytest.raises(Refused, match="tidak diterbitkan"):
        a_version(item, now=now)


def test_who_reads_and_writes_sheets(everyone: Any, government: Any, now: Any) -> None:
    draft = a_test(office=government.works, status=TestStatus.DRAFT, now=now)
    sees = {name for name, one in everyone.items() if ConsequenceTest.objects.visible_to(one).exists()}
    assert sees == {"sari", "budi", "ibu_ratna", "koordinator", "pengamat", "administrator", "sekda"}
    may = set()
    for name, one in everyone.items():
        try:
            actions.draft_test(office_id=government.works.pk, sheet=a_sheet(), by=one, now=now)
        except NotAllowed:
            continue
        may.add(name)
    assert may == {"sari", "budi", "ibu_ratna", "koordinator"}
    found = sheets.alike(everyone["sari"], "penerima sakit")
    assert draft not in found
    proposed = a_test(office=government.works, status=TestStatus.PROPOSED, now=now)
    assert list(sheets.alike(everyone["sari"], "penerima sakit")) == [proposed]
    other = an_item(office=government.environment, now=now)
    with pytest.raises(Refused):
        actions.draft_test(
            office_id=government.works.pk,
            sheet=a_sheet(),
            by=everyone["koordinator"],
            now=now,
            item_id=other.pk,
        )


def test_a_letter_that_no_longer_holds_is_refused(everyone: Any, government: Any, now: Any) -> None:
    test = a_test(office=government.works, status=TestStatus.PROPOSED, now=now)
    actions.note_opinion(
        test_id=test.pk, seen=None, opinion="Tim setuju dikecualikan.", met_on=now.date(),
        by=everyone["koordinator"], now=now,
    )  # fmt: skip
    ExemptionGround.objects.filter(letter="h").update(valid_to=now.date() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="tidak berlaku"):
        actions.fix_tests(
            tests=[(test.pk, None)], decree=new_decree(now), by=everyone["koordinator"], now=now
        )
    test.refresh_from_db()
    assert (test.status, Decree.objects.count()) == (TestStatus.PROPOSED, 0)
