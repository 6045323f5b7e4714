"""Entries of the open list for `make bench`: 2–5 kB of file text each, words drawn by frequency as in a language, so
that some are in half of all files and some in a few only. The first entries are written by the models, the others are
copies of them made inside PostgreSQL with other names, offices and days. Same size, same data (seeded).
"""

import datetime as dt
import itertools
import random
from collections.abc import Callable, Sequence

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction

from pendopo.base.files.models import File, FileKind
from pendopo.base.organizations.models import Kind, Organization
from pendopo.domains.information.models import Category, Decree, Item, ItemStatus, ItemVersion, Licence
from pendopo.kernel import ids

BATCH, BASE, WORDS = 1000, 5000, 200_000
FIRST = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
SYLLABLES = [one + two for one in "bdgklmnprstwy" for two in "aiu"]
TOPICS = (
    "anggaran", "kesehatan", "pendidikan", "jalan", "lingkungan", "kependudukan", "pajak", "pasar", "hukum", "aset",
)  # fmt: skip
COMMON = (
    "laporan", "daerah", "anggaran", "kegiatan", "tahun", "dinas", "program", "pelayanan", "masyarakat", "kota",
)  # fmt: skip
KINDS = [FileKind.PDF] * 7 + [FileKind.XLSX] * 2 + [FileKind.CSV]
CATEGORIES = (
    [Category.BERKALA] * 30
    + [Category.SETIAP_SAAT] * 60
    + [Category.SERTA_MERTA] * 8
    + [Category.DIKECUALIKAN] * 2
)
_COPY = "INSERT INTO information_item ({}) SELECT {} FROM information_item i, generate_series(1, {}) n ORDER BY n, i.id"
_FILES = """
INSERT INTO files_file (id, kind, name, content_type, size, sha256, key, thumbnail_key, created_at)
SELECT gen_random_uuid(), (array['PDF','PDF','PDF','XLSX','CSV'])[1 + id %% 5], id::text, 'application/pdf', 99000,
    md5(id::text) || md5(number::text), 'x', '', now()
FROM information_item WHERE number > %s
"""


class Language:
    """Words with their frequencies: the hundredth is half as frequent as the first, the ten-thousandth a hundredth."""

    def __init__(self, chance: random.Random) -> None:
        made = {"".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 6))) for _ in range(WORDS)}
        others = sorted(made)
        chance.shuffle(others)
        self.words = [*COMMON, *others]
        self._weights = list(itertools.accumulate(1 / (place + 100) for place in range(len(self.words))))
        self._chance = chance

    def say(self, least: int, most: int) -> str:
        number = self._chance.randint(least, most)
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=number))


def fill(number: int, say: Callable[[str], None]) -> None:
    """Make `number` published entries, a multiple of BASE or fewer than it."""
    chance = random.Random(7)  # noqa: S311 - test data
    language = Language(chance)
    offices = list(Organization.objects.filter(kind__in=(Kind.AGENCY, Kind.SECRETARIAT)).order_by("pk"))
    decree = Decree.objects.create(
        kind="DIP", number="188/1", title="Daftar informasi publik", signed_on=FIRST.date(), signer="Wali Kota",
        office=offices[0], made_at=FIRST,
    )  # fmt: skip
    word_indexes = [index for index in Item._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:  # made again afterwards: ten times quicker
        for index in word_indexes:
            editor.remove_index(Item, index)
    base = min(number, BASE)
    for start in range(0, base, BATCH):
        with transaction.atomic():
            add(range(start, min(start + BATCH, base)), chance, language, offices, decree)
    say(f"  {base:,} informasi ditulis")
    multiply(base, -(-number // base), offices)
    with connection.schema_editor() as editor:
        editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for index in word_indexes:
            editor.add_index(Item, index)
    say(f"  {Item.objects.count():,} informasi siap dicari")


def multiply(base: int, times: int, offices: Sequence[Organization]) -> None:
    """Copies of the first entries. Their words are not read again: the column `search` is an ordinary one from here
    on, so such a database is for measuring only."""
    columns = [field.column for field in Item._meta.concrete_fields if field.column != "id"]
    places = ",".join(str(office.pk) for office in offices)
    changed = {
        "slug": "substr(md5(n || '-' || i.id), 1, 12)",
        "number": f"i.number + n * {base}",
        "office_id": f"(array[{places}])[1 + (i.id * 7 + n * 11) % {len(offices)}]",
        "year": "2012 + (i.id * 3 + n) % 15",
        "modified_at": f"i.modified_at + n * interval '{50 * base} minutes'",
        "downloads": "(i.id * 13 + n * 101) % 900",
    }
    chosen = ", ".join(changed.get(name, f"i.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE information_item ALTER COLUMN search DROP EXPRESSION")
        cursor.execute(_COPY.format(", ".join(columns), chosen, times - 1))
        cursor.execute(_FILES, [base])
    named = File.objects.exclude(name="a").values_list("pk", "name")
    ItemVersion.objects.bulk_create(
        (_version(item_id=int(name), file_id=pk) for pk, name in named if name.isdecimal()), batch_size=5000
    )


def add(
    places: range, chance: random.Random, language: Language, offices: Sequence[Organization], decree: Decree
) -> None:
    """One batch of entries with a file each, by the models."""
    items = Item.objects.bulk_create(
        Item(
            slug=ids.new_slug(), number=place + 1, status=ItemStatus.FIXED,
            title=language.say(4, 12)[:200].capitalize(), summary=language.say(30, 30),
            category=chance.choice(CATEGORIES), decree=decree, office=chance.choice(offices), holder="Sekretaris",
            responsible="Kepala", made_on=dt.date(2024, 1, 1), made_place="Kota", retention="5 tahun",
            topic=chance.choice(TOPICS), year=chance.randint(2012, 2026), published_at=FIRST,
            modified_at=FIRST + dt.timedelta(minutes=50 * place), created_at=FIRST,
            file_text=language.say(280, 700), licence=Licence.CC_BY, downloads=chance.randint(0, 900),
        )
        for place in places
    )  # fmt: skip
    files = File.objects.bulk_create(
        File(kind=(kind := chance.choice(KINDS)), name="a", content_type=f"application/{kind.lower()}", size=99_000,
             sha256=f"{item.pk:064x}", key="x", created_at=FIRST)
        for item in items
    )  # fmt: skip
    ItemVersion.objects.bulk_create(
        _version(item_id=item.pk, file_id=file.pk) for item, file in zip(items, files, strict=True)
    )


def _version(**of: object) -> ItemVersion:
    return ItemVersion(number=1, added_at=FIRST, checked_at=FIRST, published_at=FIRST, **of)
