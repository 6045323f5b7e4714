"""Taking mails out of one mailbox (IMAP). A mail is marked as seen only after its row is committed."""

import datetime as dt
import logging
import re
import ssl

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags

from pendopo.base.mailroom.keeping import NoRoom, keep, keep_too_large
from pendopo.base.mailroom.models import Way

logger = logging.getLogger(__name__)

TIMEOUT = 20  # seconds for every answer of the server
AT_ONCE = 100  # mails of one visit; the next one is two minutes away
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxOdd(Exception):
    """The server answered what no mail server should."""


def poll(*, now: dt.datetime) -> int:
    """Fetch every unseen mail of the mailbox, oldest first. Returns how many rows stand for them.

    Raises OSError, imaplib and imap-tools errors: the job is tried again two minutes later anyway.
    """
    taken = 0
    with _mailbox().login(settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER) as mailbox:
        for uid in mailbox.uids(AND(seen=False))[:AT_ONCE]:
            try:
                _take(mailbox, uid, now)
            except NoRoom:
                logger.warning("too many mails wait to be read; the mailbox keeps the rest")
                break
            mailbox.flag(uid, MailMessageFlags.SEEN, True)
            taken += 1
    return taken


def _mailbox() -> BaseMailBox:
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    if settings.IMAP_SECURITY == "none":  # a mail server on the same machine
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    trust = ssl.create_default_context()
    if settings.IMAP_SECURITY == "starttls":
        return MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=trust)
    return MailBox(host, port, timeout=TIMEOUT, ssl_context=trust)


def _take(mailbox: BaseMailBox, uid: str, now: dt.datetime) -> None:
    size = _size(mailbox, uid)
    if size > settings.MAIL_IN_MAX_MB * 1024 * 1024:
        headers = _part(mailbox, uid, "BODY.PEEK[HEADER]")[:200_000]
        keep_too_large(headers=headers, size=size, way=Way.IMAP, now=now)
    else:
        keep(raw=_part(mailbox, uid, "BODY.PEEK[]"), way=Way.IMAP, now=now)


def _size(mailbox: BaseMailBox, uid: str) -> int:
    _status, answer = mailbox.client.uid("FETCH", uid, "(UID RFC822.SIZE)")
    found = _SIZE.search(b" ".join(one if isinstance(one, bytes) else one[0] for one in answer if one))
    if found is None:
        raise MailboxOdd("no size")
    return int(found[1])


def _part(mailbox: BaseMailBox, uid: str, part: str) -> bytes:
    """The bytes of a part. Raises MailboxOdd when the mail went away meanwhile."""
    _status, answer = mailbox.client.uid("FETCH", uid, f"(UID {part})")
    for one in answer:
        if isinstance(one, tuple):
            return bytes(one[1])
    raise MailboxOdd("no content")
