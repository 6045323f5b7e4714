"""Finding entries by words, at a price that does not grow with how common the words are.

Words are looked for in the text of files too, so a common word is in tens of thousands of entries. Nobody reads so
many: the newest thousand are taken (`MOST`), numbers stop there, and relevance is judged among the newest `RANKED`
together with those that have the words in their title.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, Value

from pendopo.domains.information.facets import Traits, with_kinds
from pendopo.domains.information.models import Category, Item, ItemQuerySet, ItemVersion
from pendopo.domains.information.paging import NEWEST
from pendopo.kernel.caches import timed
from pendopo.kernel.lists import MOST

RANKED, RANKED_TITLES, LATELY = 300, 200, 10_000
_TITLE = SearchVector("title", config="indonesian")
# The ready words of title and summary (weights A and B): reading them anew costs twenty times as much.
_TITLE_AND_SUMMARY = Func(F("search"), Value("{a,b}"), function="ts_filter", output_field=SearchVectorField())
# Divides by 1 + log(length): a budget of 200 pages does not win just because it holds every word.
_BY_LENGTH = 1


@dataclass(frozen=True)
class Hits:
    """The newest entries that hold the words, newest first, with what they are filtered by; `changed` is when, if that
    was asked for. `more`: not all."""

    traits: Mapping[int, Traits]
    changed: Mapping[int, dt.datetime]
    more: bool

    def whole(self) -> "Hits":
        """The same with the formats of their files. One query."""
        return replace(self, traits=with_kinds(self.traits))

    def fitting(self, chosen: Mapping[str, str]) -> list[int]:
        return [pk for pk, one in self.traits.items() if one.fits(chosen)]


def as_query(words: str) -> SearchQuery:
    return SearchQuery(words, config="indonesian", search_type="websearch")


def holding(items: ItemQuerySet, words: str) -> ItemQuerySet:
    """Entries that hold the words. Of exempted ones only what is public is looked at, never the text of a file."""
    query = as_query(words)
    found: ItemQuerySet = items.alias(open_words=_TITLE_AND_SUMMARY)
    return found.filter(~Q(category=Category.DIKECUALIKAN) | Q(open_words=query), search=query)


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
        # `opened` would look at each entry a second time; what it asks of entries is asked here.
        files = ItemVersion.objects.filter(published_at__isnull=False, withdrawn_at=None)
        items = items.published().exclude(category=Category.DIKECUALIKAN)
        items = items.filter(pk__in=files.filter(file__kind=chosen["format"]).values("item_id"))
    return items


_HELPERS = "SET LOCAL max_parallel_workers_per_gather"  # to call them takes longer than to search
_BY_INDEX = f"SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; {_HELPERS} = 0"
_AS_BEFORE = f"SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on; {_HELPERS} TO DEFAULT"


@contextmanager
def through_the_index() -> Iterator[None]:
    """Statements inside read the word index. The planner does not know that reading the words of one row means
    unpacking thousands of them from beside the table, and would rather walk the table itself: 50 times slower."""
    inside = connection.in_atomic_block
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        yield
        if inside:  # the end of a transaction of our own puts it back for nothing
            cursor.execute(_AS_BEFORE)


def hits(
    words: str,
    chosen: Mapping[str, str] | None = None,
    *,
    among: ItemQuerySet | None = None,
    dated: bool = False,
) -> Hits:
    """The newest entries with the words, at most MOST, formats not yet known. Call it inside `through_the_index`.
    `among` are published entries; all of them when None. With `dated` the hits carry the time of their last
    change: a thousand times take longer to read than to find.

    A word that is in every tenth entry is found among the newest LATELY alone: one query. Others take two.
    """
    open_ones = Item.objects.published() if among is None else among
    found = holding(narrowed(open_ones, chosen or {}), words).order_by(*NEWEST)
    columns = found.values_list("pk", "category", "office_id", "year", "topic", *["modified_at"] * dated)
    since, rows = _lately(), []
    if since is not None:
        rows = list(columns.filter(modified_at__gte=since)[: MOST + 1])
    if len(rows) <= MOST:
        rows = list(columns[: MOST + 1])
    shown = rows[:MOST]
    traits = {
        pk: Traits(category, office, year, topic, ()) for pk, category, office, year, topic, *_at in shown
    }
    return Hits(traits, {row[0]: row[5] for row in shown} if dated else {}, len(rows) > MOST)


@timed(60)
def _lately() -> dt.datetime | None:
    """When the LATELY newest entry was last changed; None while there are fewer."""
    changed = Item.objects.published().order_by(*NEWEST).values_list("modified_at", flat=True)
    return next(iter(changed[LATELY : LATELY + 1]), None)


def titled(words: str, chosen: Mapping[str, str]) -> list[int]:
    """Ids of the newest entries with the words in their title. One query, inside `through_the_index`."""
    found = narrowed(Item.objects.published(), chosen).alias(title_words=_TITLE)
    return list(
        found.filter(title_words=as_query(words))
        .order_by(*NEWEST)
        .values_list("pk", flat=True)[:RANKED_TITLES]
    )


def by_relevance(words: str, judged: Iterable[int]) -> list[int]:
    """These ids, best first. One query."""
    rank = SearchRank(F("search"), as_query(words), normalization=_BY_LENGTH)
    # One list instead of five hundred values: those would take longer to send than the ranks to be counted.
    wanted = Value(list(judged), output_field=ArrayField(BigIntegerField()))
    among = Func(
        F("pk"), wanted, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField()
    )
    rows = Item.objects.published().filter(among).alias(rank=rank).order_by("-rank", *NEWEST)
    return list(rows.values_list("pk", flat=True))
