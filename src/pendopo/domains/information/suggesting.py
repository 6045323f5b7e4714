""" "Sudah tersedia": what the catalogue and earlier answers hold about the words somebody is typing.

The words are joined in pairs, so that a long question still finds an entry that holds two of them; of what is
found only a bounded number is compared. Of requests only what the public log shows is looked at, never what was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.urls import NoReverseMatch, reverse

from pendopo.domains.information.models import (
    Category,
    DecisionKind,
    FoundDay,
    InformationRequest,
    Item,
)
from pendopo.domains.information.models.catalogue import ItemQuerySet
from pendopo.domains.information.models.request import RequestQuerySet
from pendopo.kernel.text import clean_line

MOST = 5
_COMPARED = 200  # rows that are ranked
_STEMS = 7  # of a long question the first meaningful words
_SHORTEST = 4  # letters typed before anything is looked for
# What everybody writes who asks; it says nothing about what is asked.
SAYS_NOTHING = (
    "mohon", "minta", "informasi", "data", "dokumen", "salinan", "tahun", "kota", "daerah", "pemerintah",
    "tentang", "mengenai", "terkait", "ingin", "tahu", "tolong",
)  # fmt: skip
_LEXEMES = """
    SELECT l FROM unnest(to_tsvector('indonesian', %s)) AS t(l, p, w)
    WHERE l <> ALL (tsvector_to_array(to_tsvector('indonesian', %s))) AND l ~ '^[[:alnum:]]{2,}$'
    ORDER BY p[1] LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """Something that is public already. `where` says how a find is counted; `url` is "" without a page of its own."""

    where: str
    key: str
    title: str
    summary: str
    about: str
    url: str


def suggestions(typed: str) -> list[Found]:
    """At most five entries and earlier answers, best first. Three queries, none for a word or two of nothing."""
    line = clean_line(typed[:1000])
    if len(line) < _SHORTEST:
        return []
    query = _query(_stems(line))
    if query is None:
        return []
    return [*_items(query), *_answers(query)][:MOST]


def _stems(line: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LEXEMES, [line, " ".join(SAYS_NOTHING), _STEMS])
        return [row[0] for row in cursor.fetchall()]


def _query(stems: Sequence[str]) -> SearchQuery | None:
    """Any two of the stems together; a lone one by itself. Stems come from PostgreSQL and are plain letters."""
    if not stems:
        return None
    pairs = [f"({a} & {b})" for a, b in combinations(stems, 2)] or [stems[0]]
    return SearchQuery(" | ".join(pairs), search_type="raw", config="simple")


def chosen(where: str, key: str) -> Found | None:
    """What somebody pressed "ini yang saya cari" at, None when it is not public (any more)."""
    if where == FoundDay.Where.ITEM:
        item = _open_items().light().select_related("office").filter(slug=key).first()
        return _as_item(item) if item else None
    if where == FoundDay.Where.ANSWER:
        answered = _granted().filter(slug=key).first()
        return _as_answer(answered) if answered else None
    return None


def _open_items() -> ItemQuerySet:
    found: ItemQuerySet = Item.objects.published().exclude(category=Category.DIKECUALIKAN)
    return found


def _granted() -> RequestQuerySet:
    full, partial = DecisionKind.FULL, DecisionKind.PARTIAL
    found: RequestQuerySet = InformationRequest.objects.logged().filter(decision__in=(full, partial))
    return found.defer("search", "details")


def _items(query: SearchQuery) -> list[Found]:
    some = _open_items().filter(search=query).order_by().values_list("pk", flat=True)[:_COMPARED]
    title = SearchVector("title", weight="A", config="indonesian")
    shown = title + SearchVector("summary", weight="B", config="indonesian")
    ranked = Item.objects.filter(pk__in=list(some)).light().select_related("office")
    rows = ranked.annotate(rank=SearchRank(shown, query)).order_by("-rank", "-modified_at")[:MOST]
    return [_as_item(row) for row in rows]


def _answers(query: SearchQuery) -> list[Found]:
    """Earlier requests that were granted, by the title an officer gave them for the public log."""
    title = SearchVector("log_title", config="indonesian")
    rows = _granted().filter(search=query).annotate(said=title).filter(said=query).order_by("-decided_at")
    return [_as_answer(row) for row in rows[:MOST]]


def _as_item(row: Item) -> Found:
    about = _about(row.office.name, row.year)
    return Found(FoundDay.Where.ITEM, row.slug, row.title, row.summary, about, _page(row.slug))


def _as_answer(row: InformationRequest) -> Found:
    about = _about(row.get_decision_display(), row.year)
    return Found(FoundDay.Where.ANSWER, row.slug, row.log_title, "", about, "")


def _about(name: str, year: int | None) -> str:
    return f"{name} · {year}" if year else name


def _page(slug: str) -> str:
    try:
        return reverse("information:item", args=[slug])
    except NoReverseMatch:
        return ""
