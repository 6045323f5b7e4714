"""How many entries each filter would leave: counted over ready tallies, or over the entries that words found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True)
class Traits:
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

    def fits(self, chosen: Mapping[str, str], but: str = "") -> bool:
        return all(
            value in self.values(facet) for facet, value in chosen.items() if value and facet != but
        )


@timed(60)
def tallies() -> tuple[Traits, ...]:
    """Every combination of traits in the published catalogue with its number, kept for a minute."""
    tables = {
        "item": Item._meta.db_table,
        "version": ItemVersion._meta.db_table,
        "file": ItemVersion._meta.get_field("file").related_model._meta.db_table,  # type: ignore[union-attr]
    }
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(**tables), [Category.DIKECUALIKAN])  # only table names are put in
        return tuple(
            Traits(category, office, year, topic, tuple(sorted(filter(None, kinds.split(",")))), number)
            for category, office, year, topic, kinds, number in cursor.fetchall()
        )


def with_kinds(traits: Mapping[int, Traits]) -> dict[int, Traits]:
    """The same entries (by id) with the formats of their open files: one query."""
    kinds: dict[int, set[str]] = {}
    open_files = ItemVersion.objects.opened().filter(item_id__in=list(traits))
    for item, kind in open_files.values_list("item_id", "file__kind"):
        kinds.setdefault(item, set()).add(kind)
    return {pk: replace(one, kinds=tuple(sorted(kinds.get(pk, ())))) for pk, one in traits.items()}


def counted(among: Iterable[Traits], chosen: Mapping[str, str]) -> dict[str, Counter[str]]:
    """For each facet how many entries each of its values would leave, the other filters staying as chosen."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for one in among:
        wrong = [facet for facet, value in chosen.items() if value and value not in one.values(facet)]
        if len(wrong) > 1:
            continue
        for facet in wrong or FACETS:
            for value in one.values(facet):
                found[facet][value] += one.number
    return found


def total(among: Iterable[Traits], chosen: Mapping[str, str]) -> int:
    return sum(one.number for one in among if one.fits(chosen))
