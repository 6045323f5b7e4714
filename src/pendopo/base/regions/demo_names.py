"""Invented names for the demo city: kelurahan, kecamatan, streets, landmarks. Nothing here is a real list."""

import random
from collections.abc import Iterator, Sequence

CITY = "Kota Sukamaju"
PROVINCE = "Provinsi Nusaraya"
RIVER = "Kali Sukajati"
NEIGHBOURS = (
    ("99.01", "Kabupaten Wanadadi Raya"),
    ("99.02", "Kabupaten Tirtaluhur"),
    ("99.03", "Kabupaten Mandalasari"),
    ("99.04", "Kabupaten Gunung Kencono"),
    ("99.72", "Kota Bandar Arum"),
)

# First halves by what the ground is like; second halves fit any of them.
_WATER = ("Tirta", "Banyu", "Kali", "Rawa", "Sumber", "Umbul", "Kedung", "Muara")
_HILLS = ("Gunung", "Bukit", "Wana", "Giri", "Pasir", "Karang", "Lemah", "Watu")
_TOWN = ("Suka", "Marga", "Mulya", "Cipta", "Panca", "Karta", "Purwa", "Mekar", "Tumeng")
_FIELDS = ("Sida", "Tegal", "Kebon", "Pakem", "Banjar", "Bojong", "Jati", "Randu", "Kembang", "Sawah")
_SECOND = (
    "sari", "maju", "mulya", "jaya", "rahayu", "asih", "mekar", "harja", "wangi", "indah", "luhur", "kerta",
    "mukti", "raja", "laksana", "galih", "asri", "agung", "kencana", "menteng", "arum", "lestari", "tentrem",
    "bakti", "waluya", "kusuma", "endah", "santosa", "rejo", "melati", "gede", "anyar",
)  # fmt: skip
_COMPASS = ("Lor", "Kidul", "Wetan", "Kulon", "Tengah")
_SEPARATE = ("Gunung", "Bukit", "Kebon", "Rawa", "Kali", "Sawah", "Umbul", "Watu", "Pasir")

FLOWERS = (
    "Kenanga", "Melati", "Mawar", "Anggrek", "Cempaka", "Kamboja", "Dahlia", "Teratai", "Flamboyan", "Soka",
    "Bugenvil", "Kemuning", "Seruni", "Tanjung", "Wijayakusuma", "Alamanda", "Asoka", "Sedap Malam",
)  # fmt: skip
TREES = (
    "Beringin", "Mahoni", "Jati", "Akasia", "Cemara", "Trembesi", "Ketapang", "Angsana", "Sonokeling",
    "Manggis", "Rambutan", "Belimbing", "Sawo", "Kelapa Gading", "Durian", "Salak", "Nangka", "Pala",
)  # fmt: skip
BIRDS = (
    "Merpati", "Kutilang", "Cendrawasih", "Rajawali", "Kenari", "Perkutut", "Camar", "Garuda", "Jalak",
    "Walet", "Gelatik", "Murai", "Elang", "Merak", "Kepodang",
)  # fmt: skip
STONES = ("Mutiara", "Intan", "Safir", "Zamrud", "Berlian", "Kristal", "Pirus", "Akik", "Permata", "Nilam")
VIRTUES = (
    "Pahlawan", "Veteran", "Pemuda", "Proklamasi", "Merdeka", "Gotong Royong", "Persatuan", "Pramuka",
    "Kartika", "Bhakti", "Karya", "Pelajar", "Koperasi", "Balai Desa Lama", "Pasar Lama", "Lapangan",
    "Stasiun Lama",
)  # fmt: skip
MOSQUES = (
    "Al-Ikhlas", "Nurul Iman", "Al-Hidayah", "At-Taqwa", "Baiturrahman", "Al-Muhajirin", "Nurul Huda",
    "Al-Falah", "Darussalam", "Ar-Rahmah", "Miftahul Jannah", "Al-Amin", "Baitul Makmur", "An-Nur",
)  # fmt: skip
SHOPKEEPERS = (
    "Bu Tini", "Pak Karto", "Mbak Yuni", "Bu Haji Romlah", "Mas Agus", "Pak Ujang", "Bu Sri", "Teh Lilis",
    "Pak Min", "Bu Eko", "Mang Dadang", "Bu Nur", "Pak Slamet", "Mbok Jum", "Uda Rizal", "Koh Liem",
)  # fmt: skip


