"""Reading a table of SP4N: the file as a whole, then row by row; every wrong row says why in one sentence."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.domains.reports.models import ArchiveReason, ReportClass, Status
from pendopo.domains.reports.sp4n import columns
from pendopo.kernel.text import clean, clean_line

MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
MOST_LETTERS = 20_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february peb", "mar maret march mrt", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu agustus aug august agt ags", "sep september sept",
            "okt oktober oct october", "nov november nop", "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


class UnreadableFile(ValueError):
    """The file as a whole is not a table of SP4N. The message says what is wrong."""


class RefusedRow(ValueError):
    """One row cannot become a report. The message says why."""


@dataclass(frozen=True)
class Incoming:
    """A row that was understood. Names of places and offices are still words."""

    tracking_id: str
    received_at: dt.datetime
    name: str
    report_class: ReportClass
    category_id: str
    category: str
    title: str
    text: str
    public_text: str
    anonymous: bool
    secret: bool
    source: str
    agency_id: str
    agency: str
    status: Status
    archive_reason: ArchiveReason | None
    province: str
    city: str
    district: str
    village: str


def decode(content: bytes) -> str:
    """The text of an uploaded file. Raises UnreadableFile."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(_("Berkas terlalu besar, paling besar 20 MB. Bagi menjadi beberapa berkas."))
    if content.startswith(b"PK"):
        raise UnreadableFile(_("Ini berkas Excel. Simpan dulu sebagai CSV (UTF-8), lalu unggah lagi."))
    try:
        return content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\x00", "")


def rows_of(text: str) -> list[dict[str, str]]:
    """All rows by column name. Raises UnreadableFile when needed columns are missing or there is nothing in it."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        missing = [name for name in columns.NEEDED if name not in names]
        if missing:
            raise UnreadableFile(
                _("Kolom ini tidak ada di berkas: %(names)s. Pakai berkas unduhan SP4N-LAPOR! apa adanya.")
                % {"names": ", ".join(missing)}
            )
        reader.fieldnames = names
        rows = [
            {str(key): value or "" for key, value in row.items() if isinstance(value, str)} for row in reader
        ]
    except csv.Error:
        raise UnreadableFile(
            _("Berkas ini bukan tabel CSV yang utuh. Unduh lagi dari SP4N-LAPOR!.")
        ) from None
    if not rows:
        raise UnreadableFile(_("Berkas ini tidak memuat satu baris pun."))
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(_("Paling banyak 20.000 baris. Bagi menjadi beberapa berkas."))
    return rows


def judge(row: Mapping[str, str], *, now: dt.datetime) -> Incoming:
    """One row as facts. Raises RefusedRow."""
    given = {name: clean_line(row.get(name, "")) for name in columns.COLUMNS}
    tracking = given["Tracking ID"]
    if not tracking or len(tracking) > 60:
        raise RefusedRow(_("Tracking ID kosong atau terlalu panjang."))
    received_at = _moment(given["Tanggal Laporan Masuk"], given["Waktu Laporan Masuk"])
    if received_at > now:
        raise RefusedRow(_("Tanggal laporan masuk ada di masa depan."))
    status = columns.status_from(given["Status Laporan"])
    if status is None:
        raise RefusedRow(_("Status “%(words)s” tidak dikenal.") % {"words": given["Status Laporan"][:60]})
    archived = status == Status.ARCHIVED
    return Incoming(
        tracking_id=tracking,
        received_at=received_at,
        name=given["Nama Pelapor"][:120],
        report_class=_class(given["Klasifikasi Laporan"]),
        category_id=_whole(given["ID Kategori"]),
        category=given["Kategori"][:200],
        title=given["Judul Laporan"][:300],
        text=_text(row, "Isi Laporan Awal", given["Judul Laporan"]),
        public_text=_text(
            row, "Isi Laporan Akhir" if row.get("Isi Laporan Akhir") else "Isi Laporan Awal", ""
        ),
        **_kind(given["Tipe Laporan (Anonim/Rahasia)"]),
        source=given["Sumber Laporan"][:120],
        agency_id=_whole(given["ID Instansi Terdisposisi"]),
        agency=given["Instansi Terdisposisi"][:200],
        status=status,
        archive_reason=columns.reason_from(given["Alasan Tunda/Arsip"], given["Status Laporan"])
        if archived
        else None,
        province=given["Provinsi"],
        city=given["Kota/Kabupaten"],
        district=given["Kecamatan"],
        village=given["Kelurahan"],
    )


def _text(row: Mapping[str, str], column: str, title: str) -> str:
    words = clean(row.get(column, ""))
    if not words:
        raise RefusedRow(_("Isi laporan kosong."))
    if len(words) > MOST_LETTERS:
        raise RefusedRow(_("Isi laporan lebih dari 20.000 huruf."))
    return words if not title or words.lower().startswith(title.lower()) else f"{title}\n\n{words}"


def _class(words: str) -> ReportClass:
    if not words:
        return ReportClass.ORDINARY
    found = columns.class_from(words)
    if found is None:
        raise RefusedRow(_("Klasifikasi “%(words)s” tidak dikenal.") % {"words": words[:60]})
    return found


def _kind(words: str) -> dict[str, bool]:
    marks = {mark.strip().lower() for mark in words.replace(",", "|").split("|") if mark.strip()}
    if not marks <= {"anonim", "rahasia"}:
        raise RefusedRow(_("Tipe laporan “%(words)s” tidak dikenal.") % {"words": words[:60]})
    return {"anonymous": "anonim" in marks, "secret": "rahasia" in marks}


def _whole(words: str) -> str:
    """A number that a spreadsheet turned into `674.0`."""
    return words.removesuffix(".0")[:20]


def _moment(day: str, time: str) -> dt.datetime:
    try:
        date = _date(day)
        clock = dt.time.fromisoformat(time) if time else dt.time()
        moment = timezone.make_aware(dt.datetime.combine(date, clock.replace(tzinfo=None)))
    except ValueError:
        raise RefusedRow(
            _("Tanggal “%(words)s” tidak terbaca. Contoh: 23 Sep 2024 00:41:43.")
            % {"words": f"{day} {time}"[:60]}
        ) from None
    if moment.year < 2000:
        raise RefusedRow(_("Tanggal laporan masuk terlalu lama."))
    return moment


def _date(words: str) -> dt.date:
    """`23 Sep 2024`, `2024-09-23`, `23/09/2024`; month names Indonesian or English."""
    parts = words.replace("/", " ").replace("-", " ").replace(".", " ").split()
    if len(parts) != 3:
        raise ValueError(words)
    first, middle, last = parts
    month = _MONTHS.get(middle.lower()) or int(middle)
    return dt.date(int(first), month, int(last)) if len(first) == 4 else dt.date(int(last), month, int(first))
