"""How quick the open catalogue is, and how that grows: search, filters, pages, harvest.

    DATABASE_URL=… python bench/information_catalogue.py 100000

Fills a database of its own (`manage.py migrate` first) with entries that hold 2–5 kB of file text each: words are
drawn by frequency as in a language, so that some are in a third of all files and some in one. Prints p50 and p95 of
the views themselves, without the network. Numbers, not assertions.
"""

import datetime as dt
import itertools
import random
import statistics
import sys
import time

import django

django.setup()

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.test import Client

from pendopo.base.files.models import File, FileKind
from pendopo.base.organizations.models import Identity, Kind, Organization
from pendopo.domains.information.models import Category, Decree, Item, ItemStatus, ItemVersion, Licence
from pendopo.kernel import caches, ids

BATCH, BASE, ROUNDS, OFFICES = 1000, 4000, 40, 35
SYLLABLES = [one + two for one in "bdgklmnprstwy" for two in "aiu"]
TOPICS = [
    "anggaran",
    "kesehatan",
    "pendidikan",
    "jalan",
    "lingkungan",
    "kependudukan",
    "pajak",
    "pasar",
    "hukum",
    "aset",
]
COMMON = [
    "laporan",
    "daerah",
    "anggaran",
    "kegiatan",
    "tahun",
    "dinas",
    "program",
    "pelayanan",
    "masyarakat",
    "kota",
]
KINDS = [FileKind.PDF] * 7 + [FileKind.XLSX] * 2 + [FileKind.CSV]


def vocabulary(chance: random.Random) -> list[str]:
    made = {"".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 5))) for _ in range(30_000)}
    return COMMON + sorted(made)


