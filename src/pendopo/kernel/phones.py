"""Telephone numbers in one form, so that what a person types twice compares equal."""

import re

from pendopo.kernel.text import clean_line

_ALLOWED = re.compile(r"^[0-9+ ().\-/]{6,40}$")


def normalize(typed: str) -> str | None:
    """`0812-3456-7890` as `+6281234567890` (E.164; Indonesian when no country is said), or None."""
    line = clean_line(typed[:60])
    if not _ALLOWED.match(line):
        return None
    plain = re.sub(r"[^0-9+]", "", line)
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    elif plain.startswith("0"):
        plain = "+62" + plain[1:]
    elif plain.startswith("62") or plain.startswith("8"):
        plain = "+" + plain if plain.startswith("62") else "+62" + plain
    digits = plain.removeprefix("+")
    return (
        plain
        if plain.startswith("+") and digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15
        else None
    )
