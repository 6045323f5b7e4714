"""Who still needs a file: each room that links files registers one function from its `apps.py`."""

import uuid
from collections.abc import Callable, Collection, Iterable

# (ids) -> those of them that the room links
Linked = Callable[[Collection[uuid.UUID]], Iterable[uuid.UUID]]

_owners: dict[str, Linked] = {}


def register(key: str, linked: Linked) -> None:
    """Name a room's function. Raises ValueError when the key is taken."""
    if key in _owners:
        raise ValueError(f"{key!r} is registered twice")
    _owners[key] = linked


def known() -> bool:
    """Whether any room links files. If none does, nothing may be swept: more likely a room failed to load."""
    return bool(_owners)


def linked(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that some room links."""
    found: set[uuid.UUID] = set()
    for ask in _owners.values():
        found.update(ask(ids))
    return found