def fill(number: int) -> None:
    chance = random.Random(7)  # noqa: S311 - test data
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (place + 100) for place in range(len(words))))
    offices = offices_of()
    decree = Decree.objects.create(
        kind="DIP", number="188/1", title="DIP", signed_on=dt.date(2016, 1, 1), signer="x", office=offices[0],
        made_at=dt.datetime(2016, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    word_indexes = [index for index in Item._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:  # made again afterwards: ten times quicker
        for index in word_indexes:
            editor.remove_index(Item, index)
    base = min(number, BASE)
    for start in range(0, base, BATCH):
        with transaction.atomic():
            add(range(start, min(start + BATCH, base)), chance, words, weights, offices, decree)
        print(f"\r{start + BATCH:,}", end="", file=sys.stderr, flush=True)
    multiply(base, -(-number // base))
    with connection.schema_editor() as editor:
        for index in word_indexes:
            editor.add_index(Item, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE information_item, information_itemversion, files_file")


def multiply(base: int, times: int) -> None:
    """Copies of the first entries with other names, offices and days; their words are not read again."""
    columns = [field.column for field in Item._meta.concrete_fields if field.column != "id"]
    changed = {
        "slug": "substr(md5(random()::text || i.id), 1, 12)",
        "number": f"i.number + n * {base}",
        "office_id": "(array(SELECT id FROM organizations_organization))[1 + (random() * 35)::int]",
        "year": "2012 + (random() * 14)::int",
        "modified_at": f"i.modified_at + n * interval '{50 * base} minutes'",
        "downloads": "(random() * 900)::int",
    }
    chosen = ", ".join(changed.get(name, f"i.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE information_item ALTER COLUMN search DROP EXPRESSION")
        copied = (
            "INSERT INTO information_item ({}) SELECT {} FROM information_item i, generate_series(1, {}) n"
            " ORDER BY n, i.id"
        )
        cursor.execute(copied.format(", ".join(columns), chosen, times - 1))
        cursor.execute(
            """INSERT INTO files_file (id, kind, name, content_type, size, sha256, key, thumbnail_key, created_at)
            SELECT gen_random_uuid(), (array['PDF','PDF','PDF','XLSX','CSV'])[1 + id %% 5], id::text,
            'application/pdf', 99000, md5(id::text), 'x', '', now() FROM information_item WHERE number > %s""", [base],
        )  # fmt: skip
    first = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
    versions = (
        ItemVersion(
            item_id=int(name), number=1, file_id=pk, added_at=first, checked_at=first, published_at=first
        )
        for pk, name in File.objects.exclude(name="a").values_list("pk", "name")
    )
    ItemVersion.objects.bulk_create(versions, batch_size=5000)


def offices_of() -> list[Organization]:
    root = Organization.objects.create(slug="kota", name="Kota Uji", kind=Kind.GOVERNMENT)
    Identity.objects.create(organization=root, display_name="Kota Uji")
    return [
        Organization.objects.create(
            slug=f"dinas-{place}",
            name=f"Dinas Urusan {place}",
            kind=Kind.AGENCY,
            parent=root,
            is_intake=place == 0,
        )
        for place in range(OFFICES)
    ]


def add(
    places: range,
    chance: random.Random,
    words: list[str],
    weights: list[float],
    offices: list,
    decree: Decree,
) -> None:
    first = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
    kinds = (
        [Category.BERKALA] * 30
        + [Category.SETIAP_SAAT] * 60
        + [Category.SERTA_MERTA] * 8
        + [Category.DIKECUALIKAN] * 2
    )
    texts = [" ".join(chance.choices(words, cum_weights=weights, k=chance.randint(280, 700))) for _ in places]
    items = Item.objects.bulk_create(
        Item(
            slug=ids.new_slug(), number=place + 1, status=ItemStatus.FIXED,
            title=" ".join(chance.choices(words, cum_weights=weights, k=chance.randint(4, 12)))[:200].capitalize(),
            summary=" ".join(chance.choices(words, cum_weights=weights, k=30)),
            category=chance.choice(kinds), decree=decree,
            office=chance.choice(offices), holder="Sekretaris", responsible="Kepala", made_on=dt.date(2024, 1, 1),
            made_place="Kota Uji", retention="5 tahun", topic=chance.choice(TOPICS), year=chance.randint(2012, 2026),
            published_at=first, modified_at=first + dt.timedelta(minutes=50 * place), created_at=first,
            file_text=text, licence=Licence.CC_BY, downloads=chance.randint(0, 900),
        )
        for place, text in zip(places, texts, strict=True)
    )  # fmt: skip
    files = File.objects.bulk_create(
        File(kind=(kind := chance.choice(KINDS)), name="a", content_type=f"application/{kind.lower()}", size=99_000,
             sha256=f"{item.pk:064x}", key="x", created_at=first)
        for item in items
    )  # fmt: skip
    ItemVersion.objects.bulk_create(
        ItemVersion(item=item, number=1, file=file, added_at=first, checked_at=first, published_at=first)
        for item, file in zip(items, files, strict=True)
    )


def measure() -> None:
    rare = Item.objects.order_by("pk").values_list("title", flat=True)[:400]
    slugs = list(Item.objects.order_by("?").values_list("slug", flat=True)[:ROUNDS])
    some = sorted({word.lower() for title in rare for word in title.split() if len(word) > 7})
    chance = random.Random(3)  # noqa: S311 - test data
    asked = {
        "PPID page": ["/ppid/"],
        "list": ["/ppid/informasi/"],
        "list, filters": [f"/ppid/informasi/?kantor=dinas-{n}&tahun=2020&topik=pajak" for n in range(1, 30)],
        "list, format": ["/ppid/informasi/?format=CSV&kantor=dinas-3"],
        "search, rare word": [
            f"/ppid/informasi/?q={word}" for word in chance.sample(some, min(40, len(some)))
        ],
        "search, common word": [f"/ppid/informasi/?q={word}" for word in COMMON],
        "search, common, filters": [
            f"/ppid/informasi/?q={word}&kantor=dinas-4&tahun=2021" for word in COMMON
        ],
        "search, two common": [f"/ppid/informasi/?q={a}+{b}" for a, b in itertools.pairwise(COMMON)],
        "search, common, newest": [f"/ppid/informasi/?q={word}&urut=terbaru" for word in COMMON],
        "search, mistyped": ["/ppid/informasi/?q=angaran+pelayannan", "/ppid/informasi/?q=masyarkat"],
        "entry": [f"/ppid/informasi/{slug}/" for slug in slugs],
        "DIP page": ["/ppid/dip/?kantor=dinas-3"],
        "CKAN package_show": [f"/ppid/api/3/action/package_show?id={slug}" for slug in slugs],
        "DCAT page (100 entries)": ["/ppid/dcat/katalog.jsonld?sesudah=50000", "/ppid/dcat/katalog.ttl"],
        "typing ahead (site search)": [f"/cari/?q={word}" for word in COMMON],
    }
    for name, paths in asked.items():
        client, times = Client(), []
        client.get(paths[0])
        for place in range(ROUNDS):
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM accounts_counter")
            began = time.perf_counter()
            answer = client.get(paths[place % len(paths)])
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, (paths[place % len(paths)], answer.status_code)
        times.sort()
        print(
            f"{name:28} p50 {statistics.median(times):7.1f} ms   p95 {times[int(len(times) * 0.95)]:7.1f} ms"
        )
    caches.clear_all()
    for name, path in (
        ("first tallies (each minute)", "/ppid/informasi/"),
        ("first vocabulary (10 minutes)", "/ppid/informasi/?q=masyarkat"),
    ):
        began = time.perf_counter()
        Client().get(path)
        print(f"{name:28} {(time.perf_counter() - began) * 1000:7.1f} ms")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if not Item.objects.exists():
        fill(wanted)
    print(f"{Item.objects.count():,} entries")
    measure()
