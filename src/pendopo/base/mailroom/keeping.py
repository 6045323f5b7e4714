"""A mail becomes a row and a job in one transaction. Whoever told a mail server "received" may die right after."""

import datetime as dt
import hashlib
from email.parser import BytesHeaderParser
from email.policy import compat32

from django.db import transaction

from pendopo.base.mailroom import jobs, policies
from pendopo.base.mailroom.models import Mail, RawMail, Reason, Status, Way
from pendopo.base.mailroom.reading import address_in
from pendopo.kernel import clock
from pendopo.kernel.text import clean_line

_NAMED = ("message-id", "from", "date", "subject")


class NoRoom(Exception):
    """Too many mails wait to be read: the sender's server keeps its mail and tries again later."""


@transaction.atomic
def keep(
    *, raw: bytes, way: Way, recipient: str = "", envelope_sender: str | None = None, now: dt.datetime
) -> Mail:
    """Store a mail and its job. The same mail again returns the row that is there. Raises NoRoom.

    `envelope_sender` is "" for a mail that must not be answered (a bounce), None where nobody knows it.
    """
    identity = identity_of(raw)
    known = Mail.objects.filter(identity=identity).first()
    if known is not None:
        return known
    waiting = Mail.objects.filter(status=Status.RECEIVED).count()
    if waiting >= policies.in_force(clock.local_date(now)).most_waiting:
        raise NoRoom
    mail, new = _row(identity, len(raw), way, recipient, envelope_sender == "", now)
    if new:
        RawMail.objects.create(mail=mail, content=raw)
        jobs.enqueue(mail)
    return mail


@transaction.atomic
def keep_too_large(*, headers: bytes, size: int, way: Way, now: dt.datetime) -> Mail:
    """Write down that a mail was there which nobody takes in; its headers say from whom."""
    mail, new = _row(identity_of(headers + b"\r\n\r\n%d" % size), size, way, "", False, now)
    if new:
        message = BytesHeaderParser(policy=compat32).parsebytes(headers)
        mail.sender = address_in(str(message.get("from", "")))
        mail.subject = clean_line(str(message.get("subject", "")))[:200]
        mail.move_to(Status.HELD, now=now, reason=Reason.TOO_LARGE)
        mail.save()
    return mail


def _row(
    identity: str, size: int, way: Way, recipient: str, bounce: bool, now: dt.datetime
) -> tuple[Mail, bool]:
    return Mail.objects.get_or_create(
        identity=identity,
        defaults={
            "way": way,
            "size": size,
            "recipient": address_in(recipient),
            "bounce": bounce,
            "received_at": now,
            "next_attempt_at": now,
        },
    )


def identity_of(raw: bytes) -> str:
    """A name that stays the same when a mail is delivered again: headers that a way adds do not count."""
    head, _gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = BytesHeaderParser(policy=compat32).parsebytes(head + b"\n\n")
    told = hashlib.sha256()
    for name in _NAMED:
        values = message.get_all(name, [])
        told.update("\x00".join(str(value) for value in values).encode("utf-8", "surrogateescape") + b"\x01")
    told.update(body.rstrip())
    return told.hexdigest()
