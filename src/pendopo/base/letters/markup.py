"""What officers write in a template, and the HTML that becomes of it. Nothing they write is ever run.

Words: paragraphs, `## headings`, `- ` and `1. ` lists, `**bold**`, `*italic*`; a line end stays a line end.
`{{ nama }}` is filled, a table stands alone in its paragraph. A part between the lines `{% jika nama %}` and
`{% selesai %}` is left out when the name is empty; with `{% jika tidak nama %}`, when it is filled.

The markup is read first and filled after: what a citizen typed is text, whatever signs are in it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pendopo.base.letters.kinds import Value

MOST = 20_000  # letters of a template
SLIM = 4  # a column of numbers takes no more room than it needs
# Only what a letter needs: no links, pictures, code, quotes or HTML of any kind.
_READER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["heading", "list", "emphasis", "newline", "escape"]
)
_NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LINE = re.compile(r"^\s*\{%\s*(?:(jika)\s+(tidak\s+)?([a-z][a-z0-9_]*)|(selesai))\s*%\}\s*$")
# A number of a letter or register. At the end of a line it would break behind a slash, and no search would find it.
_NUMBER = re.compile(r"(?<![\w/])[\w.\-]{1,12}(?:/[\w.\-]{0,11}\w){1,5}(?![\w/])")
_LOOKS_LIKE = re.compile(r"\{%|%\}")


def html_of(body: str, values: Mapping[str, Value]) -> SafeString:
    """The template's body filled with `values`, as HTML. Names that are not in `values` stay as they are written."""
    tokens = _READER.parse("\n".join(_kept(body, values)))
    _one_level(tokens)
    parts = [_part(token, values) for token in _with_tables(tokens, values)]
    return mark_safe("".join(parts))  # noqa: S308 - every word went through `escape`


def line_of(title: str, values: Mapping[str, Value]) -> str:
    """A single line (the subject) filled with `values`, as plain text."""
    return _NAME.sub(lambda found: _words(found, values), title)


def whole_numbers(words: str) -> SafeString:
    """Plain words as HTML in which numbers written with slashes stay in one line."""
    kept = _NUMBER.sub(lambda found: f'<span class="whole">{found[0]}</span>', escape(words))
    return mark_safe(kept)  # noqa: S308 - escaped before


def faults(title: str, body: str, known: Mapping[str, Value]) -> list[tuple[str, str]]:
    """(field, sentence) of everything that would not print as its writer means it."""
    found = [("title", sentence) for sentence in _unknown([title], known, tables=False)]
    if len(body) > MOST:
        found.append(("body", _("Isi templat terlalu panjang; paling banyak %(n)d huruf.") % {"n": MOST}))
    lines = body.splitlines()
    found += [
        ("body", sentence) for sentence in (*_unknown(lines, known, tables=True), *_blocks(lines, known))
    ]
    return found


def used(title: str, body: str) -> set[str]:
    """The names a template asks for."""
    return set(_NAME.findall(title)) | set(_NAME.findall(body))


def _kept(body: str, values: Mapping[str, Value]) -> Iterable[str]:
    """The lines of the parts whose condition holds. An unknown name's lines stay, as text."""
    hidden = False
    for line in body.splitlines():
        found = _LINE.match(line)
        if found is None or (found[3] and found[3] not in values):
            if not hidden:
                yield line
        elif found[4]:
            hidden = False
            yield ""
        else:
            hidden = bool(values[found[3]]) == bool(found[2])
            yield ""


