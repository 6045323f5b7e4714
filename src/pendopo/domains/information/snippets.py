"""The piece of text in which the words stand, cut in the database for the entries of one page only."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, F, Func, IntegerField, TextField, Value, When
from django.db.models.functions import Greatest, Left, Lower, StrIndex, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from pendopo.domains.information.finding import as_query
from pendopo.domains.information.models import Category, Item

READ, PIECE, BEFORE = 20_000, 1_200, 300  # letters of a file's text looked at; of the piece; before the word
_OPEN, _CLOSE = "\x02", "\x03"  # signs that no cleaned text holds
_STRIPPED = re.compile("[\x02\x03]")


def for_page(ids: Sequence[int], words: str) -> dict[int, SafeString]:
    """Escaped pieces with the words in <mark>, by id; an entry whose text lacks them gets no piece. One query."""
    first = next(iter(re.findall(r"\w{3,}", words)), "").lower()
    text = Left("file_text", READ)
    place = Greatest(StrIndex(Lower(text), Value(first)) - BEFORE, Value(1), output_field=IntegerField())
    source = Case(
        When(category=Category.DIKECUALIKAN, then=F("summary")),
        default=Func(
            F("summary"), Value(" … "), Substr(text, place, PIECE), function="CONCAT", output_field=TextField()
        ),
        output_field=TextField(),
    )
    piece = SearchHeadline(
        source, as_query(words), config="indonesian", start_sel=_OPEN, stop_sel=_CLOSE,
        max_words=32, min_words=16, max_fragments=2, fragment_delimiter=" … ",
    )  # fmt: skip
    rows = Item.objects.published().filter(pk__in=list(ids)).annotate(piece=piece).values_list("pk", "piece")
    return {pk: marked(piece) for pk, piece in rows if _OPEN in piece}


def marked(piece: str) -> SafeString:
    """The piece escaped, with the found words marked."""
    safe = escape(piece).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return mark_safe(_STRIPPED.sub("", safe))  # noqa: S308 - escaped above
