"""What offices are for, said in the words of people: learned from like reports, so that small offices are named too.

An office with eight reports a year gives the readers too little. Its name and its duties are known before the first
report. `data/duties.txt` holds, for parts of names as they are usual in regional governments (PP 18/2016), sentences
as people write them; an installation adds its own in the field "tugas pokok" of an office.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "duties.txt"
_SENTENCES = re.compile(r"[.;\n]+")
_WORD = re.compile(r"[a-z]+")
_JOINING = {"dan", "serta", "atau", "di", "dr"}
_FEWEST_INITIALS = 3  # shorter ones are any two letters
_MOST = 40  # sentences of one office


@dataclass(frozen=True)
class Duty:
    """One sentence that belongs to an office (`office_id` as in `Example`)."""

    text: str
    office_id: int


def duties(offices: Iterable[tuple[int, str, str]]) -> list[Duty]:
    """Everything known about offices given as (id, name, own description): name, usual and own sentences."""
    found = []
    for office, name, own in offices:
        said = [name, *_initials(name), *_usual(name), *_SENTENCES.split(own)]
        texts = dict.fromkeys(text.strip() for text in said if text.strip())
        found += [Duty(text, office) for text in list(texts)[:_MOST]]
    return found


def _initials(name: str) -> list[str]:
    """What people call an office: "BPBD" for Badan Penanggulangan Bencana Daerah, and a hospital without its "RSUD"."""
    words = [word for word in _WORD.findall(name.lower()) if word not in _JOINING]
    own = words[1:] if words[:1] == ["rsud"] else words
    return ["".join(word[0] for word in own)] if len(own) >= _FEWEST_INITIALS else []


def _usual(name: str) -> list[str]:
    plain = f"{' '.join(name.lower().split())} "
    return [text for parts, texts in _known() if any(part in plain for part in parts) for text in texts]


@cache
def _known() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """(parts of names, sentences), in the order of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(":", 1) for line in lines if ":" in line and not line.startswith("#")]
    return tuple((tuple(parts.split("|")), tuple(_SENTENCES.split(texts))) for parts, texts in pairs)
