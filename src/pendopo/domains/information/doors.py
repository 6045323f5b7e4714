"""The big doors of the PPID page. Each part of the room registers its own; the page draws what is there."""

from dataclasses import dataclass

from django.urls import reverse

from pendopo.base.registries import Registry, Text


@dataclass(frozen=True)
class Door:
    """One thing a citizen can do. `url_name` is reversed without arguments; `main` is drawn the largest.

    Keys that other pages look for: "ask" (a new request; takes the words of a search as `?kata=`), "follow",
    "log", "charter".
    """

    key: str
    label: Text
    text: Text
    url_name: str
    icon: str
    order: int = 0
    main: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


doors: Registry[Door] = Registry("PPID doors")


def url_of(key: str) -> str:
    """The address of a door, "" while no part of the room offers it."""
    door = doors.get(key)
    return door.url if door else ""
