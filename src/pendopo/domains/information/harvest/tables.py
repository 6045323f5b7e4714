"""The list as tables: CSV for everybody, XLSX for offices, and the newest changes for feed readers."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from openpyxl import Workbook

from pendopo.base.organizations.public import offices_by_id
from pendopo.domains.information import finding, reading
from pendopo.domains.information.models import Category, ConsequenceTest, Item, ItemQuerySet, UpdateCycle
from pendopo.domains.information.paging import NEWEST
from pendopo.kernel.tables import csv_text, safe_cell

MOST_ROWS, MOST_SHEET_ROWS, MOST_FOUND = 50_000, 5_000, 5_000
COLUMNS = (
    "id", "nomor", "judul", "ringkasan", "kategori", "perangkat_daerah", "penguasa", "penanggung_jawab",
    "tanggal_pembuatan", "tempat_pembuatan", "bentuk", "jangka_simpan", "dasar_simpan", "surat_keputusan", "tahun",
    "topik", "bahasa", "lisensi", "diperbarui", "terbit", "berubah", "diunduh", "format", "ukuran", "sha256", "berkas",
)  # fmt: skip
EXEMPT_COLUMNS = (
    "id", "nomor", "informasi", "perangkat_daerah", "huruf", "alasan", "dasar_hukum", "mulai", "sampai",
    "surat_keputusan", "tautan",
)  # fmt: skip


def chosen_rows(words: str, chosen: Mapping[str, str]) -> ItemQuerySet:
    """The list behind a table, newest first; with words at most MOST_FOUND of them. One query when there are words."""
    items = finding.narrowed(Item.objects.published(), chosen)
    if words:
        with finding.through_the_index():
            found = finding.holding(items, words).order_by(*NEWEST).values_list("pk", flat=True)
            items = Item.objects.published().filter(pk__in=list(found[:MOST_FOUND]))
    return items.light().select_related("decree").order_by(*NEWEST)


def as_csv(items: ItemQuerySet, *, most: int = MOST_ROWS) -> Iterator[str]:
    return csv_text(COLUMNS, rows(items, most=most))


def rows(items: ItemQuerySet, *, most: int) -> Iterator[list[object]]:
    """A thousand entries at a time with their newest files: two queries for each thousand."""
    labels = {
        "category": {key: str(label) for key, label in Category.choices},
        "cycle": {key: str(label) for key, label in UpdateCycle.choices},
        "soft": _("berkas digital"),
        "hard": _("cetakan"),
    }
    batch: list[Item] = []
    for item in items[:most].iterator(chunk_size=1000):
        batch.append(item)
        if len(batch) == 1000:
            yield from _cells(batch, labels)
            batch = []
    yield from _cells(batch, labels)


def _cells(items: list[Item], labels: Mapping[str, dict]) -> Iterator[list[object]]:
    files, offices = reading.open_files(items) if items else {}, offices_by_id()
    for item in items:
        file = next(iter(files.get(item.pk, ())), None)
        forms = [labels["soft"]] * item.has_soft + [labels["hard"]] * item.has_hard
        yield [
            reading.page_url(item.slug), item.number, item.title, item.summary, labels["category"][item.category],
            offices[item.office_id].name, item.holder, item.responsible, _day(item.made_on), item.made_place,
            ", ".join(map(str, forms)), item.retention, item.retention_source, item.decree.number if item.decree else "",
            item.year, item.topic, item.language, item.licence, labels["cycle"][item.cycle], _at(item.published_at),
            _at(item.modified_at), item.downloads, *((file.kind, file.size, file.sha256, file.url) if file else [""] * 4),
        ]  # fmt: skip


def exempt_rows(pairs: Iterable[tuple[Item, ConsequenceTest | None]]) -> Iterator[list[object]]:
    """The exempted entries with letter, law and period; an entry without a test in force says so by empty cells."""
    offices = offices_by_id()
    for item, test in pairs:
        about: list[object] = [""] * 6
        if test is not None:
            until = _("tanpa batas waktu") if test.permanent else _day(test.expires_on)
            decree = test.decree.number if test.decree else ""
            about = [test.letter, test.ground.label, test.law, _day(test.starts_on), until, decree]
        yield [reading.page_url(item.slug), item.number, item.title, offices[item.office_id].name, *about,
               reading.page_url(item.slug)]  # fmt: skip


def as_xlsx(header: Iterable[str], lines: Iterable[Iterable[object]], *, title: str) -> bytes:
    """A workbook with one sheet. Cells that look like formulas stay words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.append(list(header))
    for line in lines:
        sheet.append([cell if isinstance(cell, int) else safe_cell(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _at(at: dt.datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
