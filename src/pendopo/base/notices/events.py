"""What may be told: rooms register their events from `apps.py`, and ship the words as templates.

The words of an event stand in `templates/notices/<event>.<language>.txt` of its room: first line "Subjek: …",
the rest is the body, a Django template over the plain values given to `send`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

_NAME = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")  # it becomes a file name


class UnknownEvent(LookupError):
    """A programming error: a message was sent for an event that no room registered."""


@dataclass(frozen=True)
class Event:
    """`sensitive`: the body holds a one-time code or link, so it is wiped as soon as it is sent or given up.

    `give_up_after`: a message older than this is not worth sending any more.
    `templated`: False when another library renders the words.
    `forgets_address`: the address is wiped with the words (the last letter to somebody who asked to be erased).
    """

    name: str
    label: str | Promise
    sensitive: bool = False
    give_up_after: dt.timedelta | None = None
    templated: bool = True
    forgets_address: bool = False


_events: dict[str, Event] = {}


def register(
    event: str,
    label: str | Promise,
    *,
    sensitive: bool = False,
    give_up_after: dt.timedelta | None = None,
    templated: bool = True,
    forgets_address: bool = False,
) -> Event:
    """Add an event. Raises ValueError for a name without namespace or one taken."""
    if not _NAME.match(event) or len(event) > 60:
        raise ValueError(f"{event!r}: an event is lower case and namespaced by its room ('reports.closed')")
    if event in _events:
        raise ValueError(f"{event!r} is registered twice")
    entry = Event(event, label, sensitive, give_up_after, templated, forgets_address)
    _events[event] = entry
    return entry


def get(name: str) -> Event:
    """The event; raises UnknownEvent when no room registered it."""
    try:
        return _events[name]
    except KeyError:
        raise UnknownEvent(name) from None


def label_of(name: str) -> str:
    """How people call the event; a removed room's event is called by its name."""
    return str(_events[name].label) if name in _events else name


def every() -> Iterator[Event]:
    return iter(sorted(_events.values(), key=lambda event: event.name))
