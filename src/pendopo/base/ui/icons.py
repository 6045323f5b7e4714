"""Pendopo's own line icons, drawn on a 24 × 24 grid. `f` marks filled parts; everything else is a stroke.

Each value is the inside of an <svg>; `{% icon "kamera" %}` wraps it. Add an icon by adding a line; it
then appears on /gaya/.
"""
# ruff: noqa: E501 - a drawing reads worse when it is cut

from typing import Final


def _dots(*points: tuple[float, float], r: float = 1.1) -> str:
    return "".join(f'<circle class="f" cx="{x}" cy="{y}" r="{r}"/>' for x, y in points)


def _path(d: str) -> str:
    return f'<path d="{d}"/>'


# What people report about.
CATEGORIES: Final[dict[str, str]] = {
    "jalan-rusak": _path(
        "M7.5 3.5 3 20.5M16.5 3.5 21 20.5M12 3.5v3.2M8.2 14.6c0-1.7 1.5-2.1 2.7-2 .9-.9 2.6-.5 3.1.5 1.3 0 2.1.8 2 "
        "1.9-.1 1.6-1.9 2.3-3.6 2.2-2.3.1-4.2-.6-4.2-2.6Z"
    ),
    "lampu-jalan": _path(
        "M4.5 20.5h5M7 20.5V8.8C7 5.5 9 3.5 12 3.5h2.5M11.8 7.6c.3-2.4 1.8-4.1 4-4.1s3.7 1.7 4 4.1ZM13.3 10.8"
        "l-.9 2.4M15.8 10.8v3M18.3 10.8l.9 2.4"
    ),
    "sampah": _path(
        "M4 7h16M9 7V5.2C9 4.3 9.7 3.5 10.7 3.5h2.6C14.3 3.5 15 4.3 15 5.2V7M6 7l.9 11.7c.1 1 .9 1.8 "
        "1.9 1.8h6.4c1 0 1.8-.8 1.9-1.8L18 7M10.2 11v5.5M13.8 11v5.5"
    ),
    "banjir": _path(
        "M4 11.5 12 4.5l8 7M6.5 9.5V14M17.5 9.5V14M2.5 17.2c1.6-1.3 3.2-1.3 4.8 0s3.1 1.3 4.7 0 "
        "3.1-1.3 4.7 0 3.2 1.3 4.8 0M6 20.8c1-.7 2-.7 3 0M15 20.8c1-.7 2-.7 3 0"
    ),
    "air-bersih": _path(
        "M3 9h9.5a5 5 0 0 1 5 5v1.5h-4V14a1 1 0 0 0-1-1H3M8 9V5M4.8 5h6.4M15.5 18.2c1 1.2 1.4 1.8 "
        "1.4 2.3a1.4 1.4 0 0 1-2.8 0c0-.5.4-1.1 1.4-2.3Z"
    ),
    "pohon": _path(
        "M12 20.5v-9M12 16l3-2.6M12 14l-2.5-2.2M8.5 20.5h7M12 3.5a5 5 0 0 1 4.7 3.3 3.9 3.9 0 0 1-.4 "
        "7.7H7.7a3.9 3.9 0 0 1-.4-7.7A5 5 0 0 1 12 3.5Z"
    ),
    "lalu-lintas": (
        '<rect x="8" y="3" width="8" height="14" rx="2.5"/>'
        + _path("M12 17v4M9.5 21h5M8 7H5.5c0 1.5 1 2.5 2.5 2.5M16 7h2.5c0 1.5-1 2.5-2.5 2.5")
        + _dots((12, 6.5), (12, 10), (12, 13.5), r=1.2)
    ),
    "parkir": '<rect x="3.5" y="3.5" width="17" height="17" rx="4"/>'
    + _path("M9.5 17V7.5h3.7a3 3 0 0 1 0 6H9.5"),
    "trotoar": _path("M7.5 4h9L21 20H3ZM6.5 8.5h11M5 14h14M12 4v4.5M9.6 8.5 9 14M14.4 8.5 15 14M12 14v6"),
    "taman": _path("M2.5 13.5h10M2.5 16.5h10M4.5 16.5v4M10.5 16.5v4M18 20.5V11M18 15l1.8-1.6")
    + '<circle cx="18" cy="7.5" r="4"/>',
    "kebisingan": _path(
        "M4 9.5v5h3.2L12 18.5v-13L7.2 9.5ZM15.3 9a4.2 4.2 0 0 1 0 6M17.9 6.3a8 8 0 0 1 0 11.4"
    ),
    "kesehatan": _path(
        "M12 20S4 15.3 4 9.5A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.3C20 15.3 12 20 12 20ZM12 9.8v5M9.5 12.3h5"
    ),
    "pendidikan": _path(
        "M2.5 9.5 12 5l9.5 4.5L12 14ZM6 11.2v4.6c1.7 1.6 3.7 2.4 6 2.4s4.3-.8 6-2.4v-4.6M21.5 9.5v5.5"
    ),
    "kependudukan": '<rect x="3" y="5" width="18" height="14" rx="2.5"/><circle cx="8.5" cy="10.5" r="2"/>'
    + _path("M5.5 15.8c.4-1.7 1.5-2.6 3-2.6s2.6.9 3 2.6M14.5 10h3.5M14.5 14h3.5"),
    "sosial": _path(
        "M2.5 14h3.2l3.5-1.3 4.6.5a1.5 1.5 0 0 1 0 3H11M13.8 15.8l5-2.3a1.6 1.6 0 0 1 1.6 2.7L13 20.5 "
        "6 19H2.5M12 9.8S8.4 7.9 8.4 5.6A1.9 1.9 0 0 1 12 4.7a1.9 1.9 0 0 1 3.6.9C15.6 7.9 12 9.8 12 9.8Z"
    ),
    "keamanan": _path(
        "M12 3.2l7.5 2.6v5.4c0 4.7-3.1 8-7.5 9.8-4.4-1.8-7.5-5.1-7.5-9.8V5.8ZM8.8 11.8l2.3 2.3 4.2-4.4"
    ),
    "pelayanan": '<circle cx="12" cy="6.5" r="2.8"/>'
    + _path("M6.8 15c.4-2.9 2.4-4.3 5.2-4.3s4.8 1.4 5.2 4.3M2.5 15h19M4.5 15v5.5M19.5 15v5.5M4.5 18.5h15"),
    "internet": _path("M3 9.8a13 13 0 0 1 18 0M6 13.2a8.6 8.6 0 0 1 12 0M9 16.6a4.3 4.3 0 0 1 6 0")
    + _dots((12, 19.6), r=1.3),
    "hewan": '<circle cx="6.8" cy="10.8" r="1.7"/><circle cx="10.2" cy="6.8" r="1.8"/><circle cx="13.8" cy="6.8" '
    'r="1.8"/><circle cx="17.2" cy="10.8" r="1.7"/>'
    + _path(
        "M12 12.3c2.7 0 4.9 2.4 4.9 4.7 0 1.7-1.3 2.6-2.7 2.6-.9 0-1.4-.4-2.2-.4s-1.3.4-2.2.4c-1.4 0-2.7-.9"
        "-2.7-2.6 0-2.3 2.2-4.7 4.9-4.7Z"
    ),
    "pasar": _path(
        "M4 9l1.5-5h13L20 9M4 9a2.67 2.67 0 0 0 5.33 0A2.67 2.67 0 0 0 14.67 9 2.67 2.67 0 0 0 20 9M5.5 "
        "12v8.5h13V12M10 20.5V16h4v4.5"
    ),
    "lainnya": _path(
        "M5.5 4h13A2.5 2.5 0 0 1 21 6.5v8a2.5 2.5 0 0 1-2.5 2.5H12l-5 4v-4H5.5A2.5 2.5 0 0 1 3 14.5v-8A2.5 2.5 0 0 1 5.5 4Z"
    )
    + _dots((8, 10.5), (12, 10.5), (16, 10.5)),
}

