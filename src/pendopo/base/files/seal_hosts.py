"""Rooms that keep sealed files: each registers one host from its `apps.py`."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from pendopo.base.accounts.models import User
from pendopo.base.files.models import SealedFile


@dataclass(frozen=True)
class Opening:
    """Somebody opens a sealed file by a link that is valid, made for them, and not expired."""

    file: SealedFile
    user: User
    purpose: str
    now: dt.datetime


@dataclass(frozen=True)
class SealHost:
    """`linked`: those of the ids that the room links. `opening`: may this person open it, still? True only after
    the look was written into the history; runs in the transaction of the opening.
    """

    linked: Callable[[Collection[uuid.UUID]], Iterable[uuid.UUID]]
    opening: Callable[[Opening], bool]


_hosts: dict[str, SealHost] = {}


def register(key: str, host: SealHost) -> None:
    """Name a room's host. Raises ValueError when the key is taken."""
    if key in _hosts:
        raise ValueError(f"{key!r} is registered twice")
    _hosts[key] = host


def known(key: str) -> SealHost:
    """The host of that key. Raises LookupError when no room registered it."""
    return _hosts[key]


def all_hosts() -> dict[str, SealHost]:
    return dict(_hosts)
