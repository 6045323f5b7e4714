"""CKAN's `fq`, by which harvesters narrow a search. Read strictly: what is not understood is refused, never ignored.

Terms are `field:value`, `field:"some words"` or `field:(one OR two)`, with `-` or `NOT` before those to leave out,
joined by spaces or AND; OR joins terms of one field. `metadata_modified:[2026-01-01T00:00:00Z TO *]` asks for what
changed since.
"""

import datetime as dt
import re
from collections.abc import Callable

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information.models import ItemQuerySet, ItemVersion

MOST_TERMS = 60
_EVERY, _NONE = ~Q(pk__in=[]), Q(pk__in=[])
_TERM = re.compile(
    r"(?P<sign>[+-]|NOT\s+)?(?P<field>[A-Za-z_]+):"
    r"(?P<value>\"[^\"]*\"|\[[^\]]*\]|\([^()]*\)|[^\s()\[\]\":]+)(?=\s|$)"
)
_JOIN = re.compile(r"\s+(?:(AND|OR|&&|\|\|)\s+)?")
_OR = re.compile(r"\s+(?:OR|\|\|)\s+")
_SPAN = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")


class Unreadable(Exception):
    """The filter is not written as a filter."""


class UnknownField(Exception):
    """The catalogue has no such field."""


def narrowed(items: ItemQuerySet, fq: str) -> ItemQuerySet:
    """The entries that fit the filter. Raises Unreadable and UnknownField."""
    text = fq.strip()
    if text in ("", "*:*"):
        return items
    wanted: list[tuple[str, bool, Q]] = []
    for either, field, without, fits in _terms(text):
        before = wanted[-1] if either and wanted else None
        if before is None:
            wanted.append((field, without, fits))
        elif before[:2] == (field, False) and not without:
            wanted[-1] = (field, False, before[2] | fits)
        else:
            raise Unreadable(f"OR joins terms of one field only: {field}")
    for _field, without, fits in wanted:
        items = items.exclude(fits) if without else items.filter(fits)
    return items


def _terms(text: str) -> list[tuple[bool, str, bool, Q]]:
    """Each term: joined by OR to the one before, its field, left out or not, and which entries it fits."""
    found: list[tuple[bool, str, bool, Q]] = []
    at, either = 0, False
    while True:
        term = _TERM.match(text, at)
        if term is None or len(found) == MOST_TERMS:
            raise Unreadable(text[at : at + 60])
        sign = (term["sign"] or "").strip()
        found.append((either, term["field"], sign in ("-", "NOT"), _fitting(term["field"], term["value"])))
        if term.end() == len(text):
            return found
        join = _JOIN.match(text, term.end())
        assert join is not None  # a term ends before a space
        at, either = join.end(), join[1] in ("OR", "||")


def _fitting(field: str, value: str) -> Q:
    reads = FIELDS.get(field)
    if reads is None:
        raise UnknownField(field)
    if field == "metadata_modified":
        return reads(value)
    fits = _NONE
    for one in _OR.split(value.strip("()").strip()) if value.startswith("(") else [value]:
        bare = one.strip()
        words = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare
        if not words or '"' in words or bare[0] == "[" or (words == bare and re.search(r"\s|[*?~^]", bare)):
            raise Unreadable(f"{field}:{value}"[:60])
        fits |= reads(words)
    return fits


def _office(slug: str) -> Q:
    return Q(office_id__in=[pk for pk, office in offices_by_id().items() if office.slug == slug])


def _format(kind: str) -> Q:
    return Q(pk__in=ItemVersion.objects.opened().filter(file__kind=kind.upper()).values("item_id"))


def _changed(value: str) -> Q:
    span = _SPAN.fullmatch(value)
    if span is None:
        raise Unreadable(f"metadata_modified:{value}"[:60])
    fits = _EVERY
    for mark, name in ((span[1], "modified_at__gte"), (span[2], "modified_at__lte")):
        if mark != "*":
            fits &= Q(**{name: _moment(mark)})
    return fits


def _moment(mark: str) -> dt.datetime:
    """A moment as CKAN writes it: UTC, with or without saying so."""
    try:
        day = parse_date(mark)
        at = dt.datetime.combine(day, dt.time()) if day else parse_datetime(mark)
    except ValueError:
        at = None
    if at is None:
        raise Unreadable(f"metadata_modified:{mark}"[:60])
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _always(wanted: str) -> Callable[[str], Q]:
    return lambda value: _EVERY if value == wanted else _NONE


FIELDS: dict[str, Callable[[str], Q]] = {
    "organization": _office,
    "owner_org": _office,
    "groups": lambda _name: _NONE,  # an entry is in no group
    "tags": lambda words: Q(topic=words),
    "res_format": _format,
    "license_id": lambda key: Q(licence=key),
    "id": lambda slug: Q(slug=slug),
    "name": lambda slug: Q(slug=slug),
    "type": _always("dataset"),
    "dataset_type": _always("dataset"),
    "state": _always("active"),
    "metadata_modified": _changed,
}
