"""The piece of text in which the words stand, cut in the database for the entries of one page only."""

import re

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, F, Func, IntegerField, TextField, Value, When
from django.db.models.functions import Greatest, Left, Lower, StrIndex, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from pendopo.domains.information.finding import as_query
from pendopo.domains.information.models import Category

READ, PIECE, BEFORE = 20_000, 1_200, 300  # letters of a file's text looked at; of the piece; before the word
_OPEN, _CLOSE = "\x02", "\x03"  # signs that no cleaned text holds
_STRIPPED = re.compile("[\x02\x03]")


def piece_of(words: str) -> SearchHeadline:
    """An expression over an entry: the piece of its public text with the words in it. Ask it for one page only."""
    first = next(iter(re.findall(r"\w{3,}", words)), "").lower()
    text = Left("file_text", READ)
    place = Greatest(StrIndex(Lower(text), Value(first)) - BEFORE, Value(1), output_field=IntegerField())
    source = Case(
        When(category=Category.DIKECUALIKAN, then=F("summary")),
        default=Func(
            F("summary"),
            Value(" … "),
            Substr(text, place, PIECE),
            function="CONCAT",
            output_field=TextField(),
        ),
        output_field=TextField(),
    )
    return SearchHeadline(
        source, as_query(words), config="indonesian", start_sel=_OPEN, stop_sel=_CLOSE,
        max_words=30, min_words=15, max_fragments=1,
    )  # fmt: skip


def marked(piece: str) -> SafeString | str:
    """The piece escaped, with the found words marked; "" when the words are not in it."""
    if _OPEN not in piece:
        return ""
    safe = escape(piece).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return mark_safe(_STRIPPED.sub("", safe))  # noqa: S308 - escaped above
