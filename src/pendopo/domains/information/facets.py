"""How many entries each filter would leave: counted over ready tallies, or over the entries that words found.

100,000 entries of 35 offices have some 50,000 combinations of traits: too many to walk through for each visitor in
Python, and nothing for numpy.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from pendopo.domains.information.models import Category, Item, ItemVersion
from pendopo.kernel.caches import timed

FACETS = ("kategori", "kantor", "tahun", "format", "topik")

# One look at the whole catalogue; what an exempted entry has as files is nobody's business.
_TALLY = """
    SELECT i.category, i.office_id, i.year, i.topic, coalesce(f.kinds, ''), count(*)
    FROM {item} i
    LEFT JOIN (
        SELECT v.item_id, string_agg(DISTINCT f.kind, ',') AS kinds
        FROM {version} v JOIN {file} f ON f.id = v.file_id
        WHERE v.published_at IS NOT NULL AND v.withdrawn_at IS NULL
        GROUP BY v.item_id
    ) f ON f.item_id = i.id AND i.category <> %s
    WHERE i.status = 'FIXED'
    GROUP BY 1, 2, 3, 4, 5
"""


class Traits(NamedTuple):
    """What an entry is filtered by. `kinds` are the formats of its open files."""

    category: str
    office: int
    year: int | None
    topic: str
    kinds: tuple[str, ...]
    number: int = 1  # entries that share all this

    def values(self, facet: str) -> Sequence[str]:
        """The entry's values in the words of the address."""
        if facet == "kategori":
            return (self.category,)
        if facet == "kantor":
            return (str(self.office),)
        if facet == "tahun":
            return (str(self.year),) if self.year else ()
        if facet == "format":
            return self.kinds
        return (self.topic,) if self.topic else ()

    def fits(self, chosen: Mapping[str, str]) -> bool:
        return all(value in self.values(facet) for facet, value in chosen.items() if value)


class Tallies:
    """Traits as columns of numbers: for each facet a column that names one value of the entry, -1 for none. An entry
    may have several formats, so each format is a column of its own."""

    def __init__(self, among: Iterable[Traits]) -> None:
        columns = list(zip(*among, strict=True)) or [()] * len(Traits._fields)
        categories, offices, years, topics, kinds, numbers = columns
        self._numbers = np.fromiter(numbers, np.int64, len(numbers))
        self._names: dict[str, list[str]] = {}
        self._columns: dict[str, np.ndarray] = {}
        self._code("kategori", categories)
        self._code("kantor", offices)
        self._code("tahun", years)
        self._code("topik", topics)
        self._kinds = {
            kind: np.fromiter((kind in one for one in kinds), np.bool_, len(kinds))
            for kind in sorted({kind for several in set(kinds) for kind in several})
        }

    def _code(self, facet: str, column: Sequence[Any]) -> None:
        """Number the values in the order they come, without a step of Python for each entry."""
        known = [value for value in dict.fromkeys(column) if value]
        codes = {value: place for place, value in enumerate(known)}
        self._columns[facet] = np.fromiter(map(codes.get, column, repeat(-1)), np.int64, len(column))
        self._names[facet] = [str(value) for value in known]

    def _fitting(self, chosen: Mapping[str, str], but: str = "") -> np.ndarray:
        fits = np.ones(len(self._numbers), np.bool_)
        for facet, value in chosen.items():
            if not value or facet == but:
                continue
            if facet == "format":
                fits &= self._kinds.get(value, np.bool_(False))
            else:
                names = self._names[facet]
                fits &= self._columns[facet] == (names.index(value) if value in names else -2)
        return fits

    def counted(self, chosen: Mapping[str, str]) -> dict[str, Counter[str]]:
        """For each facet how many entries each of its values would leave, the other filters staying as chosen."""
        found: dict[str, Counter[str]] = {}
        for facet in FACETS:
            fits = self._fitting(chosen, but=facet)
            if facet == "format":
                sums = {kind: int(self._numbers[fits & has].sum()) for kind, has in self._kinds.items()}
            else:
                fits &= self._columns[facet] >= 0
                names = self._names[facet]
                weights = np.bincount(self._columns[facet][fits], self._numbers[fits], len(names))
                sums = {name: int(number) for name, number in zip(names, weights, strict=True)}
            found[facet] = Counter({name: number for name, number in sums.items() if number})
        return found

    def total(self, chosen: Mapping[str, str]) -> int:
        return int(self._numbers[self._fitting(chosen)].sum())


@timed(60)
def tallies() -> Tallies:
    """The published catalogue by its traits, kept for a minute."""
    tables = {
        "item": Item._meta.db_table,
        "version": ItemVersion._meta.db_table,
        "file": ItemVersion._meta.get_field("file").related_model._meta.db_table,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(**tables), [Category.DIKECUALIKAN])  # only table names are put in
        return Tallies(
            Traits(category, office, year, topic, tuple(filter(None, kinds.split(","))), number)
            for category, office, year, topic, kinds, number in cursor.fetchall()
        )


def with_kinds(traits: Mapping[int, Traits]) -> dict[int, Traits]:
    """The same published entries (by id) with the formats of their open files: one query."""
    kinds: dict[int, set[str]] = {}
    open_ids = [pk for pk, one in traits.items() if one.category != Category.DIKECUALIKAN]
    open_files = ItemVersion.objects.filter(
        item_id__in=open_ids, published_at__isnull=False, withdrawn_at=None
    )
    for item, kind in open_files.values_list("item_id", "file__kind"):
        kinds.setdefault(item, set()).add(kind)
    return {pk: one._replace(kinds=tuple(sorted(kinds.get(pk, ())))) for pk, one in traits.items()}
