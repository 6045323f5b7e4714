"""The staff's pages of the lists: who comes in, what they show, and what happens to forms that are refused."""

import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pendopo.base.files.testing import docx_file
from pendopo.domains.information.importing.columns import COLUMNS, HEADERS
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    Decree,
    ExemptionGround,
    Item,
    ItemImport,
    ItemStatus,
    TestStatus,
)
from pendopo.domains.information.testing_catalogue import a_test, a_version, an_item, prepare
from pendopo.domains.information.tests.test_keeping_tables import a_row, brought, table
from pendopo.domains.information.views import keeping_tables

pytestmark = pytest.mark.django_db
LIST = "/meja/ppid/informasi/"


@pytest.fixture(autouse=True)
def _rules(government: Any, still: Any) -> None:
    prepare()


def fields(**columns: Any) -> dict[str, Any]:
    made = {
        "key": str(uuid.uuid4()), "title": "Peta rawan banjir", "summary": "Peta per kelurahan.",
        "category": Category.SETIAP_SAAT, "holder": "Kepala bidang", "responsible": "Kepala dinas",
        "made_on": "2026-01-15", "made_place": "Kota Uji", "has_soft": "on", "language": "id",
        "licence": "CC-BY-4.0", "cycle": "NONE", "retention": "5 tahun",
    }  # fmt: skip
    return {**made, **columns}


def test_pages_are_there_for_staff_and_rows_for_their_office(
    everyone: Any, government: Any, as_user: Any
) -> None:
    item = an_item(status=ItemStatus.DRAFT, office=government.works, title="Rahasia draf DPU")
    test = a_test(office=government.works, status=TestStatus.PROPOSED)
    pages = [LIST, "/meja/ppid/uji/", "/meja/ppid/keputusan/", f"{LIST}?tab=draf&q=draf"]
    for name, person in everyone.items():
        client = as_user(person)
        staff = name not in ("warga", "anon")
        for page in pages:
            answer = client.get(page)
            assert (answer.status_code == 200) == staff, (name, page)
            if staff:
                sees = Item.objects.desk_of(person).filter(pk=item.pk).exists()
                assert ("Rahasia draf DPU" in answer.content.decode()) == (
                    sees and page.startswith(LIST)
                ) or (page == "/meja/ppid/uji/")
        keeps = name in ("sari", "budi", "ibu_ratna", "koordinator")
        reads = keeps or name in ("pengamat", "administrator", "sekda")
        refused = (302, 404) if not staff else (404,)
        for page, allowed in (
            (f"{LIST}{item.pk}/", reads),
            (f"{LIST}{item.pk}/ubah/", keeps),
            (f"/meja/ppid/uji/{test.pk}/", reads),
            ("/meja/ppid/keputusan/daftar/", name == "koordinator"),
            ("/meja/ppid/keputusan/pengecualian/", name == "koordinator"),
        ):
            code = client.get(page).status_code
            assert code == 200 if allowed else code in refused, (name, page, code)


def test_an_officer_writes_an_entry_and_nothing_typed_is_lost(
    sari: Any, government: Any, as_user: Any
) -> None:
    client: Client = as_user(sari)
    given = fields(office=government.works.pk)
    wrong = client.post(f"{LIST}baru/", {**given, "category": Category.BERKALA})
    assert wrong.status_code == 422 and not Item.objects.exists()
    assert "paling lama setiap 6 bulan" in wrong.content.decode()
    assert "Peta per kelurahan." in wrong.content.decode()
    elsewhere = client.post(f"{LIST}baru/", {**given, "office": government.environment.pk})
    assert elsewhere.status_code == 422
    for _twice in range(2):
        assert client.post(f"{LIST}baru/", given).status_code == 302
    item = Item.objects.get()
    page = f"{LIST}{item.pk}/"
    sent = client.post(f"{page}berkas/", {"file": SimpleUploadedFile("peta.docx", docx_file("Peta"))})
    assert sent.status_code == 302 and item.versions.count() == 1
    shown = client.get(page).content.decode()
    assert item.versions.get().file.sha256 in shown and "Sedang diperiksa" in shown
    stale = client.post(f"{page}ubah/", {**given, "seen": 1, "title": "Judul lain"})
    assert stale.status_code == 422 and "Rekan Anda baru saja" in stale.content.decode()
    assert "Judul lain" in stale.content.decode()
    assert client.post(f"{page}usulkan/", {"seen": 2}).status_code == 302
    again = client.post(f"{page}usulkan/", {"seen": 3})
    assert again.status_code == 422 and "dapat diusulkan" in again.content.decode()
    assert client.post(f"{page}kembalikan/", {"seen": 3, "reason": "Belum jelas."}).status_code == 404
    assert client.post(f"{page}hapus/", {}).status_code == 404
    bad = client.post(f"{page}berkas/", {"file": SimpleUploadedFile("x.exe", b"MZ" + b"x" * 99)})
    assert bad.status_code == 422 and item.versions.count() == 1


