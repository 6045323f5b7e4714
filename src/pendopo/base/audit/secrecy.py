"""Rooms above say which of their subjects a person must not find in history.

An entry is `restricted` for ever or never, but a case can become secret after its first entries were
written, or move to another office. Audit cannot know cases (they are above it), so a room that keeps secrets
registers one function here; lists and exports leave out what it names.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

# (user) -> one-column queryset of the subject ids hidden from that user
HiddenFrom = Callable[[Any], QuerySet[Any, Any]]

_guards: dict[str, HiddenFrom] = {}


def register(kind: str, hidden_from: HiddenFrom) -> None:
    """Guard subjects of `kind` ("reports.report"). Raises ValueError when the kind is guarded already."""
    if kind in _guards:
        raise ValueError(f"{kind!r} is guarded twice")
    _guards[kind] = hidden_from


def guards() -> dict[str, HiddenFrom]:
    return dict(_guards)
