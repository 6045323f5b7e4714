"""What belongs beside a request: entries of the list that may hold what it asks for, and objections on it."""

import re
from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef

from pendopo.domains.information.models import Category, InformationRequest, Item, Objection
from pendopo.domains.information.suggesting import SAYS_NOTHING

_WORD = re.compile(r"[^\W\d_]{4,}")
MOST_WORDS = 8
COMPARED = 200  # ranking every entry that holds a common word takes seconds in a large list


def items_for(request: InformationRequest, *, most: int = 6) -> list[Item]:
    """Published, open entries that hold two of the request's words, the best first; one query along the index."""
    words = [word for word in _WORD.findall(request.details.lower()) if word not in SAYS_NOTHING]
    asked = list(dict.fromkeys(words))[:MOST_WORDS]
    if not asked:
        return []
    pairs = [f"({a} & {b})" for a, b in combinations(asked, 2)] or asked
    query = SearchQuery(" | ".join(pairs), config="indonesian", search_type="raw")
    found = Item.objects.published().exclude(category=Category.DIKECUALIKAN).filter(search=query)
    some = Item.objects.filter(pk__in=found.order_by().values("pk")[:COMPARED])
    ranked = some.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk").light()
    return list(ranked.select_related("office")[:most])


def with_objections(requests: Any) -> Any:
    """Requests that know whether somebody objected."""
    return requests.annotate(objected=Exists(Objection.objects.filter(request=OuterRef("pk"))))


def objections_on(request: InformationRequest) -> list[Objection]:
    """Those filed on it, the newest first; no query for one that `with_objections` read and nobody objected to."""
    return list(request.objections.all()) if getattr(request, "objected", True) else []
