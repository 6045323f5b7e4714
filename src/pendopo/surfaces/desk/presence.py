"""Who has a case open right now: one hub for each web process, fanned out to its open streams.

A hub holds one database connection, which listens. A person who opens a case is one row that expires; a change is
one NOTIFY, after which every process reads the changed cases once, however many people watch. Nobody polls.
"""

import asyncio
import json
import logging
import signal
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from asgiref.sync import sync_to_async
from django.db import connections

from pendopo.base.accounts.models import User
from pendopo.surfaces.desk.models import Presence
from pendopo.surfaces.desk.presence_access import allowed_still

CHANNEL = "pendopo_desk_presence"
EXPIRES = 45  # seconds without a beat until a row is worth nothing
BEAT = 15
CHECK = 30  # seconds until a right that was taken away ends a stream
LINGER = 4  # seconds: turning to another page of the same case is no leaving
WAIT = 0.25  # seconds one listening turn takes; nothing is sent to the database meanwhile
PING = 20  # seconds; proxies cut what is silent for a minute
IDLE = 30  # seconds without streams until the connection is given back
OLDEST = 3600  # seconds; then the browser connects anew
EACH = 8  # streams of one person in one process

Place = tuple[str, int]  # kind of case, id
_log = logging.getLogger("pendopo.desk.presence")
_TABLE, _USERS = Presence._meta.db_table, User._meta.db_table


