"""Entries, files, decrees and consequence tests for tests, made by walking the real actions."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from pendopo.base.accounts.models import User
from pendopo.base.files.testing import docx_file
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.domains.information import seeds
from pendopo.domains.information.actions import keeping, keeping_decrees, keeping_versions
from pendopo.domains.information.actions import tests as testing_actions
from pendopo.domains.information.actions.keeping_decrees import NewDecree
from pendopo.domains.information.actions.tests import Sheet
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    Decree,
    ExemptionGround,
    InformationRequest,
    Item,
    ItemStatus,
    ItemVersion,
    KeepingRule,
    TestStatus,
    UpdateCycle,
)
from pendopo.kernel import clock
from pendopo.kernel.testing import again


def prepare() -> None:
    """Statutory rows, as every installation has them."""
    if not (KeepingRule.objects.exists() and ExemptionGround.objects.exists()):
        again("information", seeds.load)


def keeper_of(office: Organization) -> User:
    """Somebody who works in the office; made when there is nobody."""
    rows = Membership.objects.filter(
        organization=office, role__in=(Role.OFFICER, Role.HEAD, Role.COORDINATOR)
    )
    found = rows.select_related("user").order_by("pk").first()
    return found.user if found else _made(office, Role.OFFICER)


def ppid_utama() -> User:
    """Who decides for PPID Utama; made when there is nobody."""
    intake = Organization.objects.get(is_intake=True)
    rows = Membership.objects.filter(organization=intake, role=Role.COORDINATOR)
    found = rows.select_related("user").order_by("pk").first()
    return found.user if found else _made(intake, Role.COORDINATOR)


def _made(office: Organization, role: str) -> User:
    user = User.objects.create_user(f"{role.lower()}-{office.slug}@uji.example", name=f"Petugas {office}")
    Membership.objects.create(user=user, organization=office, role=role, since=dt.date(2020, 1, 1))
    return user


def an_entry(**columns: Any) -> Entry:
    """The columns of an entry, all sensible; name those that matter to the test."""
    category = columns.get("category", Category.SETIAP_SAAT)
    made: dict[str, Any] = {
        "title": "Rencana kerja tahunan",
        "summary": "Rencana program dan kegiatan beserta anggarannya.",
        "category": category,
        "holder": "Sekretaris dinas",
        "responsible": "Kepala dinas",
        "made_on": dt.date(2026, 1, 15),
        "made_place": "Kota Uji",
        "retention": "5 tahun",
        "topic": "anggaran",
        "year": 2026,
        "cycle": UpdateCycle.SEMIANNUAL if category == Category.BERKALA else UpdateCycle.NONE,
    }
    return Entry(**{**made, **columns})


def an_item(
    *,
    status: str = ItemStatus.FIXED,
    category: str = Category.SETIAP_SAAT,
    office: Organization | None = None,
    text: str = "",
    now: dt.datetime | None = None,
    **columns: Any,
) -> Item:
    """An entry in `status`; with `text` it has a published file of these words. Needs a government.

    `office` is the intake office when None. An exempted one rests on a fixed test with letter h.
    """
    prepare()
    moment = now or clock.now()
    office = office or Organization.objects.get(is_intake=True)
    columns.setdefault("made_on", min(dt.date(2026, 1, 15), clock.local_date(moment)))
    columns.setdefault("year", clock.local_date(moment).year)
    keeper = keeper_of(office)
    drafted = Category.SETIAP_SAAT if category == Category.DIKECUALIKAN else category
    item = keeping.draft(
        office_id=office.pk, entry=an_entry(category=drafted, **columns), by=keeper, now=moment
    )
    if text:
        a_version(item, text=text, now=moment)
    if category == Category.DIKECUALIKAN:
        a_test(item=item, office=office, now=moment)
    else:
        _walk(item, ItemStatus(status), keeper, moment)
    return Item.objects.get(pk=item.pk)


def _walk(item: Item, status: ItemStatus, keeper: User, now: dt.datetime) -> None:
    utama = ppid_utama()
    if status == ItemStatus.DRAFT:
        return
    keeping.propose(item_id=item.pk, seen=None, by=keeper, now=now)
    if status == ItemStatus.RETURNED:
        keeping.send_back(item_id=item.pk, seen=None, reason="Ringkasan belum jelas.", by=utama, now=now)
    if status in (ItemStatus.FIXED, ItemStatus.WITHDRAWN):
        keeping_decrees.fix(items=[(item.pk, None)], decree=new_decree(now), by=utama, now=now)
    if status == ItemStatus.WITHDRAWN:
        keeping.withdraw(item_id=item.pk, seen=None, reason="Ternyata ganda.", by=utama, now=now)


def a_version(
    item: Item, *, text: str = "Isi dokumen.", published: bool = True, now: dt.datetime | None = None
) -> ItemVersion:
    """A Word file with these words as the next version, published unless told otherwise."""
    moment = now or clock.now()
    keeper = keeper_of(item.office)
    version = keeping_versions.add_version(
        item_id=item.pk,
        upload=SimpleUploadedFile("dokumen.docx", docx_file(text)),
        note="Isi diperbarui.",
        by=keeper,
        now=moment,
    )
    if published:
        version = keeping_versions.publish_version(
            version_id=version.pk, looked_through="Sudah dibaca seluruhnya.", by=keeper, now=moment
        )
    return version


def new_decree(now: dt.datetime | None = None, number: str = "") -> NewDecree:
    """A decree that is not written down yet, with a number that nobody has."""
    moment = now or clock.now()
    return NewDecree(
        number=number or f"188/{Decree.objects.count() + 1}/{clock.local_date(moment).year}",
        title="Penetapan daftar informasi",
        signed_on=clock.local_date(moment),
        signer="Kepala Dinas Komunikasi dan Informatika",
        place="Kota Uji",
    )


def a_decree(*, items: int = 1, office: Organization | None = None, now: dt.datetime | None = None) -> Decree:
    """A decree that fixed so many entries of an office."""
    moment = now or clock.now()
    made = [an_item(status=ItemStatus.PROPOSED, office=office, now=moment) for _number in range(items)]
    return keeping_decrees.fix(
        items=[(item.pk, None) for item in made], decree=new_decree(moment), by=ppid_utama(), now=moment
    )


def a_sheet(*, letter: str = "h", **columns: Any) -> Sheet:
    """A consequence test's words; two years unless told otherwise."""
    made: dict[str, Any] = {
        "information": "Daftar nama dan alamat penerima bantuan yang sakit",
        "ground": ExemptionGround.objects.filter(letter=letter).order_by("valid_from").last(),
        "law": "UU 27/2022 Pasal 4 ayat (2)",
        "consequence_open": "Keadaan kesehatan orang diketahui umum.",
        "consequence_closed": "Keadaan kesehatan orang terlindungi.",
        "considerations": "Jumlah penerima tetap diumumkan.",
    }
    if not {"years", "expires_on", "permanent"} & set(columns):
        made["years"] = 2
    return Sheet(**{**made, **columns})


