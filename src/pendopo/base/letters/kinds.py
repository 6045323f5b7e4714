"""Which letters there are. Rooms bring them from their `apps.py`; this room knows none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pendopo.base.registries import Registry, Text

# What a placeholder is filled with: words (line ends are kept), or a table made by `table`.
Value = str | Mapping[str, Any]
About = tuple[str, int]  # what a letter is about, in the room's own words: ("information.request", 12)


class SignedBy(StrEnum):
    """Who signs: the office's seal at once and by itself, or a person with a certificate of their own."""

    SEAL = "SEAL"
    PERSON = "PERSON"


class Layout(StrEnum):
    """LETTER: number, subject and addressee stand above the text. SHEET: a centred title with its number."""

    LETTER = "LETTER"
    SHEET = "SHEET"


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter.

    `placeholders` maps a name that templates may use to (label, sample); a sample made by `table` declares a
    table. `series` is the register its numbers are taken from; `number_pattern` is that register's first
    pattern. `may_sign(user, about)` says who signs for the office; without it the office's head does. The
    person named in the letter is given to `public.issue`.
    """

    key: str
    label: Text
    placeholders: Mapping[str, tuple[Text, Value]]
    default_title: str
    default_body: str
    series: str
    signed_by: SignedBy = SignedBy.PERSON
    may_sign: Callable[[Any, About], bool] | None = None
    layout: Layout = Layout.LETTER
    number_pattern: str = "{nomor:4}/{kantor}/{bulan}/{tahun}"
    order: int = 0

    @property
    def samples(self) -> dict[str, Value]:
        return {name: sample for name, (_label, sample) in self.placeholders.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, Any]:
    """Rows for a placeholder that shows a table. Every row has as many cells as `head`."""
    if any(len(row) != len(head) for row in rows):
        raise ValueError("every row of a table needs as many cells as its head")
    return {"head": [str(cell) for cell in head], "rows": [[str(cell) for cell in row] for row in rows]}


letter_kinds: Registry[LetterKind] = Registry("letter kinds")