def village_names(rng: random.Random, wet: Sequence[bool], high: Sequence[bool]) -> list[str]:
    """One unique name for each kelurahan; water words by the river, hill words on high ground."""
    used: set[str] = set()
    names: list[str] = []
    for by_river, on_hill in zip(wet, high, strict=True):
        first = _WATER if by_river else _HILLS if on_hill else rng.choice((_TOWN, _FIELDS))
        names.append(_unused(rng, first, used))
    return names


def district_names(rng: random.Random, taken: Sequence[str], count: int) -> list[str]:
    used = set(taken)
    return [_unused(rng, _TOWN + _FIELDS, used) for _ in range(count)]


def _unused(rng: random.Random, firsts: Sequence[str], used: set[str]) -> str:
    while True:
        first, second = rng.choice(firsts), rng.choice(_SECOND)
        name = f"{first} {second.title()}" if first in _SEPARATE else first + second
        if rng.random() < 0.12:
            name = f"{name} {rng.choice(_COMPASS)}"
        glued = first not in _SEPARATE and first[-1] == second[0]  # "Margaanyar" is hard to read
        if name not in used and not glued and not first.lower().endswith(second[:3]):
            used.add(name)
            return name


def street_names(rng: random.Random, village: str, count: int) -> Iterator[str]:
    """Streets of one kelurahan: a main road named after it, a family of lanes, a few others."""
    yield f"Jalan {village} Raya" if rng.random() < 0.7 else f"Jalan Raya {village}"
    family = rng.choice((FLOWERS, TREES, BIRDS, STONES))
    other = rng.choice((VIRTUES, TREES, FLOWERS))
    chosen = rng.sample(family, 4)
    pool = [f"Jalan {chosen[0]} {number}" for number in ("I", "II", "III", "IV", "V")]
    pool += [f"Jalan {name}" for name in chosen[1:]]
    pool += [f"Jalan {name}" for name in rng.sample(other, 5)]
    pool += [f"Gang {name}" for name in rng.sample(family, 4)]
    pool += [f"Gang {village.split()[0]} {number}" for number in ("1", "2", "3", "4")]
    estate = f"Perumahan {village} {rng.choice(('Permai', 'Residence', 'Asri', 'Indah'))}"
    pool += [f"{estate} Blok A", f"{estate} Blok B"]
    yield from rng.sample(list(dict.fromkeys(pool)), count - 1)


def landmarks(rng: random.Random, village: str, *, river: bool, count: int) -> list[str]:
    """Things people name instead of a house number."""
    mosque = rng.sample(MOSQUES, 3)
    shop = rng.sample(SHOPKEEPERS, 2)
    pool = [
        f"SDN {village} {rng.randint(1, 4)}",
        f"Musala {mosque[0]}",
        f"Masjid {mosque[1]}",
        f"warung {shop[0]}",
        f"toko kelontong {shop[1]}",
        f"pos ronda RW {rng.randint(1, 12):02}",
        f"balai RW {rng.randint(1, 12):02}",
        f"Kantor Kelurahan {village}",
        f"TK {rng.choice(('Tunas Harapan', 'Pertiwi', 'Bina Insani', 'Kuncup Melati', 'Harapan Bunda'))}",
        f"makam {village}",
        f"lapangan {rng.choice(('bola', 'voli', 'bulu tangkis'))} {village}",
        f"Posyandu {rng.choice(FLOWERS)}",
        "minimarket pertigaan",
        "bengkel motor",
        "pangkalan ojek",
        "gardu listrik",
        "tukang fotokopi",
        "pertigaan lampu merah",
        f"SMP Negeri {rng.randint(2, 32)}",
        f"Gereja {rng.choice(('Santa Maria', 'Immanuel', 'Bethel', 'Kristus Raja'))}",
        f"Apotek {rng.choice(('Sehat', 'Waras', 'Mulia', 'Husada'))}",
        f"Puskesmas Pembantu {village}",
    ]
    picked = rng.sample(pool, count)
    return [f"jembatan {RIVER}", f"tanggul {RIVER}", *picked[2:]] if river else picked