def a_test(
    *,
    letter: str = "h",
    status: str = TestStatus.FIXED,
    office: Organization | None = None,
    item: Item | None = None,
    request: InformationRequest | None = None,
    now: dt.datetime | None = None,
    **columns: Any,
) -> ConsequenceTest:
    """A consequence test in `status`. Needs a government; `office` is the intake office when None."""
    prepare()
    moment = now or clock.now()
    office = office or (item.office if item else Organization.objects.get(is_intake=True))
    keeper, utama = keeper_of(office), ppid_utama()
    test = testing_actions.draft_test(
        office_id=office.pk,
        sheet=a_sheet(letter=letter, **columns),
        by=keeper,
        now=moment,
        item_id=item.pk if item else None,
        request=request,
    )
    if status != TestStatus.DRAFT:
        testing_actions.propose_test(test_id=test.pk, seen=None, by=keeper, now=moment)
    if status == TestStatus.RETURNED:
        testing_actions.return_test(
            test_id=test.pk, seen=None, reason="Dasar hukum keliru.", by=utama, now=moment
        )
    if status in (TestStatus.FIXED, TestStatus.ENDED):
        testing_actions.note_opinion(
            test_id=test.pk, seen=None, opinion="Tim setuju dikecualikan.", met_on=clock.local_date(moment),
            by=utama, now=moment,
        )  # fmt: skip
        testing_actions.fix_tests(tests=[(test.pk, None)], decree=new_decree(moment), by=utama, now=moment)
    if status == TestStatus.ENDED:
        testing_actions.end_test(
            test_id=test.pk, seen=None, reason="Putusan memerintahkan dibuka.", by=utama, now=moment
        )
    return ConsequenceTest.objects.get(pk=test.pk)
