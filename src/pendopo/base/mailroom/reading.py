"""From bytes to plain values. Whatever arrives: it ends in a `Read` or in `Unreadable`, never in another error."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pendopo.base.mailroom.handlers import Enclosure
from pendopo.base.mailroom.plain import text_of_html
from pendopo.kernel.text import clean, clean_line

MOST_PARTS = 200
MOST_TEXT = 60_000  # letters that are looked at; a report takes far less
MOST_FILES = 20
LEAST_INLINE = 20_000  # bytes of a picture inside the text that is more than decoration
_SKIPPED = ("message/delivery-status", "message/disposition-notification", "text/rfc822-headers")


class Unreadable(Exception):
    """These bytes are no mail that we can read. The message names the kind of error, never words."""


@dataclass(frozen=True)
class Read:
    """A mail as plain values. `headers` has lower-case names; each value is decoded and one line."""

    headers: dict[str, list[str]]
    sender: str
    sender_name: str
    subject: str
    text: str
    report_type: str = ""
    files: list[Enclosure] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return (self.headers.get(name) or [""])[0]


def read(raw: bytes) -> Read:
    """Read a mail. Raises Unreadable."""
    try:
        message = email.message_from_bytes(raw, policy=compat32)
        return _values(message)
    except (
        RecursionError,
        MemoryError,
        MessageError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as no:
        # the library's parser was written for mails that follow the rules
        raise Unreadable(type(no).__name__) from None


def _values(message: Message) -> Read:
    headers: dict[str, list[str]] = {}
    for name, value in message.items()[:500]:
        headers.setdefault(clean_line(_safe(name)).lower(), []).append(decoded(value))
    name, address = sender_of(headers)
    texts, pages, files, left_out = _sorted(message)
    text = "\n\n".join(texts).strip() or "\n\n".join(map(text_of_html, pages)).strip()
    return Read(
        headers=headers,
        sender=address,
        sender_name=name,
        subject=(headers.get("subject") or [""])[0][:200],
        text=clean(text)[:MOST_TEXT],
        report_type=_parameter(message, "report-type"),
        files=files,
        left_out=left_out,
    )


def _sorted(message: Message) -> tuple[list[str], list[str], list[Enclosure], list[str]]:
    """Plain texts, HTML texts, files, and names of what cannot be looked at."""
    texts: list[str] = []
    pages: list[str] = []
    files: list[Enclosure] = []
    left_out: list[str] = []
    for number, part in enumerate(_leaves(message)):
        kind, name = part.get_content_type(), _file_name(part)
        if number >= MOST_PARTS or kind in _SKIPPED:
            continue
        if kind.startswith("multipart/"):  # it names no boundary, so it is one part
            kind = "text/plain"
        attached = str(part.get("content-disposition", "")).strip().lower().startswith("attachment")
        if kind in ("text/plain", "text/html") and not attached and not name:
            (texts if kind == "text/plain" else pages).append(_text(part)[: MOST_TEXT * 4])
            continue
        content = _bytes(part)
        if not attached and part.get("content-id") and len(content) < LEAST_INLINE:
            continue  # the logo in a signature
        if content and len(files) < MOST_FILES:
            files.append(Enclosure(name or kind, content))
        elif content:
            left_out.append(name or kind)
    return texts, pages, files, left_out


def _leaves(message: Message) -> Iterator[Message]:
    """Parts without parts, in order and without recursion. A mail inside the mail counts as its parts."""
    waiting = [message]
    seen = 0
    while waiting and seen < MOST_PARTS * 10:
        part = waiting.pop()
        seen += 1
        inside: Any = part.get_payload()
        if isinstance(inside, list):
            waiting.extend(one for one in reversed(inside) if isinstance(one, Message))
        else:
            yield part


def _bytes(part: Message) -> bytes:
    content: Any = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _bytes(part)
    for name in (_parameter(part, "charset"), "utf-8"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _parameter(part: Message, name: str) -> str:
    try:
        found = part.get_param(name)
    except (ValueError, TypeError, IndexError, AttributeError):
        return ""
    value = found[2] if isinstance(found, tuple) else found
    return clean_line(_safe(str(value or "")))[:60].lower()


def _file_name(part: Message) -> str:
    try:
        return decoded(part.get_filename() or "")[:120]
    except (ValueError, TypeError, LookupError, IndexError, AttributeError):
        return "?"


def decoded(value: Any) -> str:
    """A header in one clean line, encoded words (RFC 2047) read as far as they can be."""
    try:
        parts = decode_header(str(value))
    except (MessageError, ValueError, TypeError):
        return clean_line(_safe(str(value)))
    words = [
        part.decode(_known(charset), "replace") if isinstance(part, bytes) else part
        for part, charset in parts
    ]
    return clean_line(_safe("".join(words)))


def _known(charset: str | None) -> str:
    try:
        "".encode(charset or "utf-8")
    except (LookupError, ValueError, UnicodeError):
        return "utf-8"
    return "utf-8" if charset in (None, "ascii", "us-ascii", "unknown-8bit") else str(charset)


def _safe(value: str) -> str:
    """Bytes that were no text become a sign that PostgreSQL takes."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sender_of(headers: dict[str, list[str]]) -> tuple[str, str]:
    """(name, address) of the one From; two senders or none are nobody."""
    lines = headers.get("from", [])
    found = [pair for pair in getaddresses(lines) if pair[1]]
    if len(lines) != 1 or len(found) != 1:
        return "", ""
    return clean_line(found[0][0])[:120], address_in(found[0][1])


def address_in(value: str) -> str:
    """The checked address in lower case, "" for what is none."""
    address = parseaddr(value)[1].strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


_TOKEN = re.compile(r"\+([0-9a-f]{32})@|<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@", re.IGNORECASE)


def tokens_in(*values: str) -> list[str]:
    """Names of our own letters that stand in addresses (`lapor+<name>@…`) or message ids (`<name@…>`)."""
    found: list[str] = []
    for value in values:
        for plus, message_id in _TOKEN.findall(value[:5_000]):
            token = (plus or message_id).replace("-", "").lower()
            if token not in found:
                found.append(token)
    return found[:20]
