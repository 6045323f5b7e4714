"""Kinds of letters for tests, and letters made by the real actions."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pendopo.base.accounts.models import User
from pendopo.base.letters import public
from pendopo.base.letters.kinds import Layout, LetterKind, SignedBy, letter_kinds, table
from pendopo.base.letters.models import Letter
from pendopo.base.letters.signing import certificates
from pendopo.base.organizations.models import Organization
from pendopo.kernel import clock

ABOUT = ("uji.perkara", 7)
RECEIPT = LetterKind(
    "uji.tanda-bukti",
    "tanda bukti permohonan informasi",
    {
        "nama": ("Nama pemohon", "Rina Contoh"),
        "rincian": ("Informasi yang diminta", "Anggaran pemeliharaan jalan tahun 2025"),
        "batas": ("Dijawab paling lambat", "24 Maret 2026"),
    },
    default_title="Tanda Bukti Permohonan Informasi Publik",
    default_body=(
        "Kami telah menerima permohonan informasi publik dari **{{ nama }}**.\n\n"
        "## Informasi yang diminta\n\n{{ rincian }}\n\n"
        "## Apa yang terjadi sekarang\n\n"
        "1. Kami memeriksa permohonan Anda.\n"
        "2. Jawaban tertulis Anda terima paling lambat **{{ batas }}**.\n"
        "3. Bila tidak puas, Anda dapat mengajukan keberatan.\n\n"
        "Simpan lembar ini sebagai bukti."
    ),
    series="uji",
    signed_by=SignedBy.SEAL,
    layout=Layout.SHEET,
    number_pattern="487/{nomor:4}/PPID/{bulan}/{tahun}",
)
NOTICE = LetterKind(
    "uji.pemberitahuan",
    "pemberitahuan tertulis",
    {
        "nama": ("Nama pemohon", "Rina Contoh"),
        "nomor_permohonan": ("Nomor permohonan", "0012/PPID/III/2026"),
        "keterangan": ("Keterangan tambahan", ""),
        "tabel_penghitaman": (
            "Bagian yang dihitamkan",
            table(
                ["Halaman", "Bagian", "Dasar", "Alasan"],
                [["3", "Nomor rekening penyedia", "Pasal 17 huruf h", "Rahasia pribadi"],
                 ["7–9", "Denah ruang server", "Pasal 17 huruf c", "Membahayakan keamanan"]],
            ),
        ),
    },
    default_title="Pemberitahuan tertulis atas permohonan {{ nomor_permohonan }}",
    default_body=(
        "Menjawab permohonan Saudara {{ nama }} nomor {{ nomor_permohonan }}, kami sampaikan bahwa permohonan itu"
        " **dikabulkan sebagian**.\n\n"
        "## Bagian yang dihitamkan\n\n{{ tabel_penghitaman }}\n\n"
        "{% jika keterangan %}\n## Keterangan\n\n{{ keterangan }}\n{% selesai %}\n\n"
        "- Salinan diberikan dalam bentuk PDF.\n- Tanpa biaya.\n\n"
        "Bila Saudara berkeberatan, ajukan kepada Atasan PPID paling lambat 30 hari kerja."
    ),
    series="uji",
    number_pattern="487/{nomor:4}/PPID/{bulan}/{tahun}",
)  # fmt: skip


@contextmanager
def kinds(*more: LetterKind) -> Iterator[None]:
    """Let these kinds be known while it lasts, beside those of the rooms."""
    before = dict(letter_kinds._entries)
    for kind in more:
        letter_kinds.register(kind)
    try:
        yield
    finally:
        letter_kinds._entries = before


def a_letter(
    kind: LetterKind = RECEIPT, *, office: Organization, now: dt.datetime | None = None, once: str = "sekali",
    by: User | None = None, **more: Any,
) -> Letter:  # fmt: skip
    """A letter of a known kind, filled with its samples."""
    given = {"about": ABOUT, "to": "Rina Contoh\nJalan Melati 1\nKota Uji", "context": kind.samples, **more}
    return public.issue(kind=kind.key, office=office, by=by, now=now or clock.now(), once=once, **given)


def a_seal(*, now: dt.datetime | None = None) -> None:
    """A certificate at SEAL_P12 (which the test pointed to a folder of its own)."""
    certificates.make_if_missing("Kota Uji", now=now or clock.now())