def _one_level(tokens: Iterable[Token]) -> None:
    """Headings of a letter are all of one level: the tag tree must not skip any, and the title is the first."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2"


def _with_tables(tokens: Sequence[Token], values: Mapping[str, Value]) -> list[Token]:
    """A paragraph that holds only the name of a table becomes the table."""
    kept = list(tokens)
    for at in range(len(kept) - 2, 0, -1):
        alone = _NAME.fullmatch(kept[at].content.strip()) if kept[at].type == "inline" else None
        value = values.get(alone[1]) if alone else None
        if isinstance(value, Mapping) and kept[at - 1].type == "paragraph_open":
            kept[at - 1 : at + 2] = [Token("letter_table", "table", 0, meta={"table": dict(value)})]
    return kept


def _part(token: Token, values: Mapping[str, Value]) -> str:
    if token.type == "letter_table":
        return _table(token.meta["table"])
    if token.type == "inline":
        return "".join(_part(child, values) for child in token.children or ())
    if token.type in {"text", "text_special"}:
        filled = _NAME.sub(lambda found: _words(found, values), token.content)
        return whole_numbers(filled).replace("\n", "<br>")
    if token.type in {"softbreak", "hardbreak"}:
        return "<br>"
    if token.hidden or not token.tag:
        return ""
    start = token.attrGet("start")
    kept = (
        f' start="{int(start)}"' if token.tag == "ol" and start is not None and str(start).isdigit() else ""
    )
    return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}{kept}>"


def _words(found: re.Match[str], values: Mapping[str, Value]) -> str:
    value = values.get(found[1])
    return value if isinstance(value, str) else found[0]


def _table(value: Mapping[str, Any]) -> str:
    slim = [max(map(len, column)) <= SLIM for column in zip(value["head"], *value["rows"], strict=True)]
    head = "".join(
        f'<th scope="col"{" class=slim" if thin else ""}>{escape(cell)}</th>'
        for cell, thin in zip(value["head"], slim, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{whole_numbers(cell)}</td>".replace("\n", "<br>") for cell in row) + "</tr>"
        for row in value["rows"]
    )
    return f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _unknown(lines: Sequence[str], known: Mapping[str, Value], *, tables: bool) -> list[str]:
    sentences = []
    for number, line in enumerate(lines, 1):
        for name in _NAME.findall(line):
            values = {"line": number, "name": name, "known": ", ".join(sorted(known)) or "–"}
            if name not in known:
                sentences.append(
                    _("Baris %(line)d: “%(name)s” tidak dikenal. Yang dapat dipakai: %(known)s.") % values
                )
            elif isinstance(known[name], Mapping) and not (tables and _NAME.fullmatch(line.strip())):
                sentences.append(
                    _("Baris %(line)d: “%(name)s” adalah tabel; tulis sendirian di barisnya.") % values
                )
        if ("{{" in line or "}}" in line) and ("{{" in _NAME.sub("", line) or "}}" in _NAME.sub("", line)):
            sentences.append(
                _("Baris %(line)d: kurung kurawal tidak lengkap. Tulis seperti {{ nama }}.")
                % {"line": number}
            )
    return sentences


def _blocks(lines: Sequence[str], known: Mapping[str, Value]) -> list[str]:
    sentences, opened = [], 0
    for number, line in enumerate(lines, 1):
        found = _LINE.match(line)
        values = {"line": number, "opened": opened, "name": found[3] if found else ""}
        if found is None:
            if _LOOKS_LIKE.search(line):
                sentences.append(
                    _("Baris %(line)d: tulis {%% jika nama %%} atau {%% selesai %%} sendirian di barisnya.")
                    % values
                )
        elif found[4] and not opened:
            sentences.append(_("Baris %(line)d: {%% selesai %%} tanpa {%% jika … %%} di atasnya.") % values)
        elif found[4]:
            opened = 0
        elif opened:
            sentences.append(
                _("Baris %(line)d: bagian bersyarat tidak boleh di dalam bagian lain (baris %(opened)d).")
                % values
            )
        else:
            opened = number
            if found[3] not in known:
                sentences.append(_("Baris %(line)d: “%(name)s” tidak dikenal.") % values)
    if opened:
        sentences.append(
            _("Baris %(opened)d: bagian ini belum ditutup dengan {%% selesai %%}.") % {"opened": opened}
        )
    return sentences
