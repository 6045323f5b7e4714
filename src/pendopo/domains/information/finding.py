"""Finding entries by words, at a price that does not grow with how common the words are.

Words are looked for in the text of files too, so a common word is in tens of thousands of entries. Nobody reads so
many: the newest thousand are taken (`MOST`), numbers stop there, and relevance is judged among the newest `RANKED`
together with those that have the words in their title.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection, transaction
from django.db.models import F, Q

from pendopo.domains.information.facets import Traits, with_kinds
from pendopo.domains.information.models import Category, Item, ItemQuerySet, ItemVersion
from pendopo.domains.information.paging import NEWEST
from pendopo.kernel.lists import MOST

RANKED, RANKED_TITLES = 300, 200
_TITLE = SearchVector("title", config="indonesian")
_TITLE_AND_SUMMARY = SearchVector("title", "summary", config="indonesian")
# Divides by 1 + log(length): a budget of 200 pages does not win just because it holds every word.
_BY_LENGTH = 1


@dataclass(frozen=True)
class Hits:
    """The newest entries that hold the words, newest first, with what they are filtered by. `more`: there are others."""

    traits: Mapping[int, Traits]
    more: bool

    def fitting(self, chosen: Mapping[str, str]) -> list[int]:
        return [pk for pk, one in self.traits.items() if one.fits(chosen)]


def as_query(words: str) -> SearchQuery:
    return SearchQuery(words, config="indonesian", search_type="websearch")


def holding(items: ItemQuerySet, words: str) -> ItemQuerySet:
    """Entries that hold the words. Of exempted ones only what is public is looked at, never the text of a file."""
    query = as_query(words)
    return items.alias(open_words=_TITLE_AND_SUMMARY).filter(
        ~Q(category=Category.DIKECUALIKAN) | Q(open_words=query), search=query
    )


def narrowed(items: ItemQuerySet, chosen: Mapping[str, str]) -> ItemQuerySet:
    """Entries that fit the chosen filters."""
    if chosen.get("kategori"):
        items = items.filter(category=chosen["kategori"])
    if chosen.get("kantor"):
        items = items.filter(office_id=int(chosen["kantor"]))
    if chosen.get("tahun"):
        items = items.filter(year=int(chosen["tahun"]))
    if chosen.get("topik"):
        items = items.filter(topic=chosen["topik"])
    if chosen.get("format"):
        opened = ItemVersion.objects.opened().filter(file__kind=chosen["format"])
        items = items.filter(pk__in=opened.values("item_id"))
    return items


@contextmanager
def through_the_index() -> Iterator[None]:
    """Statements inside read the word index. The planner does not know that reading the words of one row means
    unpacking thousands of them from beside the table, and would rather walk the table itself: 50 times slower."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def hits(words: str, chosen: Mapping[str, str] | None = None) -> Hits:
    """The newest entries with the words, at most MOST. Two queries; call it inside `through_the_index`."""
    found = holding(narrowed(Item.objects.published(), chosen or {}), words).order_by(*NEWEST)
    rows = list(found.values_list("pk", "category", "office_id", "year", "topic")[: MOST + 1])
    traits = {pk: Traits(category, office, year, topic, ()) for pk, category, office, year, topic in rows[:MOST]}
    return Hits(with_kinds(traits), len(rows) > MOST)


def by_relevance(words: str, newest: list[int], chosen: Mapping[str, str], *, more: bool) -> list[int]:
    """Ids, best first: `newest` (those found, newest first) as far as they are judged, and those with the words in
    the title. Two queries, one when nothing `more` was found; call it inside `through_the_index`."""
    query, published = as_query(words), narrowed(Item.objects.published(), chosen)
    judged = set(newest[:RANKED])
    if more or len(newest) > RANKED:
        titled = published.alias(title_words=_TITLE).filter(title_words=query).order_by(*NEWEST)
        judged.update(titled.values_list("pk", flat=True)[:RANKED_TITLES])
    rank = SearchRank(F("search"), query, normalization=_BY_LENGTH)
    rows = published.filter(pk__in=judged).annotate(rank=rank).order_by("-rank", *NEWEST)
    return list(rows.values_list("pk", flat=True))
