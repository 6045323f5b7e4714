"""From an event, a language and plain values to a subject and a body.

A subject line travels unencrypted, is shown on locked screens and kept in logs of mail servers. So a subject
may use only the values named in `SUBJECT_KEYS`, as they are; anything else is refused before it can be sent.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine, Template
from django.template.base import TextNode, VariableNode
from django.template.exceptions import TemplateDoesNotExist, TemplateSyntaxError
from django.utils import translation

from pendopo.base.notices.events import Event
from pendopo.kernel import text

SUBJECT_KEYS = frozenset({"code", "office", "date", "status", "city"})
SUBJECT_MARK = "Subjek:"
FALLBACK = "id"

Values = Mapping[str, str | int]


class WordsRefused(Exception):
    """A programming error: an event's template is missing, broken, or would put a secret in a subject."""


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


@dataclass(frozen=True)
class _Pattern:
    subject: Template
    body: Template


def render(event: Event, language: str, values: Values) -> Words:
    """The words of an event. `language` falls back to Indonesian. Raises WordsRefused."""
    pattern = _pattern(event, language if language in dict(settings.LANGUAGES) else FALLBACK)
    clean = {name: _plain(event, name, value) for name, value in values.items()}
    for part in (pattern.subject, pattern.body):
        if missing := _names(part) - clean.keys():
            raise WordsRefused(f"{event.name}: {', '.join(sorted(missing))} was not given")
    with translation.override(language):
        context = Context(clean, autoescape=False)
        return Words(subject_line(pattern.subject.render(context)), pattern.body.render(context).strip())


def subject_line(words: str) -> str:
    """One line, whatever was in it: no line end can start another mail header."""
    return text.clean_line(words)[:200]


def clear_process_cache() -> None:
    """Forget compiled templates (tests change them)."""
    _pattern.cache_clear()


def check(event: Event) -> None:
    """Raise WordsRefused when the event's words could not be sent in some language."""
    for language, _name in settings.LANGUAGES:
        _pattern(event, language)


@functools.cache
def _pattern(event: Event, language: str) -> _Pattern:
    try:
        return _compiled(event, _source(event, language))
    except TemplateSyntaxError as error:
        raise WordsRefused(f"{event.name}: {error}") from None


def _compiled(event: Event, source: str) -> _Pattern:
    first, _end, rest = source.partition("\n")
    if not first.startswith(SUBJECT_MARK):
        raise WordsRefused(f"{event.name}: the first line must start with {SUBJECT_MARK!r}")
    subject = Template(first.removeprefix(SUBJECT_MARK).strip(), engine=Engine.get_default())
    _refuse_secrets(event, subject)
    if not subject.source or not rest.strip():
        raise WordsRefused(f"{event.name}: subject and body need words")
    return _Pattern(subject, Template(rest, engine=Engine.get_default()))


def _source(event: Event, language: str) -> str:
    for choice in dict.fromkeys([language, FALLBACK]):
        try:
            return str(Engine.get_default().get_template(f"notices/{event.name}.{choice}.txt").source)
        except TemplateDoesNotExist:
            continue
    raise WordsRefused(f"{event.name}: templates/notices/{event.name}.{FALLBACK}.txt is missing")


def _refuse_secrets(event: Event, subject: Template) -> None:
    # the `code` of a case is its public number; the `code` of a sensitive event is the secret itself
    allowed = SUBJECT_KEYS - {"code"} if event.sensitive else SUBJECT_KEYS
    for node in subject.nodelist:
        if isinstance(node, TextNode):
            continue
        if isinstance(node, VariableNode) and node.filter_expression.token in allowed:
            continue
        raise WordsRefused(f"{event.name}: a subject may only use {', '.join(sorted(allowed))}")


def _names(template: Template) -> set[str]:
    nodes = template.nodelist.get_nodes_by_type(VariableNode)
    variables = [node.filter_expression.var for node in nodes if isinstance(node, VariableNode)]
    return {variable.lookups[0] for variable in variables if getattr(variable, "lookups", None)}


def _plain(event: Event, name: str, value: str | int) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise WordsRefused(f"{event.name}: {name} must be text or a number, not {type(value).__name__}")
    return text.clean(str(value)) if isinstance(value, str) else value
