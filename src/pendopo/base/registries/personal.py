"""Where rooms say which data about people they hold, and how these are shown, forgotten and kept no longer.

Nothing here knows a room. `base/privacy` reads the lists: it gives a person everything, erases what a person
asks for, and lets the clock forget what no longer has a reason to be kept. Emails are lower case, phones in
the international form of `kernel.phones`.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from pendopo.base.registries import Registry, Text

CaseRef = tuple[str, int]  # kind of case ("reports") and its id


@dataclass(frozen=True)
class Subject:
    """Whose data: an account, proved addresses, single cases the person proved to have sent."""

    user_id: int | None = None
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    cases: frozenset[CaseRef] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.user_id or self.emails or self.phones or self.cases)

    def cases_of(self, kind: str) -> set[int]:
        return {pk for one, pk in self.cases if one == kind}


@dataclass(frozen=True)
class Held:
    """What a legal hold protects now: nothing of these cases and people may be forgotten."""

    cases: frozenset[CaseRef] = frozenset()
    users: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def cases_of(self, kind: str) -> set[int]:
        return {pk for one, pk in self.cases if one == kind}


@dataclass(frozen=True)
class Enclosed:
    """A file that belongs into a person's copy. `read()` gives its bytes, None when it is gone."""

    name: str
    read: Callable[[], bytes | None]


@dataclass(frozen=True)
class Holding:
    """What one holder knows about a subject: plain values, ready for JSON, and files."""

    rows: Sequence[dict[str, Any]] = ()
    files: Sequence[Enclosed] = ()


@dataclass(frozen=True)
class Erasure:
    """One order to erase. `words`: also what the person wrote and sent; else contact data only."""

    subject: Subject
    words: bool
    held: Held
    now: dt.datetime


@dataclass(frozen=True)
class Erased:
    """What an erasure did: rows changed or removed, and rows a legal hold protected."""

    done: int = 0
    held: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(self.done + other.done, self.held + other.held)


@dataclass(frozen=True)
class PersonalDataHolder:
    """A room's data about people. `what`, `whose`, `where` are read by people: on the page "Data saya".

    `collect(subject)` finds everything, without data of third persons. `erase(order)` must be idempotent and
    leave alone what `order.held` names; it runs inside the transaction of one decided request. Holders with a
    lower `order` are erased first: the account goes last, because the others are found through it.
    """

    key: str
    label: Text
    what: Text
    whose: Text
    where: str
    collect: Callable[[Subject], Holding]
    erase: Callable[[Erasure], Erased]
    order: int = 0


@dataclass(frozen=True)
class Keeper:
    """Data that is kept for a time and then forgotten. How long is a row (privacy.RetentionRule), not here.

    `due(before)` are rows whose counted event (`since`, in words) lies before that moment and that were not
    yet handled. `under_hold(held)` narrows them to rows a legal hold protects. `act(pk, now)` handles one row in
    its own transaction and says whether anything was left to do, so that a killed run goes on where it stopped.
    """

    key: str
    label: Text
    since: Text
    outcome: Text
    due: Callable[[dt.datetime], QuerySet[Any]]
    under_hold: Callable[[Held], Q]
    act: Callable[..., bool]
    order: int = 0


@dataclass(frozen=True)
class ProofSource:
    """Cases that the visitor of a request has proved to have sent, by whatever proof the room knows.

    `invitation` and `url_name` lead to where more can be proved.
    """

    key: str
    invitation: Text
    url_name: str
    cases: Callable[[HttpRequest, dt.datetime], Collection[int]]
    order: int = 0


@dataclass(frozen=True)
class CaseSeen:
    """A case that a member of staff named by its number and may see."""

    pk: int
    code: str
    secret: bool


@dataclass(frozen=True)
class CaseNamed:
    """A case as a link on a staff page."""

    code: str
    url: str
    state: str
    open: bool


@dataclass(frozen=True)
class CaseFinder:
    """How cases of a kind are found: one by its number, a subject's that a member of staff may see, a subject's own.

    `subject_kind` is how the audit room names these cases ("reports.report").
    """

    key: str
    subject_kind: str
    find: Callable[[Any, str], CaseSeen | None]
    listed: Callable[[Any, Subject], Sequence[CaseNamed]]
    own: Callable[[Subject], Collection[int]]
    order: int = 0


@dataclass(frozen=True)
class Buried:
    """A case that the clock deleted: what may still be known about it. Never words, names or a place."""

    kind: str
    case_id: int
    code: str
    last_state: str
    category: str
    reason: str
    received_on: dt.date | None
    closed_on: dt.date | None


holders: Registry[PersonalDataHolder] = Registry("holders")
keepers: Registry[Keeper] = Registry("keepers")
proof_sources: Registry[ProofSource] = Registry("proof sources")
case_finders: Registry[CaseFinder] = Registry("case finders")


@dataclass
class _Graveyard:
    """The privacy room puts its writer in when Django is ready; rooms that delete a case tell it here."""

    writer: Callable[[Buried, dt.datetime], None] | None = field(default=None)


_graveyard = _Graveyard()


def use_graveyard(writer: Callable[[Buried, dt.datetime], None]) -> None:
    _graveyard.writer = writer


def bury(buried: Buried, *, now: dt.datetime) -> None:
    """Leave a tombstone, in the transaction of the deletion. Without a writer it fails: no silent deletion."""
    if _graveyard.writer is None:
        raise RuntimeError("use_graveyard() was never called: the privacy room is not installed")
    _graveyard.writer(buried, now)


def total(parts: Iterable[Erased]) -> Erased:
    return sum(parts, Erased())
