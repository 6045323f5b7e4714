"""How a story of the demo city moves: as `move_to`, but unsaved, because whole stories are inserted at once."""

from typing import Any


def step(row: Any, status: str) -> None:
    """Put an unsaved row into a state that its transition table allows. Raises RefusedTransition."""
    if row.status != status:
        row.TRANSITIONS.check(row.status, status)
        row.status = status
