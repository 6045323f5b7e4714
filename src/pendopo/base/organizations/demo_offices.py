"""Agencies of the demo government with their duties, and invented Indonesian names for people."""

import random
from dataclasses import dataclass
from pathlib import Path

GOVERNMENT = "pemkot-sukamaju"
SECRETARIAT = "setda"
INTAKE = "diskominfo"


@dataclass(frozen=True)
class Agency:
    slug: str
    short: str
    name: str
    duties: str


def _agencies() -> tuple[Agency, ...]:
    text = (Path(__file__).parent / "data" / "demo_agencies.txt").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Agency(*(cell.strip() for cell in row.split("|"))) for row in rows)


AGENCIES = _agencies()

WOMEN = (
    "Siti", "Dewi", "Ratna", "Sri", "Nur", "Wulan", "Rina", "Yuni", "Lestari", "Fitri", "Maya", "Indah",
    "Ayu",
    "Kartika", "Endang", "Lilis", "Tuti", "Rahma", "Putri", "Anisa", "Desi", "Eka", "Novi", "Retno", "Sari",
    "Umi", "Wati", "Yanti", "Zahra", "Melati", "Laras", "Hesti", "Galuh", "Kinanti", "Marlina", "Ningsih",
)  # fmt: skip
MEN = (
    "Budi", "Agus", "Bambang", "Joko", "Hendra", "Rudi", "Eko", "Dedi", "Asep", "Ujang", "Slamet", "Wahyu",
    "Arif", "Fajar", "Rizki", "Andi", "Teguh", "Yusuf", "Ahmad", "Dimas", "Bayu", "Galih", "Hari", "Imam",
    "Kurnia", "Lukman", "Mulyono", "Nanang", "Oki", "Purnomo", "Ridwan", "Sigit", "Tono", "Untung", "Yoga",
    "Zaenal",
)  # fmt: skip
FAMILY = (
    "Wulandari", "Kusumawardani", "Puspitasari", "Rahayu", "Handayani", "Permatasari", "Anggraini",
    "Maharani",
    "Prasetyo", "Nugroho", "Santosa", "Wibowo", "Hidayat", "Setiawan", "Kurniawan", "Saputra", "Gunawan",
    "Suryana", "Hartono", "Wijaya", "Susanto", "Firmansyah", "Ramadhan", "Maulana", "Pratama", "Utomo",
    "Sugiarto", "Darmawan", "Siregar", "Nasution", "Simanjuntak", "Lubis", "Tanjung", "Manurung", "Sembiring",
    "Wenda", "Kogoya", "Lopulalan", "Tumbelaka", "Mamonto", "Daeng", "Tenri", "Suwarno", "Subekti", "Hakim",
    "Fauzi", "Ismail", "Basuki", "Cahyono", "Widodo", "Sulistyo", "Iskandar", "Ginting", "Situmorang",
    "Ketut",
)  # fmt: skip
_WOMANLY = 8  # the first so many family names are women's names
TITLES = ("S.Sos.", "S.T.", "S.E.", "S.H.", "S.IP.", "S.Kom.", "M.Si.", "M.M.", "M.T.", "")


def person(rng: random.Random) -> str:
    """An invented full name of two or three words."""
    woman = rng.random() < 0.5
    firsts = WOMEN if woman else MEN
    families = FAMILY if woman else FAMILY[_WOMANLY:]
    words = [rng.choice(firsts), rng.choice(families)]
    if rng.random() < 0.28:
        words.insert(1, rng.choice(firsts))
    return " ".join(dict.fromkeys(words))


def titled(rng: random.Random, name: str) -> str:
    """The name with an academic title, as heads of offices write it."""
    title = rng.choice(TITLES)
    return f"{name}, {title}" if title else name
