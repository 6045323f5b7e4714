"""What people type, made safe to keep: no NUL bytes, no invisible direction tricks, one Unicode form."""

import re
import unicodedata

# Direction overrides and isolates can make "gpj.exe" look like "exe.jpg"; zero-width signs hide words.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(value: str) -> str:
    """NFC text without control, zero-width and direction-override characters; line ends become \\n."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", value))).strip()


def clean_line(value: str) -> str:
    """`clean` for a single line: every run of white space becomes one space."""
    return re.sub(r"\s+", " ", clean(value))
