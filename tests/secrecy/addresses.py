"""Every address of the product with its parameters filled, found by walking the URL table itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


class NoValue(AssertionError):
    """A new address has a parameter that the secrecy test does not know how to fill."""


def every_route(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[str]:
    """Routes like "meja/<slug:kind_key>/". Django's own admin comes along; pure regex routes do not occur."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if not isinstance(entry.pattern, RoutePattern):
            if isinstance(entry, URLPattern) and str(entry.pattern).startswith("(?P<url>"):
                continue  # the admin's catch-all for unknown addresses
            raise NoValue(f"{prefix}{entry.pattern}: a regex address; use path() so that it can be walked")
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_route(entry.url_patterns, route)
        else:
            yield route


def filled(route: str, values: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The route with every combination of the values its parameters may take."""
    names = [match["name"] for match in _PARAMETER.finditer(route)]
    for name in names:
        if name not in values:
            raise NoValue(f"/{route}: tell tests/secrecy which values {name!r} takes")
    for combination in product(*(values[name] for name in names)):
        chosen = dict(zip(names, combination, strict=True))
        yield "/" + _PARAMETER.sub(lambda match, chosen=chosen: str(chosen[match["name"]]), route)
