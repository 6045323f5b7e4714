"""The PPID page, the open list and the page of one entry, as a citizen meets them."""

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.domains.information.actions import keeping
from pendopo.domains.information.models import Category, Item, ItemStatus
from pendopo.domains.information.testing_catalogue import a_version, an_item, keeper_of, ppid_utama

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(government: Any, still: dt.datetime) -> dict[str, Item]:
    """Six published entries of two offices."""
    works, intake = government.works, government.intake
    day = dt.timedelta(days=1)
    return {
        "budget": an_item(
            title="Rencana anggaran perbaikan jalan kota", text="Perbaikan drainase dan trotoar.", office=works,
            category=Category.BERKALA, topic="anggaran", now=still - 6 * day,
        ),
        "clinic": an_item(
            title="Daftar puskesmas dan jam pelayanan kesehatan", text="Puskesmas Melati buka pagi.", office=intake,
            topic="kesehatan", year=2025, now=still - 5 * day,
        ),
        "flood": an_item(
            title="Peringatan dini banjir", category=Category.SERTA_MERTA, office=works, topic="bencana",
            summary="Warga bantaran sungai harap waspada.", now=still - 4 * day,
        ),
        "report": an_item(
            title="Laporan kinerja", text="Lampiran menyebut drainase satu kali.", office=intake,
            now=still - 3 * day,
        ),
        "exempt": an_item(
            title="Data penerima bantuan yang sakit", category=Category.DIKECUALIKAN, office=works,
            text="nama rahasiazebra", now=still - 2 * day,
        ),
        "paper": an_item(title="Arsip peta lama", has_hard=True, has_soft=False, office=works, now=still - day),
    }  # fmt: skip


def words_of(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)


def titles(path: str) -> list[str]:
    return re.findall(r'<h3><a href="/ppid/informasi/\w+/">([^<]*)</a>', words_of(path))


def test_the_ppid_page_offers_search_doors_kinds_and_the_laws_limits(shelf: dict[str, Item]) -> None:
    page = words_of("/ppid/")
    main = page.partition("<main")[2]
    assert main.index('name="q"') < main.index("Cari informasi</a>") < main.index("Empat jenis informasi")
    assert "Berkala</a> <b>(1)</b>" in page and "Setiap saat</a> <b>(3)</b>" in page and "Dikecualikan</a> <b>(1)</b>" in page
    assert titles("/ppid/")[0] == "Arsip peta lama"
    assert "paling lama 10 hari kerja" in page and "UU 14/2008 Pasal 22 ayat (7)" in page
    assert len(gzip.compress(Client().get("/ppid/").content)) < 20_000


def test_words_are_found_by_their_stem_in_titles_summaries_and_files(shelf: dict[str, Item]) -> None:
    assert titles("/ppid/informasi/?q=memperbaiki")[0] == shelf["budget"].title
    found = words_of("/ppid/informasi/?q=drainase")
    assert shelf["budget"].title in found and shelf["report"].title in found
    assert "menyebut <mark>drainase</mark>" in found
    assert titles("/ppid/informasi/?q=waspada") == [shelf["flood"].title]
    assert titles("/ppid/informasi/?q=jalan+-kesehatan") == [shelf["budget"].title]


def test_title_words_weigh_more_than_words_in_a_file(shelf: dict[str, Item], still: dt.datetime) -> None:
    an_item(title="Tugas pokok", text="Puskesmas disebut di sini.", now=still)
    assert titles("/ppid/informasi/?q=puskesmas") == [shelf["clinic"].title, "Tugas pokok"]
    assert titles("/ppid/informasi/?q=puskesmas&urut=terbaru") == ["Tugas pokok", shelf["clinic"].title]


def test_a_mistyped_word_is_understood(shelf: dict[str, Item]) -> None:
    page = words_of("/ppid/informasi/?q=puskesmsa")
    assert "Mungkin maksud Anda" in page and "puskesmas</b></a>" in page and shelf["clinic"].title in page
    assert titles("/ppid/informasi/?q=daftar+puskesms") == [shelf["clinic"].title]
    nothing = words_of("/ppid/informasi/?q=xyzzyqq")
    assert "Belum ada informasi yang cocok" in nothing and "Mungkin maksud Anda" not in nothing
    assert 'value="xyzzyqq"' in nothing