def test_ppid_utama_fixes_the_ticked_ones(koordinator: Any, government: Any, as_user: Any) -> None:
    one, two, three = (
        an_item(status=ItemStatus.PROPOSED, office=government.works, title=f"Judul {n}") for n in (1, 2, 3)
    )
    client = as_user(koordinator)
    rows = [f"{one.pk}.{one.version}", f"{two.pk}.{two.version}"]
    paper = {
        "number": "188/1/2026",
        "title": "Penetapan DIP",
        "signed_on": "2026-03-09",
        "signer": "Kepala dinas",
    }
    wrong = client.post("/meja/ppid/keputusan/daftar/", {**paper, "signed_on": "2026-03-10", "row": rows})
    assert wrong.status_code == 422 and not Decree.objects.exists()
    assert f'value="{three.pk}.{three.version}">' in wrong.content.decode(), "what was not ticked stays so"
    none = client.post("/meja/ppid/keputusan/daftar/", {**paper, "row": ["x", "1.2.3", "9" * 30]})
    assert none.status_code == 422
    done = client.post("/meja/ppid/keputusan/daftar/", {**paper, "row": rows}, follow=True)
    assert done.status_code == 200 and "Judul 1" in done.content.decode()
    assert sorted(Item.objects.filter(status=ItemStatus.FIXED).values_list("number", flat=True)) == [1, 2]


def test_a_sheet_from_its_form_to_the_decree(
    sari: Any, koordinator: Any, government: Any, as_user: Any
) -> None:
    client, utama = as_user(sari), as_user(koordinator)
    ground = {one.letter: one.pk for one in ExemptionGround.objects.all()}
    given = {
        "key": str(uuid.uuid4()), "office": government.works.pk, "information": "Nama penerima bantuan",
        "ground": ground["a"], "law": "UU 27/2022 Pasal 4", "consequence_open": "Diketahui umum.",
        "consequence_closed": "Terlindungi.", "permanent": "on", "occasion": "BEFORE",
    }  # fmt: skip
    wrong = client.post("/meja/ppid/uji/baru/", given)
    assert wrong.status_code == 422 and "tidak boleh tanpa batas waktu" in wrong.content.decode()
    given = {**given, "ground": ground["h"], "permanent": "", "years": "3"}
    assert client.post("/meja/ppid/uji/baru/", given).status_code == 302
    test = ConsequenceTest.objects.get()
    page = f"/meja/ppid/uji/{test.pk}/"
    assert client.post(f"{page}usulkan/", {"seen": 1}).status_code == 302
    noted = {"seen": 2, "council_on": "2026-03-09", "council_opinion": "Tim setuju dikecualikan."}
    assert client.post(f"{page}pendapat/", noted).status_code == 404
    assert utama.post(f"{page}pendapat/", {**noted, "council_on": "2026-03-10"}).status_code == 422
    assert utama.post(f"{page}pendapat/", noted).status_code == 302
    paper = {"number": "188/2/2026", "title": "DIK", "signed_on": "2026-03-09", "signer": "Kepala dinas"}
    assert (
        utama.post("/meja/ppid/keputusan/pengecualian/", {**paper, "row": f"{test.pk}.3"}).status_code == 302
    )
    test.refresh_from_db()
    assert test.status == TestStatus.FIXED
    reused = client.get(f"/meja/ppid/uji/baru/?dari={test.pk}").content.decode()
    assert "Disalin dari lembar" in reused and "Nama penerima bantuan" in reused
    copy = {**given, "key": str(uuid.uuid4())}
    assert client.post(f"/meja/ppid/uji/baru/?dari={test.pk}", copy).status_code == 302
    assert ConsequenceTest.objects.exclude(pk=test.pk).get().based_on == test
    assert "penerima" in client.get("/meja/ppid/uji/?q=penerima").content.decode()


