"""The portal's own pages: light, steady in queries, the same for everybody, and honest when nothing is set up."""

import gzip
from typing import Any

import pytest
from django.test import Client

from pendopo.domains.reports.testing import a_report, prepare

PAGES = ("/", "/cari/", "/cari/?q=lampu", "/peta/", "/tentang/", "/privasi/", "/aksesibilitas/")


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_before_anything_is_set_up(page: str) -> None:
    assert Client().get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["anon", "warga", "sari", "tono", "koordinator", "administrator", "pengamat"])
def test_no_page_of_the_hall_shows_a_secret_report(
    page: str, who: str, government: Any, everyone: Any, as_user: Any
) -> None:
    a_report(text="Lampu jalan mati di depan pasar.", point=(-7.56, 110.81))
    a_report(text="Lampu zebrakuning dicuri orang dalam.", secret=True, point=(-7.56, 110.81))
    a_report(text="Lampu jerapahbiru kata kasar.", hidden=True, point=(-7.56, 110.81))
    words = as_user(everyone[who]).get(page).content.decode()
    assert "zebrakuning" not in words and "jerapahbiru" not in words


def test_the_home_page_shows_what_is_new_and_true(government: Any) -> None:
    report = a_report(text="Lampu jalan mati di depan pasar.")
    a_report(secret=True)
    words = Client().get("/").content.decode()
    assert f"/laporan/{report.slug}/" in words
    assert "112" in words
    assert [figure["value"] for figure in Client().get("/").context["figures"]] == [1, 0, 0, 1]


@pytest.mark.parametrize("many", [1, 12])
def test_the_home_page_asks_a_steady_number_of_queries(
    many: int, government: Any, django_assert_max_num_queries: Any
) -> None:
    prepare()
    for _ in range(many):
        a_report()
    Client().get("/")
    with django_assert_max_num_queries(7):
        Client().get("/")


def test_the_home_page_is_light(government: Any) -> None:
    for _ in range(5):
        a_report()
    assert len(gzip.compress(Client().get("/").content)) < 20_000


def test_a_search_finds_by_word_and_says_when_it_finds_nothing(government: Any) -> None:
    a_report(text="Lampu jalan mati di depan pasar.")
    assert "Lampu jalan mati" in Client().get("/cari/?q=lampu").content.decode()
    assert "Tidak ditemukan" in Client().get("/cari/?q=gajah").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", " ", "x" * 101])
def test_a_search_without_sense_is_refused_in_words(words: str) -> None:
    response = Client().get("/cari/", {"q": words})
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()


def test_the_map_has_an_equal_list(government: Any) -> None:
    report = a_report(text="Lampu jalan mati di depan pasar.", point=(-7.56, 110.81))
    words = Client().get("/peta/").content.decode()
    assert f'href="/laporan/{report.slug}/"' in words
    assert "data-lat=" in words


@pytest.mark.django_db
@pytest.mark.parametrize("page", ("/", "/lapor/", "/laporan/", "/lacak/", "/angka/", "/privasi/"))
def test_pages_speak_english_when_asked(page: str) -> None:
    client = Client()
    client.get(f"{page}?hl=en")
    assert '<html lang="en"' in client.get(page).content.decode()
