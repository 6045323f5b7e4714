"""Every official area of Indonesia, read from the one compact file that ships with the product.

The file (`data/official.txt.xz`, with its NOTICE beside it) is UTF-8 text, sorted by code. After a header
of lines starting with `#`, each line is one area: a mark for its level, then its name. The last part of the
code is written, followed by a tab, only where it is not one more than that of the area before it.
"""

import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "data" / "official.txt.xz"
_MARKS = ("=", "+", "-", "")  # province, regency, district, village
_CODE = re.compile(r"^(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?$", re.ASCII)
_FIRST_CITY = 71  # regency numbers from 71 on are cities (kota)
_PAPUA = {"91", "92", "93", "94", "95", "96"}  # where a kecamatan is called distrik
_VILLAGE_KINDS = {"1": "Kelurahan", "2": "Desa", "3": "Desa adat"}


@dataclass(frozen=True, slots=True)
class Area:
    """One official area, whether this installation serves it or not."""

    code: str
    name: str

    @property
    def level(self) -> int:
        return level_of(self.code)

    @property
    def kind_label(self) -> str:
        return kind_label(self.code)

    @property
    def full_name(self) -> str:
        return full_name(self.code, self.name)


def level_of(code: str) -> int:
    """1 province, 2 regency or city, 3 district (kecamatan), 4 village (kelurahan, desa)."""
    return code.count(".") + 1


def parent_code(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def ancestors(code: str) -> list[str]:
    """Codes above `code`, the province first."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def kind_label(code: str) -> str:
    """Provinsi, Kabupaten, Kota, Kecamatan (Distrik in Papua), Kelurahan, Desa or Desa adat, by the code."""
    parts = code.split(".")
    if len(parts) == 2:
        return "Kota" if parts[1].isdigit() and int(parts[1]) >= _FIRST_CITY else "Kabupaten"
    if len(parts) == 4:
        return _VILLAGE_KINDS.get(parts[3][:1], "Desa")
    if len(parts) == 3:
        return "Distrik" if parts[0] in _PAPUA else "Kecamatan"
    return "Provinsi"


def full_name(code: str, name: str) -> str:
    """The name with its kind in front once: `Kelurahan Pajang`, `Kota Surakarta`, `Provinsi Bali`."""
    kind = kind_label(code)
    return name if name.casefold().startswith(kind.casefold() + " ") else f"{kind} {name}"


def normalize_code(typed: str) -> str | None:
    """`33.72`, `3372` and ` 33.72 ` as `33.72`; None when it is no code of any level."""
    match = _CODE.match(typed.strip()[:20])
    return ".".join(part for part in match.groups() if part) if match else None


def areas() -> Iterator[Area]:
    """All areas sorted by code: each province followed by its regencies, districts and villages."""
    with lzma.open(FILE, "rt", encoding="utf-8", newline="\n") as lines:
        yield from _decode(lines)


def under(code: str) -> list[Area]:
    """The area itself and everything below it; empty when the code is unknown."""
    return [area for area in areas() if area.code == code or area.code.startswith(f"{code}.")]


def find(codes: Iterable[str]) -> dict[str, Area]:
    """The areas with these codes; unknown codes are simply missing."""
    wanted = set(codes)
    return {area.code: area for area in areas() if area.code in wanted} if wanted else {}


def search(words: str, *, limit: int = 20) -> list[Area]:
    """Provinces and regencies first, then smaller areas, whose name holds all the words."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = [area for area in areas() if all(word in area.name.casefold() for word in wanted)]
    return sorted(found, key=lambda area: (area.level, len(area.name), area.code))[:limit]


def counts() -> tuple[int, int, int, int]:
    """How many provinces, regencies and cities, districts, villages the file holds."""
    numbers = [0, 0, 0, 0]
    for area in areas():
        numbers[area.level - 1] += 1
    return numbers[0], numbers[1], numbers[2], numbers[3]


def header() -> list[str]:
    """What the file says about its origin."""
    with lzma.open(FILE, "rt", encoding="utf-8") as lines:
        return [line[1:].strip() for line in lines if line.startswith("#")]


def encode(rows: Iterable[Area], origin: Iterable[str]) -> bytes:
    """The bytes of the file for areas in any order. Raises ValueError for an area whose parent is missing."""
    lines = [f"# {line}" for line in origin]
    seen: set[str] = set()
    before = [0, 0, 0, 0]
    for area in sorted(rows, key=lambda area: area.code):
        above = parent_code(area.code)
        if area.code in seen or (above and above not in seen):
            raise ValueError(f"{area.code} {area.name}: berulang atau tanpa induk {above or '-'}.")
        seen.add(area.code)
        level = area.level - 1
        last = area.code.rpartition(".")[2]
        follows = int(last) == before[level] + 1
        lines.append(f"{_MARKS[level]}{'' if follows else last + chr(9)}{area.name}")
        before[level] = int(last)
        before[level + 1 :] = [0] * (3 - level)
    text = "\n".join(lines) + "\n"
    return lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)


def _decode(lines: Iterable[str]) -> Iterator[Area]:
    numbers = [0, 0, 0, 0]
    codes = ["", "", "", ""]
    for line in lines:
        if line.startswith("#"):
            continue
        level = _MARKS.index(line[0]) if line[0] in "=+-" else 3
        number, _tab, name = line.rstrip("\n")[1 if level < 3 else 0 :].rpartition("\t")
        numbers[level] = int(number) if number else numbers[level] + 1
        numbers[level + 1 :] = [0] * (3 - level)
        last = f"{numbers[level]:04d}" if level == 3 else f"{numbers[level]:02d}"
        codes[level] = f"{codes[level - 1]}.{last}" if level else last
        yield Area(codes[level], name)
