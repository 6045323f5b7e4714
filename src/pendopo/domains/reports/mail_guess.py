"""What a mail is about and where: guesses that a koordinator corrects. A mail has no form that asks."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from pendopo.base.regions import public as regions
from pendopo.domains.reports import geo
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Category, Report
from pendopo.domains.reports.open311.sending import village_in
from pendopo.domains.reports.words import words_and_pairs

FALLBACK = "lainnya"
ALIKE = 15  # reports that vote
LEAST_SHARE = 0.6  # of their votes; below that nobody is sure
LEAST = 5
_MOST_WORDS = 30


def category_of(text: str) -> Category:
    """The category that most similar reports have, else one whose name or examples are in the words, else "Lainnya"."""
    known = {one.pk: one for one in categories()}
    key = _by_similar_reports(text) or _by_its_own_words(text, known) or FALLBACK
    return known.get(key) or known.get(FALLBACK) or next(iter(known.values()))


def _by_similar_reports(text: str) -> str:
    words = list(dict.fromkeys(word for word in words_and_pairs(text) if " " not in word and word != "0"))
    if not words:
        return ""
    query = SearchQuery(" OR ".join(words[:_MOST_WORDS]), config="indonesian", search_type="websearch")
    alike = Report.objects.public().filter(search=query).annotate(rank=SearchRank(F("search"), query))
    found = list(alike.order_by("-rank").values_list("category_id", "rank")[:ALIKE])
    if len(found) < LEAST:
        return ""
    votes: dict[str, float] = {}
    for category, rank in found:
        votes[category] = votes.get(category, 0.0) + rank
    best = max(votes, key=lambda key: votes[key])
    return best if best != FALLBACK and votes[best] >= LEAST_SHARE * sum(votes.values()) else ""


def _by_its_own_words(text: str, known: dict[str, Category]) -> str:
    said = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    for key, one in known.items():
        examples = [one.label, *one.hint.split(",")]
        if any(f" {' '.join(re.findall(r'[a-z0-9]+', part.lower()))} " in said for part in examples if part):
            return key
    return ""


def region_of(text: str) -> str:
    """The one kelurahan that is named ("Kelurahan Mawar", else just "Mawar"), else the government as a whole."""
    for code, name in geo.villages().items():
        if re.search(rf"(?i)\b(?:kelurahan|kel\.?|desa)\s+{re.escape(name)}\b", text):
            return str(code)
    return village_in(text) or regions.government_code()