def test_filters_narrow_and_tell_what_they_would_leave(shelf: dict[str, Item], government: Any) -> None:
    page = words_of("/ppid/informasi/")
    assert "6 informasi" in page
    for url, number in (
        ("?kategori=BERKALA", 1), ("?kantor=dpu", 4), ("?tahun=2025", 1), ("?format=DOCX", 3), ("?topik=kesehatan", 1),
    ):  # fmt: skip
        facet = re.search(rf'<a href="{re.escape(url)}"[^>]*>.*?<span class="number">(\d+)', page, re.DOTALL)
        assert facet and int(facet[1]) == number, url
        assert len(titles(f"/ppid/informasi/{url}")) == number, url
    both = words_of("/ppid/informasi/?kantor=dpu&q=drainase")
    assert titles("/ppid/informasi/?kantor=dpu&q=drainase") == [shelf["budget"].title]
    assert 'name="kantor" value="dpu"' in both and "Hapus saringan" in both
    assert "Dinas Komunikasi dan Informatika" in both  # the other office can still be chosen


def test_what_is_wrong_in_the_address_is_said(government: Any) -> None:
    for query in ("kategori=X", "kantor=tidak-ada", "tahun=12x", "format=EXE", "urut=acak", f"q={'a' * 101}", "m=x1", "h=0", "h=999"):
        assert Client().get(f"/ppid/informasi/?{query}").status_code == 422, query
    assert "Daftarnya belum terisi" in words_of("/ppid/informasi/")
    assert words_of("/ppid/informasi/?q=%00%22%3Cscript%3E").count("<script>") == 0


