"""Plain words of a mail: HTML as text, and only what somebody wrote anew in an answer."""

import re
from html.parser import HTMLParser

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

from pendopo.kernel.text import clean

_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "svg"}
_BREAKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "ul",
    "ol",
}
_MOST = 20_000  # letters that the patterns of the library are let loose on
_LONGEST = 600  # a line; longer ones are no header of a quote
_Q = r"(?:> ?)*"

# The library knows fourteen languages; Indonesian is added in its own form.
MAIL_LANGUAGES.setdefault(
    "id",
    {
        "wrote_header": rf"^({_Q}(?:Pada|Tanggal|Pd)\s[^\n]{{3,200}}(?:\n[^\n]{{0,200}})?\s?(?:menulis|wrote):)$",
        "from_header": r"((?:(?:^|\n|\n" + _Q + r")[* ]*(?:Dari|Dikirim|Terkirim|Tanggal|Kepada|Ke|Perihal|Subjek|Cc)"
        r":[ *]*[^\n]*){2,})",
        "disclaimers": [],
        "signatures": [
            r"Hormat (?:saya|kami)[,.]?$",
            r"Salam(?: hormat)?[,.]?$",
            r"Wassalam(?:u'?alaikum)?[^\n]{0,40}$",
            r"Terima kasih[,.]?$",
        ],
        "sent_from": "Dikirim dari|Terkirim dari",
    },
)  # fmt: skip


def text_of_html(page: str) -> str:
    """The words of a page without markup. Nothing of it is ever shown as HTML."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    words = re.sub(r"[ \t\xa0]+", " ", "".join(reader.words))
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", words).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag == "blockquote":
            self.quotes += 1
        if tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag == "blockquote" and self.quotes:
            self.quotes -= 1
        if tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        self.words.append("\n" + "> " * min(self.quotes, 3))


def new_words(text: str) -> str:
    """What the sender wrote now: without quoted letters, without signature. Never empty for a text with words."""
    whole = clean(text)
    if any(len(line) > _LONGEST for line in whole.splitlines()) or len(whole) > _MOST:
        return without_quotes(whole)  # the patterns are for letters, not for attacks
    replies = EmailMessage(text=whole, languages=["id", "en"], keep_hyphen_lists=True).read().replies
    first = without_quotes(replies[0].body) if replies else ""
    return first or without_quotes(whole)


def without_quotes(text: str) -> str:
    """The lines that do not begin with ">", up to a line that only says "-- " (RFC 3676, 4.3)."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.rstrip() == "--":
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return clean(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)))


def without_signature(text: str) -> str:
    """A whole letter up to its signature mark; everything else stays, also what is forwarded."""
    kept = re.split(r"(?m)^-- ?$", clean(text), maxsplit=1)[0]
    return clean(kept) or clean(text)
