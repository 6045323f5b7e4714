"""Where rooms show themselves to the surfaces: small typed lists, filled from each room's `apps.py`.

Nothing here knows a room. A surface reads the list and draws; a room that is removed simply is not in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise

Text = str | Promise  # words may be lazy translations


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Registry(Generic[T]):
    """An ordered list of entries with unique keys; registering the same key twice is a programming error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, entry: T) -> None:
        if entry.key in self._entries:
            raise ValueError(f"{self.name}: {entry.key!r} is registered twice")
        self._entries[entry.key] = entry

    def get(self, key: str) -> T | None:
        return self._entries.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._entries.values(), key=lambda e: getattr(e, "order", 0)))

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class MenuItem:
    """A line of the public menu or of the staff menu. `url_name` is reversed without arguments.

    `for_whom(user)` hides a line from those for whom its page is not there; None shows it to everybody.
    `seldom` ones share the line "Lainnya" of the staff menu, so that the daily ones stay in one row.
    """

    key: str
    label: Text
    url_name: str
    audience: str = "public"  # "public", "staff", or "footer" (only at the foot of public pages)
    icon: str = ""
    order: int = 0
    for_whom: Callable[[Any], bool] | None = None
    seldom: bool = False


@dataclass(frozen=True)
class DemoPart:
    """A room's part of the demo city. `build(city)` must be idempotent; parts run in `order`."""

    key: str
    label: Text
    build: Callable[[Any], None]
    order: int = 0


@dataclass(frozen=True)
class MapLayer:
    """Points on the public map. `points(user, bounds, zoom)` yields dicts: lat, lon, label, url, shape, state.

    `bounds` is (west, south, east, north) in degrees or None for everything.
    """

    key: str
    label: Text
    points: Callable[..., Sequence[dict[str, Any]]]
    order: int = 0


@dataclass(frozen=True)
class SearchSource:
    """Full-text search over one room. `find(user, words, limit)` yields dicts: title, url, summary, when,
    state (words) and tone (a status shape of the ui). Without words it yields the newest."""

    key: str
    label: Text
    find: Callable[..., Sequence[dict[str, Any]]]
    order: int = 0


@dataclass(frozen=True)
class Figure:
    """One public number with the list behind it. `count(user)` and `url()` must agree."""

    key: str
    label: Text
    explanation: Text
    count: Callable[..., int]
    url: Callable[[], str]
    order: int = 0


@dataclass(frozen=True)
class Seed:
    """Reference rows a new government needs (statutory values, categories). `load()` is idempotent."""

    key: str
    label: Text
    load: Callable[[], None]
    order: int = 0


@dataclass(frozen=True)
class GovernmentSetup:
    """What a room builds when a real government is loaded. `build(region_code)` is idempotent.

    Runs after the region rows exist and before the seeds, in the same transaction.
    """

    key: str
    label: Text
    build: Callable[[str], None]
    order: int = 0


@dataclass(frozen=True)
class PrintableState:
    """A state table that the room's README shows and house tests check."""

    key: str
    transitions: Any
    labels: dict[str, str] = field(default_factory=dict)
    order: int = 0


@dataclass(frozen=True)
class PhonePage:
    """A page that a phone keeps and opens without a network. It must show nothing personal.

    `below`: addresses that lead here when they cannot be reached. `kept_on_request`: kept only after the page
    itself asked for it, not on every visitor's phone. `script`: a classic script under static/ that the page
    shares with the service worker; it may offer `pendopoWorker` (see static/js/worker.js).
    """

    key: str
    url_name: str
    below: tuple[str, ...]
    kept_on_request: bool = False
    script: str = ""
    order: int = 0


menu: Registry[MenuItem] = Registry("menu")
demo_parts: Registry[DemoPart] = Registry("demo_parts")
map_layers: Registry[MapLayer] = Registry("map_layers")
search_sources: Registry[SearchSource] = Registry("search_sources")
figures: Registry[Figure] = Registry("figures")
seeds: Registry[Seed] = Registry("seeds")
government_setup: Registry[GovernmentSetup] = Registry("government_setup")
states: Registry[PrintableState] = Registry("states")
phone_pages: Registry[PhonePage] = Registry("phone_pages")