def test_the_list_is_cheap_and_pages_on(
    sari: Any, koordinator: Any, government: Any, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(33):
        an_item(status=ItemStatus.DRAFT, office=government.works, title=f"Judul {number:02}")
    for person in (sari, koordinator):
        client = as_user(person)
        client.get(LIST)
        with django_assert_max_num_queries(10):
            first = client.get(f"{LIST}?tab=draf").content.decode()
    after = first.split("sesudah=")[1].split('"')[0]
    second = client.get(f"{LIST}?tab=draf&sesudah={after}").content.decode()
    shown = [sum(f"Judul {n:02}<" in page for n in range(33)) for page in (first, second)]
    assert shown == [30, 3]
    assert client.get(f"{LIST}?tab=draf&sesudah=besok_1").status_code == 200
    assert client.get(f"{LIST}?tab=perbarui&sesudah={after}").status_code == 200


def test_an_entry_page_shows_files_and_lets_them_out(
    sari: Any, tono: Any, government: Any, as_user: Any, django_assert_max_num_queries: Any
) -> None:
    item = an_item(office=government.works, text="Isi pertama", category=Category.BERKALA)
    old = item.versions.get()
    new = a_version(item, text="Isi kedua", published=False)
    client = as_user(sari)
    client.get(f"{LIST}{item.pk}/")
    with django_assert_max_num_queries(16):
        shown = client.get(f"{LIST}{item.pk}/").content.decode()
    assert "Belum terbit" in shown and "Masih berlaku" in shown
    page = f"/meja/ppid/berkas/{new.pk}/"
    assert client.get(page).status_code == 302 and as_user(tono).get(page).status_code == 404
    assert as_user(tono).post(f"{page}terbitkan/").status_code == 404
    warned = client.post(f"{page}terbitkan/", {"note": "Angka baru."})
    assert warned.status_code == 422 and "Angka baru." in warned.content.decode()
    words = {"note": "Angka baru.", "looked_through": "Nama pembuatnya memang pejabat."}
    assert [client.post(f"{page}terbitkan/", words).status_code for _twice in range(2)] == [302, 422]
    assert client.post(f"/meja/ppid/berkas/{old.pk}/tarik/", {"reason": ""}).status_code == 422
    assert client.post(f"/meja/ppid/berkas/{old.pk}/tarik/", {"reason": "Salah berkas."}).status_code == 302
    assert client.post(f"{page}hitamkan/").status_code == 302, "only a PDF is blackened; a sentence says so"


def test_tables_in_and_out(
    sari: Any, budi: Any, government: Any, as_user: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(sari)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}contoh/").content))
    assert [cell.value for cell in sheet["Daftar"][1]] == list(HEADERS)
    assert sheet["Petunjuk"].max_row == len(COLUMNS) + 1
    sent = client.post(
        f"{LIST}masuk/", {"file": table(a_row(), a_row(title="")), "office": government.works.pk}
    )
    batch = ItemImport.objects.get()
    assert sent["Location"] == f"{LIST}masuk/{batch.pk}/"
    assert "Sedang diperiksa" in client.get(sent["Location"]).content.decode()
    batch.delete()
    batch = brought(table(a_row(), a_row(title="")), sari, government.works, now)
    page = f"{LIST}masuk/{batch.pk}/"
    assert "Masukkan 1 baris" in client.get(page).content.decode()
    assert as_user(budi).get(page).status_code == 404, "only who brought it in"
    refused = openpyxl.load_workbook(io.BytesIO(client.get(f"{page}ditolak.xlsx").content)).worksheets[0]
    assert [cell.value for cell in refused[2]][:3] == [4, "Judul", "Tulis judul informasinya."]
    assert client.post(f"{page}jalankan/").status_code == 302
    assert "Sedang dimasukkan" in client.get(page).content.decode()
    bad = client.post(f"{LIST}masuk/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04x")})
    assert bad.status_code == 422
    an_item(office=government.works, title="Terbit", now=now)
    an_item(office=government.environment, title="Kantor lain", status=ItemStatus.DRAFT, now=now)
    lines = b"".join(client.get(f"{LIST}unduh/?bentuk=csv&tab=tetap").streaming_content).decode()
    assert "Terbit" in lines and "Kantor lain" not in lines
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}unduh/?bentuk=xlsx").content))
    assert book.worksheets[0].max_row == 2
    wrong = client.get(f"{LIST}unduh/?bentuk=csv&year=kemarin")
    assert wrong.status_code == 302 and "year=kemarin" in wrong.url, "the list says what is wrong"
    monkeypatch.setattr(keeping_tables, "MOST", 0)
    assert "Terlalu banyak baris" in client.get(f"{LIST}unduh/?bentuk=csv", follow=True).content.decode()