# What the interface itself needs.
INTERFACE: Final[dict[str, str]] = {
    "kamera": _path(
        "M4.5 7.5h3L9 5h6l1.5 2.5h3A1.5 1.5 0 0 1 21 9v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18V9a1.5 1.5 0 0 1 1.5-1.5Z"
    )
    + '<circle cx="12" cy="13" r="3.5"/>',
    "foto": '<rect x="3" y="4" width="18" height="16" rx="2.5"/>'
    + _path("M3.5 17l4.5-4.5 3.5 3.5 4-5 5 6")
    + '<circle cx="9" cy="8.8" r="1.5"/>',
    "lokasi": _path("M12 21s-6.8-6.3-6.8-11.2a6.8 6.8 0 0 1 13.6 0C18.8 14.7 12 21 12 21Z")
    + '<circle cx="12" cy="9.8" r="2.5"/>',
    "posisi-saya": '<circle cx="12" cy="12" r="6.5"/>'
    + _path("M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3")
    + _dots((12, 12), r=2),
    "kirim": _path("M3.5 11.2 20.5 3.5 14 20.5l-3-7Zm7.5 2.3 5-5"),
    "jam": '<circle cx="12" cy="12" r="8.5"/>' + _path("M12 7v5.3l3.5 2"),
    "kalender": '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/>'
    + _path("M3.5 10h17M8 3v4M16 3v4")
    + _dots((8, 14), (12, 14), (16, 14)),
    "centang": _path("M4.5 12.5l5 5 10-11"),
    "silang": _path("M6 6l12 12M18 6 6 18"),
    "tambah": _path("M12 5v14M5 12h14"),
    "kurang": _path("M5 12h14"),
    "peringatan": _path("M12 4 2.8 19.5h18.4ZM12 10v4.3") + _dots((12, 17)),
    "seru": _path("M12 5.5v8") + _dots((12, 18), r=1.4),
    "huruf-i": _path("M12 11v7.5") + _dots((12, 6.5), r=1.4),
    "info": '<circle cx="12" cy="12" r="8.5"/>' + _path("M12 11.5v5") + _dots((12, 8)),
    "panah-kanan": _path("M4.5 12h15M13.5 6l6 6-6 6"),
    "panah-kiri": _path("M19.5 12h-15M10.5 6l-6 6 6 6"),
    "turun": _path("M6 9.5l6 6 6-6"),
    "naik": _path("M6 14.5l6-6 6 6"),
    "kanan": _path("M9.5 6l6 6-6 6"),
    "kiri": _path("M14.5 6l-6 6 6 6"),
    "cari": '<circle cx="10.8" cy="10.8" r="6.8"/>' + _path("M16 16l4.8 4.8"),
    "menu": _path("M4 6.5h16M4 12h16M4 17.5h16"),
    "saring": _path("M3.5 5.5h17L14 13v6l-4 1.5V13Z"),
    "urut": _path("M7.5 4.5v15M4 16l3.5 3.5L11 16M16.5 19.5v-15M13 8l3.5-3.5L20 8"),
    "orang": '<circle cx="12" cy="8" r="4"/>' + _path("M4.5 20.5c.7-4.3 3.5-6.5 7.5-6.5s6.8 2.2 7.5 6.5"),
    "orang-banyak": '<circle cx="9" cy="8.5" r="3.5"/>'
    + _path(
        "M2.5 19.5c.6-3.7 3-5.5 6.5-5.5s5.9 1.8 6.5 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.2.7 3.6 2.4 4 5"
    ),
    "kantor": _path("M3.5 20.5h17M5 20.5V9.5M19 20.5V9.5M9.7 20.5v-9M14.3 20.5v-9M3 9.5 12 4l9 5.5Z"),
    "kunci": '<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/>'
    + _path("M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2.5"),
    "mata": _path("M2.5 12C4.7 8 8 6 12 6s7.3 2 9.5 6c-2.2 4-5.5 6-9.5 6s-7.3-2-9.5-6Z")
    + '<circle cx="12" cy="12" r="2.8"/>',
    "mata-tutup": _path(
        "M3 9.5c2.2 3.4 5.2 5 9 5s6.8-1.6 9-5M5.5 12.5l-2 2.7M9.5 14.3l-.8 3.2M14.5 14.3l.8 3.2M18.5 12.5l2 2.7"
    ),
    "lonceng": _path(
        "M5 17h14c-1.4-1.4-1.8-3-1.8-5.5 0-3.5-2-6-5.2-6s-5.2 2.5-5.2 6c0 2.5-.4 4.1-1.8 5.5ZM12 3.5v2M10 20c.5.7 1.2 1 2 1s1.5-.3 2-1"
    ),
    "dokumen": _path(
        "M6.5 3.5h7l5 5v10.5a1.5 1.5 0 0 1-1.5 1.5H6.5A1.5 1.5 0 0 1 5 19V5a1.5 1.5 0 0 1 1.5-1.5ZM13 3.8V9h5.2M8.5 13h6.5M8.5 16.5h4.5"
    ),
    "bintang": _path("M12 3.8l2.5 5.3 5.8.7-4.3 4 1.2 5.7L12 16.6l-5.2 2.9L8 13.8l-4.3-4 5.8-.7Z"),
    "peta": _path("M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20ZM9 4v13.5M15 6.5V20"),
    "daftar": _path("M9 6.5h11M9 12h11M9 17.5h11") + _dots((4.8, 6.5), (4.8, 12), (4.8, 17.5), r=1.3),
    "cetak": _path(
        "M7 8.5V3.5h10v5M7 17.5H4.5A1.5 1.5 0 0 1 3 16v-6a1.5 1.5 0 0 1 1.5-1.5h15A1.5 1.5 0 0 1 21 10v6a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7Z"
    ),
    "salin": '<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/>'
    + _path("M5.5 15.5A2 2 0 0 1 3.5 13.5v-8a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2"),
    "matahari": '<circle cx="12" cy="12" r="4"/>'
    + _path(
        "M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3l1.8 1.8M16.9 16.9l1.8 1.8M5.3 18.7l1.8-1.8M16.9 7.1l1.8-1.8"
    ),
    "bulan": _path("M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z"),
    "bahasa": '<circle cx="12" cy="12" r="8.5"/>'
    + _path(
        "M3.5 12h17M12 3.5c2.3 2.4 3.5 5.2 3.5 8.5s-1.2 6.1-3.5 8.5c-2.3-2.4-3.5-5.2-3.5-8.5S9.7 5.9 12 3.5Z"
    ),
    "telepon": _path(
        "M5.5 3.5h3l1.7 4.3-2.2 1.7a11 11 0 0 0 5.5 5.5l1.7-2.2 4.3 1.7v3a2 2 0 0 1-2.2 2A15.5 15.5 0 0 1 3.5 5.7a2 2 0 0 1 2-2.2Z"
    ),
    "surat": '<rect x="3" y="5" width="18" height="14" rx="2.5"/>' + _path("M3.5 7.5 12 13.5l8.5-6"),
    "pesan": _path(
        "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v9.5A1.5 1.5 0 0 1 19 17h-7l-5 4v-4H5a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 5 4.5ZM7.5 9h9M7.5 12.5h6"
    ),
    "unduh": _path("M12 3.5v11.5M6.5 10l5.5 5.5 5.5-5.5M4.5 20.5h15"),
    "unggah": _path("M12 15.5V4M6.5 9.5 12 4l5.5 5.5M4.5 20.5h15"),
    "tautan": _path(
        "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1"
    ),
    "masuk": _path("M13.5 4h4.5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4.5M3.5 12h11M10.5 8l4 4-4 4"),
    "keluar": _path("M10.5 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4.5M9.5 12h11M16.5 8l4 4-4 4"),
    "rumah": _path("M3.5 11.5 12 4.5l8.5 7M6 9.8v10.7h12V9.8M10 20.5V15h4v5.5"),
    "gabung": '<circle cx="6.5" cy="5.5" r="2"/><circle cx="6.5" cy="18.5" r="2"/><circle cx="17.5" cy="12" r="2"/>'
    + _path("M6.5 7.5v9M6.8 7.5c.8 3 3.7 4.5 8.7 4.5"),
    "jeda": _path("M8.5 5.5v13M15.5 5.5v13"),
    "ulang": _path("M4.5 12a7.5 7.5 0 1 0 2.5-5.6M4.5 4v4.5H9"),
    "bendera": _path("M5.5 21V4M5.5 4.5c4-2 7.5 2 13 0v9.5c-5.5 2-9-2-13 0"),
    "grafik": _path("M3.5 20.5h17M6.5 17v-5M11 17V7M15.5 17v-7M20 17V4.5"),
    "setelan": _path("M4 7h9M17.5 7H20M4 17h2.5M11 17h9")
    + '<circle cx="15.2" cy="7" r="2.2"/><circle cx="8.8" cy="17" r="2.2"/>',
    "pensil": _path("M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 3L8.5 19ZM14 6.5l3 3"),
    "kotak-arsip": _path("M4 8.5V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8.5M3 4h18v4.5H3ZM9.5 12.5h5"),
}

