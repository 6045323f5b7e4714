"""Lists brought in as a table: everything is judged first, and written only when confirmed."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pendopo.base.files.examine import DATA, examine
from pendopo.base.files.refusals import FileRefused
from pendopo.base.files.testing import BAD_OFFICE, xlsx_file
from pendopo.domains.information.importing import carrying, tables
from pendopo.domains.information.importing.columns import COLUMNS, HEADERS, cells_of
from pendopo.domains.information.models import ImportState, Item, ItemImport, ItemStatus
from pendopo.domains.information.testing_catalogue import an_item, prepare
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.tables import csv_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(government: Any) -> None:
    prepare()


def a_row(**cells: Any) -> tuple[Any, ...]:
    """A good row of the template, with these cells instead."""
    return tuple(cells.get(column.key, column.example) for column in COLUMNS)


def table(*rows: tuple[Any, ...], name: str = "daftar.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xlsx_file(("Daftar Informasi Publik",), HEADERS, *rows))


def brought(
    upload: SimpleUploadedFile,
    by: Any,
    office: Any,
    now: dt.datetime,
    *,
    update: bool = False,
    propose: bool = False,
) -> ItemImport:
    """The import after its rows were judged."""
    batch = carrying.start(
        upload=examine(upload, DATA), office=office, update=update, propose=propose, by=by, now=now
    )
    carrying.read_table(import_id=str(batch.pk))
    batch.refresh_from_db()
    return batch


def written(batch: ItemImport, by: Any, now: dt.datetime) -> ItemImport:
    carrying.confirm(import_id=batch.pk, by=by, now=now)
    carrying.write_table(import_id=str(batch.pk))
    batch.refresh_from_db()
    return batch


def test_nothing_is_written_before_it_is_confirmed(sari: Any, tono: Any, government: Any, now: Any) -> None:
    rows = (
        a_row(title="Satu"),
        a_row(
            title="Dua",
            made_on=dt.date(2026, 2, 3),
            category="BERKALA",
            cycle="Setiap bulan",
        ),
        a_row(title=""),
        a_row(title="Tiga", category="penting"),
        a_row(title="Empat", made_on="kemarin"),
        a_row(title="Lima", made_on="2026-12-31"),
        a_row(title="Enam", office="Dinas Lingkungan Hidup"),
        a_row(title="Tujuh", office="Dinas Antariksa"),
        a_row(title="Delapan", summary='=HYPERLINK("http://contoh.example","klik")'),
        a_row(title="Sembilan", category="Berkala", cycle="Setiap tahun"),
        a_row(title="Sepuluh", category="Dikecualikan"),
        a_row(title="satu"),
        a_row(title="Sebelas", number="77"),
        a_row(title="x" * 201),
        a_row(title="Dua belas", year="MMXX"),
    )
    batch = brought(table(*rows), sari, government.works, now)
    assert (batch.state, batch.total, batch.accepted) == (ImportState.CHECKED, 15, 2)
    assert not Item.objects.exists()
    assert [(row["row"], row["column"]) for row in batch.refused] == [
        (5, "Judul"),
        (6, "Kategori"),
        (7, "Tanggal pembuatan"),
        (8, "Tanggal pembuatan"),
        (9, "Perangkat daerah"),
        (10, "Perangkat daerah"),
        (11, "Ringkasan isi"),
        (12, "Diperbarui"),
        (13, "Kategori"),
        (14, "Judul"),
        (15, "Nomor"),
        (16, "Judul"),
        (17, "Tahun informasi"),
    ]
    assert all(row["reason"].endswith(".") for row in batch.refused)
    with pytest.raises(ItemImport.DoesNotExist):
        carrying.confirm(import_id=batch.pk, by=tono, now=now)
    done = written(batch, sari, now)
    assert (done.state, done.created, done.updated, done.rows) == (ImportState.DONE, 2, 0, [])
    second = Item.objects.get(title="Dua")
    assert (second.made_on, second.cycle, second.status, second.office) == (
        dt.date(2026, 2, 3), "MONTHLY", ItemStatus.DRAFT, government.works,
    )  # fmt: skip
    written(batch, sari, now)
    assert Item.objects.count() == 2, "confirmed twice it is written once"


def test_the_same_rows_again_update_or_are_refused(
    sari: Any, koordinator: Any, government: Any, now: Any
) -> None:
    fixed = an_item(office=government.works, title="Rencana kerja 2026", now=now)
    same = a_row(retention="10 tahun", made_on="2026-01-15")
    refused = brought(table(same), sari, government.works, now)
    assert (refused.accepted, refused.refused[0]["column"]) == (0, "Judul")
    with pytest.raises(Refused, match="Tidak ada baris"):
        carrying.confirm(import_id=refused.pk, by=sari, now=now)
    done = written(brought(table(same), sari, government.works, now, update=True), sari, now)
    fixed.refresh_from_db()
    assert (done.updated, done.created, fixed.retention, fixed.status) == (1, 0, "10 tahun", ItemStatus.FIXED)
    renamed = table(a_row(number=fixed.number, title="Judul baru"))
    tried = written(brought(renamed, sari, government.works, now, update=True), sari, now)
    assert (tried.updated, "Hanya PPID Utama" in tried.refused[0]["reason"]) == (0, True)
    again = table(a_row(number=fixed.number, title="Judul baru"))
    written(brought(again, koordinator, government.works, now, update=True), koordinator, now)
    fixed.refresh_from_db()
    assert fixed.title == "Judul baru"


def test_a_killed_writing_goes_on_where_it_stopped(
    sari: Any, government: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "AT_ONCE", 2)
    batch = brought(
        table(*(a_row(title=f"Judul {n}") for n in range(5))), sari, government.works, now, propose=True
    )
    carrying.confirm(import_id=batch.pk, by=sari, now=now)
    judge = carrying.Judge(office=government.works, update=False, by=sari, now=now)
    assert carrying._some(batch.pk, judge, now)
    assert Item.objects.count() == 2
    carrying.write_table(import_id=str(batch.pk))
    batch.refresh_from_db()
    assert (batch.created, batch.state, batch.refused) == (5, ImportState.DONE, [])
    assert Item.objects.filter(status=ItemStatus.PROPOSED).count() == 5


def test_files_that_are_no_table_of_ours(sari: Any, tono: Any, government: Any, now: Any) -> None:
    for upload, sentence in (
        (
            SimpleUploadedFile("a.xlsx", xlsx_file(("Judul", "Kategori"), ("a", "Berkala"))),
            "Kolom ini tidak ada",
        ),
        (SimpleUploadedFile("a.xlsx", xlsx_file(HEADERS)), "Tidak ada baris"),
        (SimpleUploadedFile("a.csv", b"nama;umur\nsari;3\nbudi;4\n"), "Kolom ini tidak ada"),
    ):
        batch = brought(upload, sari, government.works, now)
        assert batch.state == ImportState.REFUSED and sentence in batch.problem
    for wrong in (
        "macros, told by the part",
        "a part that unpacks a thousandfold",
        "DDE in a formula",
        "entities",
    ):
        with pytest.raises(FileRefused):
            examine(SimpleUploadedFile("a.xlsx", BAD_OFFICE[wrong][1]()), DATA)
    with pytest.raises(NotAllowed):
        brought(table(a_row()), tono, government.works, now)


def test_what_is_taken_out_can_be_brought_in_again(sari: Any, government: Any, now: Any) -> None:
    an_item(office=government.works, title='=cmd|"/c calc"!A1', holder="+62 811", now=now)
    item = Item.objects.select_related("office").get()
    content = tables.workbook(HEADERS, [cells_of(item)], title="Daftar")
    cells = next(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2))
    assert "f" not in {cell.data_type for cell in cells}
    assert cells[2].value == "'" + item.title and cells[0].value == item.number
    lines = "".join(csv_text(HEADERS, [cells_of(item)]))
    assert "'=cmd" in lines and '"=cmd' not in lines
    item.title = "Aman"
    text = "".join(csv_text(HEADERS, [cells_of(item)])).encode()
    Item.objects.filter(pk=item.pk).update(title="Aman")
    batch = brought(SimpleUploadedFile("daftar.csv", text), sari, government.works, now, update=True)
    assert (batch.accepted, batch.refused) == (1, [])
