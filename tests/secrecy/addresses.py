"""Every address of the product with its parameters filled, found by walking the URL table itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")


class NoValue(AssertionError):
    """A new address has a parameter that the secrecy test does not know how to fill."""


def every_route(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[str]:
    """Routes like "meja/<slug:kind_key>/", Django's own admin included."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from every_route(entry.url_patterns, route)
        else:
            yield route


def _readable(pattern: str) -> str:
    """A regex address of a library in the words of path(): "^(?P<app_label>a|b)/$" becomes "<app_label>/"."""
    if not pattern.startswith("^") and "(?P<" not in pattern:
        return pattern
    return _GROUP.sub(r"<\1>", pattern).lstrip("^").rstrip("$")


def filled(route: str, values: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The route with every combination of the values its parameters may take."""
    names = [match["name"] for match in _PARAMETER.finditer(route)]
    for name in names:
        if name not in values:
            raise NoValue(f"/{route}: tell tests/secrecy which values {name!r} takes")
    for combination in product(*(values[name] for name in names)):
        chosen = dict(zip(names, combination, strict=True))
        yield "/" + _PARAMETER.sub(lambda match, chosen=chosen: str(chosen[match["name"]]), route)
