"""Rooms whose files are blackened. Each says who may do it, why parts may be withheld, and where its own page is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pendopo.base.registries import Registry, Text


@dataclass(frozen=True)
class Ground:
    """A ground of law for a box: `code` stands in the box ("17h"), `words` in lists."""

    code: str
    words: Text


@dataclass(frozen=True)
class RedactionHost:
    """`may_edit(user, about_id)` also opens the original; `grounds()` come in the order in which they are offered."""

    key: str
    may_edit: Callable[[Any, str], bool]
    url_back: Callable[[str], str]
    grounds: Callable[[], Sequence[Ground]]


hosts: Registry[RedactionHost] = Registry("redaction hosts")


def host_of(kind: str) -> RedactionHost:
    found = hosts.get(kind)
    if found is None:
        raise LookupError(f"redaction host {kind!r} is not registered")
    return found
