"""What becomes of a mail: a room above registers one handler. The mailroom knows no report."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import QuerySet

from pendopo.base.registries import Registry


@dataclass(frozen=True)
class Enclosure:
    """One attachment: its name as the sender wrote it, and its bytes, not yet examined."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """A mail as a handler gets it. Everything in it was written by a stranger.

    `words` is the whole text, `new_words` what stands above quotes and signature. `sender` is the From address
    in lower case; only `proven` says that the office's mail server vouches for it. `answers_*`: the subject
    and address of our own letter that it answers, as the letter's secret name proves. `limits` says whether
    this address may still do so today.
    """

    mail_id: int
    sender: str
    sender_name: str
    subject: str
    words: str
    new_words: str
    files: Sequence[Enclosure]
    left_out: Sequence[str]
    proven: bool
    forged: bool
    secret: bool
    received_at: dt.datetime
    answers_id: int | None = None
    answers_address: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a handler did. With `reason` the mail waits for a person; `about_id` may then say about what."""

    about_id: int | None = None
    reason: str = ""
    remark: str = ""
    case_is_secret: bool = False


class MailHandler(Protocol):
    """A room that takes mails. Its methods run inside the transaction in which the mail is closed."""

    key: str
    about_kind: str  # "reports.report", as notices and audit name its cases
    replies_to: frozenset[str]  # events of the outbox whose letters carry an address to answer to

    def receive(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Decide without a person. Raises Refused when the room says no: then a person looks."""
        ...

    def take_in(self, letter: Letter, *, by: Any, now: dt.datetime) -> Outcome:
        """A member of staff makes a new case of it. Raises Refused, NotAllowed."""
        ...

    def add_to(self, letter: Letter, code: str, *, by: Any, now: dt.datetime) -> Outcome:
        """A member of staff adds it to a case. Raises Refused, NotAllowed."""
        ...

    def own_secret(self, user: Any) -> QuerySet[Any, Any]:
        """Ids of secret cases on this person's desk."""
        ...

    def named(self, user: Any, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """(number, address) of those cases that this person may see."""
        ...


handlers: Registry[MailHandler] = Registry("mail handlers")


def handler_for(about_kind: str) -> MailHandler | None:
    """The handler of a kind of case; the first one for mails about nothing yet."""
    fitting = [one for one in handlers if not about_kind or one.about_kind == about_kind]
    return fitting[0] if fitting else None
