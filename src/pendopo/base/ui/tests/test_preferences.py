"""Language and theme: Indonesian unless somebody chose otherwise, kept in cookies, safe links."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_phone_set_to_english_still_gets_indonesian(client: Client) -> None:
    page = client.get("/gaya/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="id">' in page.text
    assert page.headers["Content-Language"] == "id"


def test_a_language_is_chosen_by_a_link_and_kept(client: Client) -> None:
    answer = client.get("/gaya/?hl=en&warna=biru")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/gaya/?warna=biru"
    page = client.get("/gaya/")
    assert '<html lang="en">' in page.text
    assert "Skip to main content" in page.text
    assert 'lang="id" hreflang="id"' in page.text
    assert page.headers["Content-Language"] == "en"
    assert "Cookie" in page.headers["Vary"]


def test_a_theme_is_chosen_by_a_link_and_undone(client: Client) -> None:
    client.get("/gaya/?tema=dark")
    assert 'data-theme="dark"' in client.get("/gaya/").text.split("<head>")[0]
    client.get("/gaya/?tema=auto")
    assert "data-theme" not in client.get("/gaya/").text.split("<head>")[0]


@pytest.mark.parametrize("query", ["hl=xx", "tema=<script>", "hl=&tema=", "hl=en%00", "hl=en&hl=xx"])
def test_a_choice_that_does_not_exist_changes_nothing(client: Client, query: str) -> None:
    answer = client.get(f"/gaya/?{query}")
    assert answer.status_code == 302
    assert not answer.cookies


@pytest.mark.parametrize("cookie", ["xx", "../etc", "<script>"])
def test_a_forged_cookie_changes_nothing(client: Client, cookie: str) -> None:
    client.cookies["django_language"] = cookie
    client.cookies["tema"] = cookie
    assert '<html lang="id">' in client.get("/gaya/").text


def test_a_choice_never_leads_to_another_site(client: Client) -> None:
    answer = client.get("/?hl=en", PATH_INFO="//evil.example/")
    assert answer.headers["Location"] == "/evil.example/"
