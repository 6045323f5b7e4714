"""Ways out. One adapter for each channel; NOTICE_ADAPTERS in the settings names them by dotted path.

To add WhatsApp or SMS, write a class with this interface and add its path to the setting: `send` then also
writes a message for that channel to everybody for whom `address_of` finds an address.
"""

import functools
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from pendopo.base.accounts.models import User
from pendopo.base.notices.models import Notice


@dataclass(frozen=True)
class Recipient:
    """Who is told: a user (inbox and verified address), or somebody known only by the address they gave."""

    user: User | None = None
    email: str = ""
    phone: str = ""
    push: str = ""  # token of a PushSubscription
    language: str = "id"

    @property
    def reads(self) -> str:
        """The language of the person."""
        return self.user.language if self.user else self.language


class Failure(Exception):
    """A message could not be handed over. `reason` is a class or code, never words or an address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TemporaryFailure(Failure):
    """Later may work."""


class PermanentFailure(Failure):
    """Trying again cannot help."""


class Adapter(Protocol):
    """One channel. An instance is shared by threads, so it keeps nothing of a message."""

    channel: str  # at most 12 capital letters, kept with each message
    label: str

    def address_of(self, to: Recipient) -> str:
        """The checked address of a recipient on this channel; empty when there is none."""
        ...

    def deliver(self, notice: Notice) -> None:
        """Hand the message over. Raises TemporaryFailure or PermanentFailure.

        May be called twice for one message (a worker may die after sending), so it should pass
        `notice.token` on as the message's identity where the channel has such a thing.
        """
        ...


@functools.cache
def adapters() -> dict[str, Adapter]:
    """All adapters by channel name."""
    made: list[Adapter] = [import_string(path)() for path in settings.NOTICE_ADAPTERS]
    return {adapter.channel: adapter for adapter in made}


def label_of(channel: str) -> str:
    adapter = adapters().get(channel)
    return str(adapter.label) if adapter else channel


def clear_process_cache() -> None:
    """Read the setting again (tests change it)."""
    adapters.cache_clear()
