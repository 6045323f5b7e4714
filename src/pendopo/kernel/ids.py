"""Codes that people read aloud, type on a phone and that nobody can guess."""

import re
import secrets

# No I, L, O, U: they are misread, misheard or make words. 32 signs, so 8 of them carry 40 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_CODE = re.compile(r"^([A-Z]{2,5})([0-9A-Z]{8})$")
_MEANT = re.compile(r"[0-9]|^\W*[A-Za-z]{2,5}\W*\w{4}\W+\w{4}\W*$")


def new_code(prefix: str) -> str:
    """A public code like LAP-7K2M-Q9XA from the system's secure random source."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{body[:4]}-{body[4:]}"


def new_slug() -> str:
    """A short random name for a public page; says nothing about order or number."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10)).lower()


def normalize_code(typed: str) -> str | None:
    """The canonical form of a code as a person typed it (case, spaces, dashes, O for 0), or None."""
    plain = re.sub(r"[^0-9A-Z]", "", typed.upper()[:40])
    match = _CODE.match(plain)
    if not match:
        return None
    prefix, body = match.group(1), match.group(2).translate(_MISREAD)
    if any(sign not in ALPHABET for sign in body):
        return None
    return f"{prefix}-{body[:4]}-{body[4:]}"


def code_among_words(typed: str, prefix: str) -> str | None:
    """The code with this prefix that somebody typed where words may stand too, or None.

    "Jalan rusak" has as many letters as a code: what is meant as one has a digit, or stands in its groups of four.
    """
    code = normalize_code(typed)
    return code if code and code.startswith(f"{prefix}-") and _MEANT.search(typed) else None
