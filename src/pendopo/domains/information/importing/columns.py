"""The columns of the table that offices fill in: the statutory ones and a few of ours."""

from dataclasses import dataclass
from typing import Any

from pendopo.domains.information.models import Category, Item, Licence, UpdateCycle


@dataclass(frozen=True)
class Column:
    """One column. Its header and note stand in the template, in Indonesian: the file travels between offices."""

    key: str
    header: str
    note: str
    example: str
    needed: bool = False


CATEGORIES = {
    "berkala": Category.BERKALA,
    "serta merta": Category.SERTA_MERTA,
    "setiap saat": Category.SETIAP_SAAT,
    "dikecualikan": Category.DIKECUALIKAN,
}
CYCLES = {
    "bila berubah": UpdateCycle.NONE,
    "setiap bulan": UpdateCycle.MONTHLY,
    "setiap tiga bulan": UpdateCycle.QUARTERLY,
    "setiap enam bulan": UpdateCycle.SEMIANNUAL,
    "setiap tahun": UpdateCycle.ANNUAL,
}
LICENCES = {value.casefold(): value for value in Licence.values}
YES, NO = {"ya", "y", "true", "1", "ada"}, {"tidak", "t", "false", "0", "-", ""}

COLUMNS = (
    Column("number", "Nomor", "Kosongkan untuk entri baru; isi nomor DIP untuk memperbarui.", ""),
    Column("office", "Perangkat daerah", "Nama kantor. Kosong berarti kantor yang dipilih saat mengunggah.", ""),
    Column("title", "Judul", "Paling panjang 200 huruf.", "Rencana kerja 2026", needed=True),
    Column("summary", "Ringkasan isi", "Dua atau tiga kalimat.", "Program, kegiatan, dan anggaran.", needed=True),
    Column("category", "Kategori", "Berkala, Serta merta, atau Setiap saat.", "Setiap saat", needed=True),
    Column("holder", "Pejabat atau unit yang menguasai", "", "Sekretaris dinas", needed=True),
    Column("responsible", "Penanggung jawab pembuatan", "", "Kepala dinas", needed=True),
    Column("made_on", "Tanggal pembuatan", "Tahun-bulan-hari atau 9 Maret 2026.", "2026-01-15", needed=True),
    Column("made_place", "Tempat pembuatan", "", "Kota", needed=True),
    Column("has_soft", "Tersedia berkas", "ya atau tidak.", "ya"),
    Column("has_hard", "Tersedia cetak", "ya atau tidak.", "tidak"),
    Column("retention", "Jangka waktu simpan", "Dari jadwal retensi arsip.", "5 tahun", needed=True),
    Column("retention_source", "Dasar jangka simpan", "", ""),
    Column("language", "Bahasa", "Kode: id, jv, su, en.", "id"),
    Column("licence", "Lisensi", "CC-BY-4.0, CC-BY-SA-4.0, CC0-1.0, atau COPYRIGHTED.", "CC-BY-4.0"),
    Column("topic", "Topik", "Satu kata.", "anggaran"),
    Column("year", "Tahun informasi", "", "2026"),
    Column("cycle", "Diperbarui", "Bila berubah, Setiap bulan, Setiap tiga bulan, Setiap enam bulan, Setiap tahun.",
           "Bila berubah"),
)  # fmt: skip
HEADERS = tuple(column.header for column in COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
_CATEGORY = {value: name.capitalize() for name, value in CATEGORIES.items()}
_CYCLE = {value: name.capitalize() for name, value in CYCLES.items()}


def cells_of(item: Item) -> list[Any]:
    """An entry as a row of the same table, so that what was taken out can be brought in again."""
    shown: dict[str, Any] = {
        "office": item.office.name,
        "category": _CATEGORY[Category(item.category)],
        "cycle": _CYCLE[UpdateCycle(item.cycle)],
        "has_soft": "ya" if item.has_soft else "tidak",
        "has_hard": "ya" if item.has_hard else "tidak",
        "made_on": item.made_on.isoformat(),
    }
    return [shown.get(column.key, getattr(item, column.key, None)) for column in COLUMNS]