def test_pages_go_on_where_the_last_one_ended(government: Any, still: dt.datetime) -> None:
    for number in range(45):
        item = an_item(status=ItemStatus.DRAFT, title=f"Dokumen nomor {number}", now=still)
        at = still + dt.timedelta(seconds=number // 2)
        Item.objects.filter(pk=item.pk).update(
            category=Category.SERTA_MERTA, status=ItemStatus.FIXED, published_at=at, modified_at=at, number=number + 1
        )
    for query in ("", "q=dokumen&urut=terbaru", "q=dokumen"):
        seen, path, pages = [], f"/ppid/informasi/?{query}", [f"/ppid/informasi/?{query}"]
        while True:
            page = words_of(path)
            seen.append(titles(path))
            onward = re.search(r'rel="next" href="([^"]*)"', page)
            if not onward:
                break
            path = "/ppid/informasi/" + onward[1].replace("&amp;", "&")
            pages.append(path)
        assert [len(part) for part in seen] == [20, 20, 5], query
        assert len(set(sum(seen, []))) == 45
        back = re.search(r'rel="prev" href="([^"]*)"', page)
        assert back and titles("/ppid/informasi/" + back[1].replace("&amp;", "&")) == seen[1], query


def test_an_entry_shows_the_columns_of_the_law_its_versions_and_linked_data(
    shelf: dict[str, Item], still: dt.datetime
) -> None:
    item = shelf["budget"]
    a_version(item, text="Versi kedua", now=still)
    page = words_of(f"/ppid/informasi/{item.slug}/")
    for words in (
        "Pejabat atau unit yang menguasai", "Sekretaris dinas", "Penanggung jawab", "Kepala dinas", "Kota Uji",
        "berkas digital", "5 tahun", "188/1/2026", "CC BY 4.0", "Versi 2", "Versi 1", "Isi diperbarui.", "SHA-256",
    ):  # fmt: skip
        assert words in page, words
    raw = Client().get(f"/ppid/informasi/{item.slug}/").content.decode()
    nonce = re.search(r'<script type="application/ld\+json" nonce="([^"]+)">(.*?)</script>', raw, re.DOTALL)
    assert nonce
    told = json.loads(nonce[2])
    assert told["@type"] == "Dataset" and told["identifier"].endswith(f"/ppid/informasi/{item.slug}/")
    assert told["distribution"][0]["contentUrl"].endswith("-v2.docx")
    assert f'rel="canonical" href="{told["identifier"]}"' in raw
    paper = words_of(f"/ppid/informasi/{shelf['paper'].slug}/")
    assert "tersedia dalam bentuk cetak" in paper
    assert words_of(f"/ppid/informasi/{shelf['flood'].slug}/").count("suratnya menyusul") in (0, 1)


def test_linked_data_cannot_break_out_of_its_script(government: Any, still: dt.datetime) -> None:
    item = an_item(title="Judul </script><script>alert(1)</script> & uji", now=still)
    raw = Client().get(f"/ppid/informasi/{item.slug}/").content.decode()
    assert "<script>alert(1)" not in raw
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', raw, re.DOTALL)
    assert found and json.loads(found[1])["name"] == item.title


def test_an_exempted_entry_says_why_and_shows_no_file(shelf: dict[str, Item]) -> None:
    page = words_of(f"/ppid/informasi/{shelf['exempt'].slug}/")
    assert "Huruf h. Mengungkap rahasia pribadi" in page and "UU 27/2022 Pasal 4 ayat (2)" in page
    assert "Sampai" in page and "/ppid/berkas/" not in page and "rahasiazebra" not in page
    assert titles("/ppid/informasi/?q=rahasiazebra") == []
    assert "huruf" in words_of("/ppid/dik/").lower() and "h. Mengungkap rahasia pribadi" in words_of("/ppid/dik/")


def test_what_was_withdrawn_leaves_a_gravestone(shelf: dict[str, Item], still: dt.datetime) -> None:
    item = shelf["report"]
    path = re.search(r'href="(/ppid/berkas/[^"]+)"', words_of(f"/ppid/informasi/{item.slug}/"))
    assert path
    keeping.withdraw(item_id=item.pk, seen=None, reason="Ternyata ganda.", by=ppid_utama(), now=still)
    page = words_of(f"/ppid/informasi/{item.slug}/", 410)
    assert "Ternyata ganda." in page and "9 Maret 2026" in page and item.title not in page
    words_of(path[1], 410)
    keeping.restore(item_id=item.pk, seen=None, by=keeper_of(item.office), now=still)
    assert item.title not in words_of(f"/ppid/informasi/{item.slug}/", 410)
    words_of("/ppid/informasi/tidakada99/", 404)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/ppid/", 10), ("/ppid/informasi/", 8), ("/ppid/informasi/?q=drainase&kantor=dpu", 10),
     ("/ppid/informasi/?q=puskesmsa", 13), ("/ppid/dip/", 8), ("/ppid/dik/", 8)],
)  # fmt: skip
def test_pages_ask_the_database_a_constant_number_of_times(
    path: str, most: int, shelf: dict[str, Item], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(most):
        assert Client().get(path).status_code == 200


def test_the_statutory_list_pages_filters_and_downloads(shelf: dict[str, Item]) -> None:
    page = words_of("/ppid/dip/?kantor=dpu")
    assert shelf["budget"].title in page and shelf["clinic"].title not in page and shelf["exempt"].title not in page
    assert "Jangka simpan" in page and "188/" in page
    assert Client().get("/ppid/dip/?kantor=x").status_code == 422
    table = Client().get("/ppid/dip.csv").getvalue().decode()
    assert table.count("\n") == 6 and "rahasiazebra" not in table
    for name in ("dip", "dik"):
        book = Client().get(f"/ppid/{name}.xlsx")
        assert book.content[:2] == b"PK"
    held = Client().get("/ppid/dik.csv").getvalue().decode()
    assert shelf["exempt"].title in held and ",h," in held and shelf["budget"].title not in held


def test_the_home_page_and_the_search_over_everything_show_the_catalogue(shelf: dict[str, Item]) -> None:
    assert shelf["clinic"].title in words_of("/cari/?q=puskesmas")
    assert 'href="/ppid/"' in words_of("/")
