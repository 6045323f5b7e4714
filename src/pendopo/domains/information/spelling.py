"""Mistyped words: the nearest words of the titles of published entries, by letters in threes."""

import re
from collections import Counter, defaultdict

from django.db import connection

from pendopo.domains.information.models import Item
from pendopo.kernel.caches import timed

LIKE = 0.4  # share of common threes from which a word may be meant
MOST_WORDS = 8  # of what was typed; more is a sentence, not a search
_WORD = re.compile(r"[^\W\d_]{3,40}")
_STAT = """
    SELECT word, ndoc FROM ts_stat(
        'SELECT to_tsvector(''simple'', title) FROM {item} WHERE status = ''FIXED'''
    ) WHERE word ~ '^[[:alpha:]]{{3,40}}$'
"""


class Vocabulary:
    """Words with the number of titles that hold them, found by their threes of letters."""

    def __init__(self, words: dict[str, int]) -> None:
        self.words = words
        self._by_three: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for three in threes(word):
                self._by_three[three].append(word)

    def nearest(self, typed: str) -> str | None:
        """The most alike word, the more frequent of two equals; None when none is alike."""
        mine = threes(typed)
        common = Counter(word for three in mine for word in self._by_three.get(three, ()))
        alike = [
            (share, self.words[word], word)
            for word, number in common.items()
            if (share := number / (len(mine) + len(word) + 1 - number)) >= LIKE
        ]
        return max(alike)[2] if alike else None


def threes(word: str) -> set[str]:
    """pg_trgm's threes: two blanks before, one behind."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@timed(600)
def vocabulary() -> Vocabulary:
    """The words of all published titles, kept for ten minutes in each process."""
    with connection.cursor() as cursor:
        cursor.execute(_STAT.format(item=Item._meta.db_table))  # only a table name is put in
        return Vocabulary(dict(cursor.fetchall()))


def corrected(typed: str) -> str | None:
    """What was typed with unknown words replaced by the nearest known ones; None when there is nothing to replace."""
    known, changed = vocabulary(), False

    def better(match: re.Match[str]) -> str:
        nonlocal changed
        word = match.group().lower()
        near = None if word in known.words else known.nearest(word)
        changed = changed or near is not None
        return near or match.group()

    if len(typed.split()) > MOST_WORDS:
        return None
    words = _WORD.sub(better, typed)
    return words if changed else None
