"""Guards that need no room: machines' mails, loops, what the own mail server says about the sender."""

import re
from collections.abc import Sequence

from pendopo.base.mailroom.models import Proof, Reason
from pendopo.base.mailroom.reading import Read, address_in

_SECRET = re.compile(r"^\W*(?:(?:re|fw|fwd|bls|trs)\s*:\s*)*\W*rahasia\b", re.IGNORECASE)
_BULK = {"bulk", "junk", "list"}


def no_letter(mail: Read, *, own: Sequence[str], bounce: bool) -> str:
    """The reason why this mail comes from no person who writes to us, "" when it may."""
    if mail.report_type in {"delivery-status", "disposition-notification"}:
        return Reason.BOUNCE
    if bounce and mail.sender.partition("@")[0] in {"mailer-daemon", "postmaster", ""}:
        return Reason.BOUNCE
    if mail.sender and mail.sender in own:
        return Reason.LOOP
    automatic = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if bounce or automatic not in {"", "no"} or _any(mail, "x-autoreply", "x-autorespond", "x-loop"):
        return Reason.AUTOMATIC
    precedence = mail.header("precedence").lower()
    if precedence == "auto_reply":
        return Reason.AUTOMATIC
    if precedence in _BULK or _any(mail, "list-id", "list-unsubscribe", "feedback-id"):
        return Reason.BULK
    return ""


def _any(mail: Read, *names: str) -> bool:
    return any(name in mail.headers for name in names)


def asks_for_secrecy(subject: str) -> bool:
    """The subject begins with RAHASIA (also behind Re: or Fwd:)."""
    return bool(_SECRET.match(subject))


def subject_without_mark(subject: str) -> str:
    """The subject without RAHASIA and without Re:, Fwd:."""
    plain = _SECRET.sub("", subject).lstrip(" :-–—])")
    return re.sub(r"(?i)^(?:(?:re|fw|fwd|bls|trs)\s*:\s*)+", "", plain).strip()


def proof_of(mail: Read, *, authserv_id: str) -> str:
    """What the office's own mail server wrote into Authentication-Results (RFC 8601).

    Only the topmost such header counts, and only when it carries the configured name: the own server puts its
    header above everything that a sender may have written. Without a name nobody is believed.
    """
    lines = mail.headers.get("authentication-results", [])
    if not authserv_id or not lines:
        return Proof.UNKNOWN
    named, _sep, results = re.sub(r"\([^()]*\)", " ", lines[0][:4_000]).partition(";")
    if (named.split() or [""])[0].lower() != authserv_id.lower():
        return Proof.UNKNOWN
    domain = mail.sender.rpartition("@")[2]
    said = [part.strip().lower() for part in results.split(";")]
    dmarc = [part for part in said if part.startswith("dmarc=")]
    if dmarc:
        return {"pass": Proof.PASS, "fail": Proof.FAIL}.get(_result(dmarc[0]), Proof.UNKNOWN)
    # A domain without DMARC: its own DKIM signature or its own envelope says the same.
    for part in said:
        if part.startswith("dkim=pass") and _names(part, r"header\.(?:d|i)", domain):
            return Proof.PASS
        if part.startswith("spf=pass") and _names(part, r"smtp\.mailfrom", domain):
            return Proof.PASS
    return Proof.UNKNOWN


def _result(part: str) -> str:
    return (re.split(r"[\s;]", part.partition("=")[2].strip()) or [""])[0]


def _names(part: str, field: str, domain: str) -> bool:
    """Whether the field names exactly the domain of the sender; a domain below or above does not count."""
    found = re.search(rf"{field}=\"?([^\s\";]+)", part)
    return bool(domain and found and found[1].rpartition("@")[2] == domain)


def own_addresses(*values: str) -> list[str]:
    """Addresses that only we write from."""
    return [address for value in values if (address := address_in(value))]
