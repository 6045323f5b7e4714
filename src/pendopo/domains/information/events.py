"""Facts the room tells others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestReceived:
    """A request has its number: PPID Utama's people should look at it."""

    request_id: int


@dataclass(frozen=True)
class RequestCompleted:
    """The requester gave what was missing; the clock runs again."""

    request_id: int


@dataclass(frozen=True)
class RequestWithdrawn:
    """The requester took the request back."""

    request_id: int


@dataclass(frozen=True)
class RequesterWrote:
    """A word from the requester waits on the desk."""

    request_id: int
    message_id: int


@dataclass(frozen=True)
class ObjectionFiled:
    """An objection has its number: Atasan PPID should look at it."""

    objection_id: int


@dataclass(frozen=True)
class ObjectionWithdrawn:
    """Who filed the objection took it back."""

    objection_id: int
