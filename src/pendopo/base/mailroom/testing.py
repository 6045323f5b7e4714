"""Mails for tests, taken in by the real actions."""

import datetime as dt

from pendopo.base.mailroom.handling import attempt
from pendopo.base.mailroom.keeping import keep
from pendopo.base.mailroom.models import Mail, Way


def taken_in(raw: bytes, *, now: dt.datetime, recipient: str = "", way: Way = Way.SMTP) -> Mail:
    """Keep a mail and read it at once, as the worker would."""
    mail = keep(raw=raw, way=way, recipient=recipient, envelope_sender="x@contoh.example", now=now)
    attempt(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    return mail