@dataclass(eq=False)
class Seat:
    """One open stream. `place` is the case it shows, `watched` are the cases whose visitors it is told, by code."""

    session: str
    user_id: int
    place: Place | None
    watched: dict[Place, str]
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    since: float = field(default_factory=time.monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    dismissed: bool = False  # the right to look has ended: do not come back

    def end(self, *, dismissed: bool = False) -> None:
        self.dismissed = self.dismissed or dismissed
        self.since = -OLDEST
        self.changed.set()

    @property
    def over(self) -> bool:
        return time.monotonic() - self.since > OLDEST


class Hub:
    """The streams of one process (one event loop) and its listening connection."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.seats: dict[uuid.UUID, Seat] = {}
        self.present: dict[Place, dict[int, str]] = {}
        self._watchers: dict[Place, set[Seat]] = defaultdict(set)
        self._joining: list[Seat] = []
        self._leaving: list[tuple[float, uuid.UUID]] = []
        self._unread: set[Place] = set()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        return self._stopping or len(self.seats) >= self.most

    def stop(self) -> None:
        """The server ends: every stream ends at once, and the rows go with them."""
        self._stopping = True
        for seat in self.seats.values():
            seat.end()

    def sit(self, seat: Seat) -> None:
        """Take a stream in. The oldest one of a person with too many ends; its tab comes back when looked at."""
        own = [other for other in self.seats.values() if other.user_id == seat.user_id]
        if len(own) >= EACH:
            min(own, key=lambda other: other.since).end(dismissed=True)
        self.seats[seat.id] = seat
        for place in seat.watched:
            self._watchers[place].add(seat)
            self._unread.add(place)
        if seat.place:
            self._joining.append(seat)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="desk-presence")

    def rise(self, seat: Seat) -> None:
        self.seats.pop(seat.id, None)
        for place in seat.watched:
            self._watchers[place].discard(seat)
            if not self._watchers[place]:
                del self._watchers[place]
                self.present.pop(place, None)
        if seat.place:
            self._leaving.append((time.monotonic() + LINGER, seat.id))

    async def stream(self, seat: Seat) -> AsyncIterator[str]:
        """The events of one stream: who else is where, whenever it changes."""
        self.sit(seat)
        told: dict[str, list[str]] | None = None  # the first event also tells that nobody is there
        try:
            yield f"retry: {3000 + seat.id.int % 4000}\n\n"  # after a restart not everybody at once
            while not seat.over and not self._stopping:
                try:
                    await asyncio.wait_for(seat.changed.wait(), PING)
                except TimeoutError:
                    yield ": \n\n"
                    continue
                seat.changed.clear()
                people = people_for(seat, self.present)
                if people != told and not seat.over:
                    told = people
                    yield event("hadir", people)
            if seat.dismissed:
                yield event("selesai", {})
        finally:
            self.rise(seat)
            if self._stopping:
                await self._finished()

    async def _finished(self) -> None:
        """Let the rows be taken away before the server is gone; it waits for this stream."""
        if self._task and not self._task.done():
            await asyncio.wait([self._task], timeout=1)

    async def _run(self) -> None:
        last = time.monotonic()
        pause = 1.0
        while not self._stopping and (self.seats or time.monotonic() - last < IDLE):
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as base:
                    await base.execute(f"LISTEN {CHANNEL}")
                    self._joining = [seat for seat in self.seats.values() if seat.place]
                    self._unread |= set(self._watchers)
                    pause = 1.0
                    await self._serve(base)
            except (psycopg.Error, OSError) as error:
                _log.warning("presence lost its database: %s", type(error).__name__)
                self._forget()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            if self.seats:
                last = time.monotonic()

    def _forget(self) -> None:
        """Better to say nothing about colleagues than something old."""
        self.present.clear()
        for seat in self.seats.values():
            seat.changed.set()

    async def _serve(self, base: psycopg.AsyncConnection[Any]) -> None:
        last = beaten = checked = time.monotonic()
        while True:
            now = time.monotonic()
            last = now if self.seats else last
            if self._stopping or now - last > IDLE:
                await self._leave(base, now + LINGER)
                return
            if now - checked > CHECK:
                checked = now
                await self._check()
            beat = now - beaten > BEAT
            beaten = now if beat else beaten
            await self._join(base, everybody=beat)
            await self._leave(base, now)
            if self._unread:
                await self._read(base)
            async for note in base.notifies(timeout=WAIT, stop_after=1):
                self._hear(note.payload)

    def _hear(self, payload: str) -> None:
        for word in payload.split():
            kind, _colon, number = word.partition(":")
            place = (kind, int(number)) if number.isdigit() else None
            if place in self._watchers:
                self._unread.add(place)

    async def _join(self, base: psycopg.AsyncConnection[Any], *, everybody: bool) -> None:
        """Write the rows of new streams; on a beat those of all, and sweep what other processes left behind."""
        seats = [one for one in (self.seats.values() if everybody else self._joining) if one.place]
        new, self._joining = self._joining, []
        if seats:
            await base.execute(
                f"INSERT INTO {_TABLE} (id, kind, case_id, user_id, expires_at)"  # noqa: S608 - our own table
                " SELECT id, kind, case_id, user_id, now() + make_interval(secs => %s)"
                " FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::bigint[]) AS seats (id, kind, case_id, user_id)"
                " WHERE EXISTS (SELECT 1 FROM " + _USERS + " WHERE " + _USERS + ".id = seats.user_id)"
                " ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at",
                [EXPIRES, [one.id for one in seats], [one.place[0] for one in seats if one.place],
                 [one.place[1] for one in seats if one.place], [one.user_id for one in seats]],
            )  # fmt: skip
        gone = await self._delete(base, "expires_at < now()", []) if everybody else set()
        await self._tell(base, {one.place for one in new if one.place} | gone)

    async def _leave(self, base: psycopg.AsyncConnection[Any], now: float) -> None:
        due = [pk for at, pk in self._leaving if at <= now]
        if due:
            self._leaving = [(at, pk) for at, pk in self._leaving if at > now]
            await self._tell(base, await self._delete(base, "id = ANY(%s)", [due]))

    async def _delete(self, base: psycopg.AsyncConnection[Any], which: str, values: list[Any]) -> set[Place]:
        found = await base.execute(f"DELETE FROM {_TABLE} WHERE {which} RETURNING kind, case_id", values)  # noqa: S608
        return {(kind, number) async for kind, number in found}

    async def _tell(self, base: psycopg.AsyncConnection[Any], places: Iterable[Place]) -> None:
        words = [f"{kind}:{number}" for kind, number in places]
        for start in range(0, len(words), 200):  # a payload holds 8,000 bytes
            await base.execute("SELECT pg_notify(%s, %s)", [CHANNEL, " ".join(words[start : start + 200])])

    async def _read(self, base: psycopg.AsyncConnection[Any]) -> None:
        """Read the visitors of the changed cases, once for all who watch them."""
        places, self._unread = [place for place in self._unread if place in self._watchers], set()
        found: dict[Place, dict[int, str]] = {place: {} for place in places}
        rows = await base.execute(
            f"SELECT p.kind, p.case_id, p.user_id, u.name, u.email FROM {_TABLE} p JOIN {_USERS} u ON u.id = p.user_id"  # noqa: S608
            " WHERE p.expires_at > now() AND (p.kind, p.case_id) IN"
            " (SELECT * FROM unnest(%s::text[], %s::bigint[])) ORDER BY u.name",
            [[kind for kind, _number in places], [number for _kind, number in places]],
        )
        async for kind, number, user_id, name, email in rows:
            found[kind, number][user_id] = name or email
        for place, people in found.items():
            self.present[place] = people
            for seat in self._watchers.get(place, ()):
                seat.changed.set()

    async def _check(self) -> None:
        """Whoever signed out, lost a role or may not see a case any more is shown out; by session, not by stream."""
        seats = list(self.seats.values())  # who comes while we ask was asked at the door
        if not seats:
            return
        sessions: dict[str, set[Place]] = defaultdict(set)
        for seat in seats:
            sessions[seat.session] |= set(seat.watched)
        allowed = await sync_to_async(allowed_still, thread_sensitive=False)(dict(sessions))
        for seat in seats:
            may = allowed.get(seat.session)
            if may is None or (seat.place and seat.place not in may):
                seat.end(dismissed=True)
            elif not set(seat.watched) <= may:
                seat.end()  # the list changed: the browser comes back and is told about the rest


def people_for(seat: Seat, present: dict[Place, dict[int, str]]) -> dict[str, list[str]]:
    """Names of the others at each watched case, by its code; cases without anybody are left out."""
    found = {
        code: [name for user_id, name in present.get(place, {}).items() if user_id != seat.user_id]
        for place, code in seat.watched.items()
    }
    return {code: names for code, names in found.items() if names}


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _parameters() -> dict[str, Any]:
    """How Django reaches its database, for a connection of our own that may stay open."""
    given = connections["default"].get_connection_params()
    return {name: given[name] for name in given if name not in {"pool", "context", "cursor_factory"}}


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub(most: int) -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = _hubs[loop] = Hub(most)
        _end_with_the_server(loop, found)
    return found


def _end_with_the_server(loop: asyncio.AbstractEventLoop, found: Hub) -> None:
    """An open stream would hold up the stop of its server: it ends with the first signal.

    uvicorn waits for open answers before it tells the application anything (`timeout_graceful_shutdown`).
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for sign in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(sign)
        if not callable(before):
            continue

        def end(number: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(found.stop)
            before(number, frame)

        signal.signal(sign, end)
