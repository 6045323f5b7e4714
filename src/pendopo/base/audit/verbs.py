"""Every act that history knows, with the sentence that tells it. Rooms register theirs from `apps.py`.

A verb is namespaced by its room ("reports.closed"). Sentences have named placeholders filled from the facts
of the entry; `{actor}`, `{office}` and `{code}` (number of the subject) are always there. A fact that holds
an ISO date is shown as a date; one that holds a label of ours ("Isi laporan tidak jelas") is shown in the
reader's language. A fact that is missing becomes "…": an old entry must stay
readable for ever.
"""

import datetime as dt
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentence = str | Promise

MISSING = "…"
_NAME = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class UnknownVerb(LookupError):
    """A programming error: an act was recorded whose verb no room registered."""


@dataclass(frozen=True)
class Verb:
    """`staff` is the sentence for officers, `citizen` the one for the public (None: never shown to
    citizens).
    """

    name: str
    staff: Sentence
    citizen: Sentence | None = None


_verbs: dict[str, Verb] = {}


def register(verb: str, staff: Sentence, citizen: Sentence | None = None) -> Verb:
    """Add a verb. Raises ValueError for a name without namespace, one taken, or a broken sentence."""
    if not _NAME.match(verb) or len(verb) > 60:
        raise ValueError(f"{verb!r}: a verb is lower case and namespaced by its room, like 'reports.closed'")
    if verb in _verbs:
        raise ValueError(f"{verb!r} is registered twice")
    for sentence in (staff, citizen):
        if isinstance(sentence, str):
            list(string.Formatter().parse(sentence))  # unbalanced braces fail here, not when history is read
    entry = Verb(verb, staff, citizen)
    _verbs[verb] = entry
    return entry


def get(name: str) -> Verb:
    """The verb; raises UnknownVerb when no room registered it."""
    try:
        return _verbs[name]
    except KeyError:
        raise UnknownVerb(name) from None


def find(name: str) -> Verb | None:
    """The verb, or None: history may hold verbs of a room that was removed."""
    return _verbs.get(name)


def every() -> Iterator[Verb]:
    """All verbs in alphabetical order."""
    return iter(sorted(_verbs.values(), key=lambda verb: verb.name))


def tell(sentence: Sentence, facts: Mapping[str, Any]) -> str:
    """The sentence with its placeholders filled. Never fails: what is missing or odd becomes "…"."""
    try:
        return _Formatter().vformat(str(sentence), (), facts)
    except (ValueError, TypeError, IndexError):  # a translation with broken braces must not hide history
        return str(sentence)


class _Formatter(string.Formatter):
    """Plain names only: no attribute access, no indexing, no format specification reaches a value."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        return _shown(kwargs.get(field_name)), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(value)

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        return value


def _shown(value: Any) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, str) and _DATE.match(value):
        try:
            return formats.date_format(dt.date.fromisoformat(value), "j F Y")
        except ValueError:
            return value
    if isinstance(value, list):
        return ", ".join(_shown(part) for part in value)
    return _(value) if isinstance(value, str) else str(value)
