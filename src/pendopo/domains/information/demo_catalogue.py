"""The demo city's lists of information with real files and a year of downloads. Safe to interrupt and to repeat."""

import calendar
import datetime as dt
import hashlib
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import draft, record_many
from pendopo.base.audit.models import Entry as HistoryEntry
from pendopo.base.files.models import File, FileKind
from pendopo.base.organizations.models import Kind, Membership, Organization, Role
from pendopo.base.registries.demo import City
from pendopo.domains.information import demo_files, letters
from pendopo.domains.information.demo_items import Entry, Office, planned
from pendopo.domains.information.models import (
    CYCLE_MONTHS,
    Category,
    ConsequenceTest,
    Decree,
    DownloadDay,
    ExemptionGround,
    Item,
    ItemStatus,
    ItemVersion,
    TestStatus,
)
from pendopo.kernel.ids import ALPHABET

DOWNLOADS = 87_127
CLEAN = {"ok": True, "findings": []}  # what the check before publishing says of a file without faults
AT_ONCE = 200  # entries of one transaction, with their files
_TYPES = {
    "pdf": (FileKind.PDF, "application/pdf"),
    "xlsx": (FileKind.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def build(city: City) -> None:
    """Entries, files, decrees, consequence tests and downloads; what stands already is left alone."""
    offices = _offices()
    entries = planned(city, offices)
    slugs = _slugs(city, len(entries))
    standing = set(Item.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if len(standing) < len(entries):
        keeper = _Keeper(city, offices)
        for start in range(0, len(entries), AT_ONCE):
            part = list(zip(slugs, entries, strict=True))[start : start + AT_ONCE]
            made = keeper.write([(slug, entry) for slug, entry in part if slug not in standing])
            city.record("informasi publik", made)
            city.say(f"  {min(start + AT_ONCE, len(entries))} dari {len(entries)} informasi publik")
    city.record("hari unduhan", _downloads(city))
    _papers(city)


def _papers(city: City) -> None:
    """A handful of letters, as the jobs print them: the newest exemptions with three sheets, and the shortest list."""
    kinds = Decree.objects.annotate(length=Count("items"))
    withheld = kinds.filter(kind=Decree.Kind.DIK).first()
    listed = kinds.filter(kind=Decree.Kind.DIP).order_by("length", "pk").first()
    for decree in filter(None, (withheld, listed)):
        letters.decree(decree.pk, now=city.now)
    for test in ConsequenceTest.objects.filter(decree=withheld).order_by("code")[:3]:
        letters.consequence_sheet(test.pk, now=city.now)


def _offices() -> list[Office]:
    found = Organization.objects.filter(kind__in=(Kind.AGENCY, Kind.SECRETARIAT), active=True).order_by("pk")
    return [Office(o.pk, o.slug, o.name, o.short_name or o.name, o.duties) for o in found]


def _slugs(city: City, count: int) -> list[str]:
    """The same seed gives the same names, so that a second run finds what stands."""
    rng = city.rng("information slugs")
    return ["".join(rng.choices(ALPHABET, k=10)).lower() for _ in range(count)]


def _moment(day: dt.date, rng: random.Random) -> dt.datetime:
    """Some working hour of a day."""
    hour = dt.time(rng.randrange(8, 16), rng.randrange(60))
    return dt.datetime.combine(day, hour, timezone.get_current_timezone())


def _months_after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class _Keeper:
    """Writes entries as the room's own actions leave them, many at once."""

    def __init__(self, city: City, offices: Sequence[Office]) -> None:
        self.city = city
        self.today = timezone.localdate(city.now)
        self.main = Organization.objects.get(is_intake=True)
        self.by = _person(self.main.pk, Role.COORDINATOR)
        self.proposers = {office.pk: _person(office.pk, Role.OFFICER) for office in offices}
        self.grounds = {ground.letter: ground for ground in ExemptionGround.objects.all()}
        self.number = Item.objects.filter(number__isnull=False).count()
        self.decrees: dict[tuple[str, int], Decree] = {}

    @transaction.atomic
    def write(self, entries: Sequence[tuple[str, Entry]]) -> int:
        items, files, versions, tests, history = [], [], [], [], []
        for slug, entry in entries:
            rng = self.city.rng(f"information {slug}")
            item = self._item(slug, entry, rng)
            items.append((item, entry, rng))
        Item.objects.bulk_create([item for item, _entry, _rng in items])
        for item, entry, rng in items:
            history += self._history(item, entry, rng)
            for number in range(1, entry.versions + 1):
                file, version, words = self._file(item, entry, number, rng)
                files.append(file)
                versions.append(version)
                item.file_text = words
            if entry.letter:
                tests.append(self._test(item, entry, rng))
        File.objects.bulk_create(files)
        ItemVersion.objects.bulk_create(versions)
        ConsequenceTest.objects.bulk_create(tests)
        Item.objects.bulk_update([item for item, _entry, _rng in items], ["file_text"])
        record_many(sorted(history, key=lambda line: line.at))
        return len(items)

    def _item(self, slug: str, entry: Entry, rng: random.Random) -> Item:
        published = _moment(entry.published_on, rng) if entry.published_on else None
        made = _moment(entry.made_on, rng)
        fixed = entry.status in (ItemStatus.FIXED, ItemStatus.WITHDRAWN)
        months = CYCLE_MONTHS.get(entry.cycle)  # type: ignore[call-overload]
        checked = entry.checked_on if entry.status == ItemStatus.FIXED else None
        changed = _moment(checked, rng) if checked and entry.versions > 1 else published or made
        if fixed:
            self.number += 1
        return Item(
            slug=slug,
            number=self.number if fixed else None,
            title=entry.title,
            summary=entry.summary,
            category=entry.category,
            status=entry.status,
            office_id=entry.office.pk,
            holder=rng.choice(("Sekretariat", "Bidang Perencanaan", "Bidang Pelayanan", "Subbagian Umum"))
            + f" {entry.office.short}",
            responsible=f"Kepala {entry.office.short}",
            made_on=entry.made_on,
            made_place="Sukamaju",
            has_soft=bool(entry.versions),
            has_hard=rng.random() < 0.6 or not entry.versions,
            retention=entry.retention,
            retention_source="Jadwal Retensi Arsip Kota Sukamaju",
            topic=entry.topic,
            year=entry.year,
            cycle=entry.cycle,
            checked_on=checked,
            next_due_on=_months_after(checked, months) if checked and months else None,
            decree=self._decree(entry) if fixed and entry.category != Category.SERTA_MERTA else None,
            proposed_by=self.proposers[entry.office.pk] if entry.status != ItemStatus.DRAFT else None,
            proposed_at=made if entry.status != ItemStatus.DRAFT else None,
            return_reason="Ringkasan belum menjelaskan isi dokumen."
            if entry.status == ItemStatus.RETURNED
            else "",
            withdrawn_reason="Diganti dokumen yang lebih baru."
            if entry.status == ItemStatus.WITHDRAWN
            else "",
            withdrawn_at=_moment(self.today - dt.timedelta(days=rng.randrange(5, 90)), rng)
            if entry.status == ItemStatus.WITHDRAWN
            else None,
            published_at=published,
            modified_at=changed,
            created_at=made,
        )

    def _decree(self, entry: Entry) -> Decree:
        """One decree a year for each list."""
        day = entry.published_on or entry.made_on
        kind = Decree.Kind.DIK if entry.letter else Decree.Kind.DIP
        key = (kind, day.year)
        if key not in self.decrees:
            number = f"188.4/{20 + (kind == Decree.Kind.DIK)}/KEP/PPID/{day.year}"
            title = (
                "Daftar Informasi Publik"
                if kind == Decree.Kind.DIP
                else "Klasifikasi Informasi yang Dikecualikan"
            )
            self.decrees[key], _new = Decree.objects.get_or_create(
                number=number,
                defaults={
                    "kind": kind,
                    "title": f"Penetapan {title} Kota Sukamaju Tahun {day.year}",
                    "signed_on": dt.date(day.year, 1, 15),
                    "place": "Sukamaju",
                    "signer": "PPID Utama Kota Sukamaju",
                    "office": self.main,
                    "made_by": self.by,
                    "made_at": _moment(dt.date(day.year, 1, 15), self.city.rng(number)),
                },
            )
        return self.decrees[key]

    def _file(
        self, item: Item, entry: Entry, number: int, rng: random.Random
    ) -> tuple[File, ItemVersion, str]:
        """The stored file of one version and the words in it. Older versions were made a cycle earlier each."""
        age = entry.versions - number
        day = (entry.checked_on or entry.made_on) - dt.timedelta(days=190 * age)
        year = entry.year - (age if entry.cycle == "ANNUAL" else 0)
        contents = demo_files.contents_for(
            entry.title, entry.summary, entry.office.name, entry.office.duties, year, rng
        )
        if entry.form == "xlsx":
            data, pages = demo_files.xlsx(contents, made_on=day), None
        else:
            data, pages = demo_files.pdf(contents, made_on=day)
        kind, content_type = _TYPES[entry.form]
        pk = uuid.UUID(int=rng.getrandbits(128), version=4)
        at = _moment(day, rng)
        key = default_storage.save(f"{at:%Y/%m}/{pk}.{entry.form}", ContentFile(data))
        file = File(
            id=pk, kind=kind, name=f"{item.slug}-v{number}.{entry.form}", content_type=content_type, size=len(data),
            sha256=hashlib.sha256(data).hexdigest(), key=key,
            uploaded_by=self.proposers[entry.office.pk], created_at=at,
        )  # fmt: skip
        public = entry.status in (ItemStatus.FIXED, ItemStatus.WITHDRAWN)
        version = ItemVersion(
            item=item, number=number, file=file, note="Pembaruan berkala" if number > 1 else "", pages=pages,
            verdict=CLEAN, checked_at=at, extracted_at=at, added_by=self.proposers[entry.office.pk], added_at=at,
            published_at=at if public else None,
        )  # fmt: skip
        return file, version, contents.text()

    def _test(self, item: Item, entry: Entry, rng: random.Random) -> ConsequenceTest:
        start = entry.published_on or self.today
        fixed = _moment(start, rng)
        code = "UJI-" + "".join(rng.choices(ALPHABET, k=4)) + "-" + "".join(rng.choices(ALPHABET, k=4))
        return ConsequenceTest(
            code=code, status=TestStatus.FIXED, office_id=entry.office.pk, item=item, information=entry.title,
            ground=self.grounds[entry.letter], letter=entry.letter, law=entry.law, consequence_open=entry.opened,
            consequence_closed=entry.closed,
            considerations="Kepentingan umum atas angka ringkasan tetap dipenuhi dengan data tanpa nama.",
            permanent=entry.years is None, starts_on=start,
            expires_on=_months_after(start, 12 * entry.years) if entry.years else None,
            council_opinion="Tim pertimbangan sependapat dengan usulan.", council_on=start - dt.timedelta(days=7),
            decree=item.decree, made_by=self.proposers[entry.office.pk], made_at=_moment(entry.made_on, rng),
            proposed_at=_moment(entry.made_on + dt.timedelta(days=3), rng), fixed_by=self.by, fixed_at=fixed,
        )  # fmt: skip

    def _history(self, item: Item, entry: Entry, rng: random.Random) -> list[HistoryEntry]:
        lines = [self._line(item, "drafted", self.proposers[entry.office.pk], item.created_at)]
        if entry.status != ItemStatus.DRAFT:
            lines.append(self._line(item, "proposed", self.proposers[entry.office.pk], item.created_at))
        if item.published_at:
            number = item.decree.number if item.decree else ""
            lines.append(self._line(item, "fixed", self.by, item.published_at, {"decree": number}))
        return lines

    def _line(
        self, item: Item, verb: str, by: User | None, at: dt.datetime, facts: dict[str, Any] | None = None
    ) -> HistoryEntry:
        return draft(
            actor=by,
            verb=f"information.item_{verb}",
            subject=item,
            organization=item.office_id,
            facts=facts,
            at=at,
        )


def _person(office: int, role: str) -> User | None:
    found = Membership.objects.filter(organization=office, role=role).select_related("user").order_by("pk")
    first = found.first()
    return first.user if first else None


def _downloads(city: City) -> int:
    """A year of downloads: a few files are wanted by many, most by few; less at week-ends."""
    if DownloadDay.objects.exists():
        return 0
    rng = city.rng("information downloads")
    today = timezone.localdate(city.now)
    versions = list(
        ItemVersion.objects.filter(published_at__isnull=False, item__status=ItemStatus.FIXED)
        .order_by("item__slug", "number")
        .values_list("pk", "item_id", "added_at")
    )
    rng.shuffle(versions)
    weights = [1 / (rank + 12) for rank in range(len(versions))]
    days = [today - dt.timedelta(days=age) for age in range(1, 366)]
    busy = [1.0 if day.weekday() < 5 else 0.35 for day in days]
    counted: Counter[tuple[int, dt.date]] = Counter()
    total: Counter[int] = Counter()
    chosen = zip(
        rng.choices(versions, weights, k=DOWNLOADS), rng.choices(days, busy, k=DOWNLOADS), strict=True
    )
    for (pk, item, added), day in chosen:
        counted[pk, max(day, timezone.localdate(added))] += 1
        total[item] += 1
    rows = [DownloadDay(version_id=pk, day=day, count=count) for (pk, day), count in counted.items()]
    with transaction.atomic():
        DownloadDay.objects.bulk_create(rows, batch_size=5000)
        items = list(Item.objects.light().filter(pk__in=total))
        for item in items:
            item.downloads = total[item.pk]
        Item.objects.bulk_update(items, ["downloads"], batch_size=500)
    return len(rows)