# The mark: a joglo roof, its steep crown above its wide skirts, on four posts.
MARK: Final = (
    '<path class="f" d="M9.3 3h5.4l2.1 5.2c1.5 2.6 3.5 4.2 6.2 5.3v1.7H1v-1.7c2.7-1.1 4.7-2.7 6.2-5.3Z"/>'
    '<path d="M4.5 15.5V21M9.5 15.5V21M14.5 15.5V21M19.5 15.5V21M2.5 21.3h19"/>'
)

ICONS: Final[dict[str, str]] = {**CATEGORIES, **INTERFACE, "pendopo": MARK}

# Shapes of status: a person who sees no colour still sees which is which.
TONES: Final[dict[str, str]] = {
    "new": '<circle cx="8" cy="8" r="5"/>',
    "moving": '<circle cx="8" cy="8" r="5"/><path class="f" d="M8 3a5 5 0 0 1 0 10Z"/>',
    "waiting": '<path d="M5.5 3.5v9M10.5 3.5v9"/>',
    "done": '<path d="M2.5 8.5l3.7 3.7 7.3-8"/>',
    "late": '<path d="M8 1.8 14.2 8 8 14.2 1.8 8ZM8 5.2v3.3"/><circle class="f" cx="8" cy="10.7" r=".9"/>',
    "closed": '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5"/>',
    "secret": '<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7"/>',
    "plain": '<circle class="f" cx="8" cy="8" r="2.5"/>',
}


def svg(name: str, *, css_class: str = "", label: str = "") -> str:
    """An icon as inline SVG. Without a label it is decoration and hidden from readers. Raises KeyError."""
    inside = ICONS[name]
    role = f' role="img" aria-label="{label}"' if label else ' aria-hidden="true" focusable="false"'
    extra = f" {css_class}" if css_class else ""
    return f'<svg class="icon{extra}" width="24" height="24" viewBox="0 0 24 24"{role}>{inside}</svg>'


def tone_svg(tone: str) -> str:
    """The shape of a status. Raises KeyError."""
    return f'<svg class="shape" width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{TONES[tone]}</svg>'
