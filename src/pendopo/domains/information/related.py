"""Entries of the list that may already hold what a request asks for."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from pendopo.domains.information.models import Category, InformationRequest, Item

_WORD = re.compile(r"[^\W\d_]{4,}")
MOST_WORDS = 14


def items_for(request: InformationRequest, *, most: int = 6) -> list[Item]:
    """Published, open entries by how many of the request's words they hold; one query along the index."""
    asked = list(dict.fromkeys(word.lower() for word in _WORD.findall(request.details)))[:MOST_WORDS]
    if not asked:
        return []
    query = SearchQuery(" or ".join(asked), config="indonesian", search_type="websearch")
    found = Item.objects.published().exclude(category=Category.DIKECUALIKAN).filter(search=query)
    ranked = found.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk").light()
    return list(ranked.select_related("office")[:most])
