"""SMTP-in: a small server behind the office's own mail server. "250" is said only after the mail is committed."""

import asyncio
import logging
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from pendopo.base.mailroom.keeping import NoRoom, keep
from pendopo.base.mailroom.models import Way
from pendopo.base.mailroom.reading import address_in
from pendopo.kernel import clock

logger = logging.getLogger(__name__)

MOST_CONNECTIONS = 20  # each may hold one mail in memory
MOST_RECIPIENTS = 20
TIMEOUT = 60.0  # seconds without a word


def takes(recipient: str) -> bool:
    """Whether this address is ours: the one of the settings, also with `+anything` in front of the @."""
    ours, given = settings.MAIL_IN_ADDRESS.lower(), address_in(recipient)
    local, _at, domain = given.rpartition("@")
    return bool(ours) and f"{local.partition('+')[0]}@{domain}" == ours


class Clerk:
    """What aiosmtpd asks. Errors of the database become 451: the sender's server keeps the mail."""

    def __init__(self, *, lmtp: bool = False) -> None:
        self.lmtp = lmtp

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not takes(address):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content: Any = envelope.original_content
        try:
            answer = await sync_to_async(_store)(bytes(content or b""), envelope)
        except NoRoom:
            answer = "452 4.3.1 Too many mails wait to be read"
        except (DatabaseError, OSError) as error:
            logger.error("a mail could not be stored: %s", type(error).__name__)
            answer = "451 4.3.0 Try again later"
        # LMTP wants one answer for each recipient (RFC 2033, 4.2)
        return "\r\n".join([answer] * len(envelope.rcpt_tos)) if self.lmtp else answer


def _store(content: bytes, envelope: Envelope) -> str:
    close_old_connections()
    try:
        # the address with the longest name: `lapor+…` says more than `lapor`
        recipient = max(envelope.rcpt_tos, key=len)
        keep(
            raw=content,
            way=Way.SMTP,
            recipient=recipient,
            envelope_sender=envelope.mail_from or "",
            now=clock.now(),
        )
    finally:
        close_old_connections()
    return "250 2.0.0 Stored"


class _Limited:
    """Refuses connections above the limit with 421, as RFC 5321 asks."""

    open = 0
    refused = False

    def connection_made(self, transport: Any) -> None:
        _Limited.open += 1
        self.refused = _Limited.open > MOST_CONNECTIONS
        if self.refused:
            transport.write(b"421 4.3.2 Too many connections\r\n")
            transport.close()
            return
        super().connection_made(transport)  # type: ignore[misc]

    def connection_lost(self, error: Exception | None) -> None:
        _Limited.open -= 1
        if not self.refused:
            super().connection_lost(error)  # type: ignore[misc]


class LimitedSMTP(_Limited, SMTP):
    pass


class LimitedLMTP(_Limited, LMTP):
    pass


def protocol() -> SMTP:
    """One connection's conversation, by the settings. Needs a running event loop."""
    lmtp = settings.MAIL_IN_PROTOCOL == "lmtp"
    kind = LimitedLMTP if lmtp else LimitedSMTP
    return kind(
        Clerk(lmtp=lmtp),
        data_size_limit=settings.MAIL_IN_MAX_MB * 1024 * 1024,
        enable_SMTPUTF8=True,
        ident="Pendopo",
        timeout=TIMEOUT,
        loop=asyncio.get_running_loop(),
    )


async def serve(*, host: str, port: int, ready: asyncio.Event | None = None) -> None:
    """Listen until the task is cancelled."""
    server = await asyncio.get_running_loop().create_server(protocol, host, port)
    logger.info("mail-in listens on %s port %s", host, port)
    if ready is not None:
        ready.set()
    async with server:
        await server.serve_forever()
