"""How an action says no. Views turn these into a sentence next to the form, never into a 500."""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """The action is not possible now. The message is a sentence for the person who asked; nothing changed.

    `field` names the form field the sentence belongs to, "" for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(Exception):
    """This person may not do this. Views answer 404, as if the thing were not there."""


def require(may: Callable[..., bool], user: Any, *subjects: Any, **more: Any) -> None:
    """Raise `NotAllowed` unless the predicate `may` of a room's policy holds."""
    if not may(user, *subjects, **more):
        raise NotAllowed(may.__name__)
