"""State machines as data: one table per room, checked in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class RefusedTransition(Exception):
    """The table does not allow this move. Nothing was changed."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} -> {new}")
        self.old = old
        self.new = new


@dataclass(frozen=True)
class Transitions:
    """Allowed moves between statuses.

    `start` is the status of a new object, `table` maps every status to the statuses that may follow it.
    """

    start: str
    table: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, start: str, table: Mapping[str, Iterable[str]]) -> "Transitions":
        return cls(start, {str(old): frozenset(map(str, news)) for old, news in table.items()})

    def allows(self, old: str, new: str) -> bool:
        return new in self.table.get(old, frozenset())

    def check(self, old: str, new: str) -> None:
        if not self.allows(old, new):
            raise RefusedTransition(old, new)

    def reachable(self) -> frozenset[str]:
        """Every status that some path from `start` visits, `start` included."""
        seen: set[str] = set()
        queue = [self.start]
        while queue:
            state = queue.pop()
            if state not in seen:
                seen.add(state)
                queue.extend(self.table.get(state, ()))
        return frozenset(seen)
